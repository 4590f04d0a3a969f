from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import select

from core.clock import Clock
from core.profile import TenantProfile
from core.site.entities import SiteSettings
from core.tenancy.entities import Tenant, TenantId
from db.base import columns
from db.changes import PROFILE
from db.policy import DIFFERENCES, ROLES, policy_of
from db.security import rules_of
from db.site import SiteRow, settings_of
from db.tenant_session import TenantSessions

LIFE = timedelta(seconds=60)
_OF_SITE = frozenset(field.name for field in fields(SiteSettings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    profile: TenantProfile
    until: datetime


class SqlTenantProfiles:
    """Kept until the trigger of the tenant's schema, or this process's own commit, says that they changed.

    The time limit only counts when the ear for changes is deaf.
    """

    def __init__(self, sessions: TenantSessions, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock
        self._kept: dict[TenantId, _Kept] = {}
        self._changes = 0
        sessions.follow(self._drop)

    async def get(self, tenant: Tenant) -> TenantProfile:
        now = self._clock.now()
        kept = self._kept.get(tenant.id)
        if kept is not None and now < kept.until:
            return kept.profile
        changes_before = self._changes
        profile = await self._load(tenant)
        if self._changes == changes_before:  # else it may be older than what changed meanwhile: use it, do not keep it
            self._kept[tenant.id] = _Kept(profile=profile, until=now + LIFE)
        return profile

    async def follow(self, payload: str | None) -> None:
        if payload is None:
            self._changes += 1
            self._kept.clear()
        else:
            self._drop(payload)

    def _drop(self, payload: str) -> None:
        kind, _, tenant_id = payload.partition(":")
        if kind == PROFILE:
            self._changes += 1
            self._kept.pop(TenantId(tenant_id), None)

    async def _load(self, tenant: Tenant) -> TenantProfile:
        site = [column for column in columns(SiteRow) if column.key in _OF_SITE]
        query = select(*site, SiteRow.security, ROLES.label("roles"), DIFFERENCES.label("differences"))
        async with self._sessions.open_short(tenant) as session:
            row = (await session.execute(query)).mappings().one()
        return TenantProfile(
            site=settings_of(row),
            policy=policy_of(row["roles"], row["differences"]),
            security=rules_of(row["security"]),
        )
