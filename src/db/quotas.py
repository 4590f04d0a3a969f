"""What was taken of quotas: counted in memory, added up in PostgreSQL share by share."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from sqlalchemy import text

from core.clock import Clock
from core.quotas import Quota, Spent
from core.tenancy.entities import Tenant, TenantId
from db.limits import FORGET
from db.tenant_session import TenantSessions

MOST = 20_000

_TAKE = text(f"""
    WITH {FORGET}
    INSERT INTO rate_limits AS kept (name, subject, hits, is_refused, expires_at, taken)
    VALUES (:name, :subject, ARRAY[]::timestamptz[], false, :until, :used)
    ON CONFLICT (name, subject) DO UPDATE SET
        taken = CASE WHEN kept.expires_at <= :now THEN 0 ELSE kept.taken END + :used,
        expires_at = CASE WHEN kept.expires_at <= :now THEN :until ELSE kept.expires_at END
    RETURNING taken, expires_at
""")  # noqa: S608 - FORGET is all that is put in


@dataclass(slots=True, kw_only=True)
class Count:
    """*taken* by all, as far as is known here; *untold* of it are those that nobody else knows of."""

    until: datetime
    taken: int = 0
    untold: int = 0


class QuotaCounts:
    """Those of one process, for all sites. When there are too many, they are forgotten: whoever was counted has what
    the other processes, or the database, know of her."""

    def __init__(self) -> None:
        self._kept: dict[tuple[TenantId, str, str], Count] = {}

    def of(self, tenant: Tenant, quota: Quota, subject: str, now: datetime) -> Count:
        key = (tenant.id, quota.name, subject)
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= MOST:
                self._forget(now)
            kept = self._kept[key] = Count(until=now)
        return kept

    def _forget(self, now: datetime) -> None:
        self._kept = {key: count for key, count in self._kept.items() if now < count.until}
        if len(self._kept) >= MOST:
            self._kept.clear()


class SqlQuotas:
    def __init__(self, counts: QuotaCounts, sessions: TenantSessions, tenant: Tenant, clock: Clock) -> None:
        self._counts = counts
        self._sessions = sessions
        self._tenant = tenant
        self._clock = clock

    async def spend(self, quota: Quota, subject: str) -> Spent:
        now = self._clock.now()
        count = self._counts.of(self._tenant, quota, subject, now)
        if now >= count.until:
            count.until, count.taken, count.untold = now + timedelta(seconds=quota.seconds), 0, 0
        is_over = count.taken >= quota.times
        if not is_over:
            count.taken += 1
            count.untold += 1
            if count.untold >= quota.share:
                await self._tell(quota, subject, count, now)
        left, seconds = max(0, quota.times - count.taken), ceil((count.until - now).total_seconds())
        return Spent(quota=quota, left=left, seconds=max(1, seconds), is_over=is_over)

    async def _tell(self, quota: Quota, subject: str, count: Count, now: datetime) -> None:
        used, count.untold = count.untold, 0
        values = {
            "name": f"quota_{quota.name}",
            "subject": sha256(subject.encode()).hexdigest(),
            "now": now,
            "until": count.until,
            "used": used,
        }
        async with self._sessions.open_short(self._tenant) as session:
            taken, until = (await session.execute(_TAKE, values)).one()
            await session.commit()
        # What came in while we waited is not told yet.
        count.taken, count.until = taken + count.untold, until
