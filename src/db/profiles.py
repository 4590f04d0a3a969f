from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core.access import Action, PolicyDifference, Scope
from core.clock import Clock
from core.profile import TenantProfile
from core.tenancy.entities import Tenant, TenantId
from db.base import columns
from db.changes import PROFILE
from db.site import PolicyDifferenceRow, SiteRow, settings_of
from db.tenant_session import TenantSessions

LIFE = timedelta(seconds=60)


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
        rows = PolicyDifferenceRow
        differences = select(
            func.jsonb_agg(func.jsonb_build_array(rows.role, rows.action, rows.scope))
        ).scalar_subquery()
        query = select(*columns(SiteRow, without=("id",)), differences.label("differences"))
        async with self._sessions.open_short(tenant) as session:
            row = (await session.execute(query)).mappings().one()
        return TenantProfile(site=settings_of(row), differences=_sorted(row["differences"] or ()))


def _sorted(rows: Iterable[tuple[str, str, str]]) -> tuple[PolicyDifference, ...]:
    found = (_difference(*row) for row in sorted(rows))
    return tuple(difference for difference in found if difference is not None)


def _difference(role: str, action: str, scope: str) -> PolicyDifference | None:
    """None for words that a newer release wrote and this one has no meaning for."""
    try:
        return PolicyDifference(role=role, action=Action(action), scope=Scope(scope))
    except ValueError:
        return None
