from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from sqlalchemy import TIMESTAMP, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import Clock
from core.errors import TooMany
from core.limits import Limit
from core.tenancy.entities import Tenant
from db.base import TenantRow
from db.tenant_session import TenantSessions


class RateLimitRow(TenantRow):
    """The moments of the tries within the window, oldest first; or how many requests were taken of a quota (see
    db/quotas.py). Unlogged: a crash forgives, nothing more."""

    __tablename__ = "rate_limits"

    name: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    hits: Mapped[list[datetime]] = mapped_column(ARRAY(TIMESTAMP(timezone=True)))
    is_refused: Mapped[bool]
    expires_at: Mapped[datetime]
    taken: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (
        Index("ix_rate_limits_expires_at", "expires_at"),
        {"prefixes": ["UNLOGGED"]},
    )


# Each try takes some rows away whose time is over; those that somebody else holds are left to the next.
FORGET = """
    over AS (
        DELETE FROM rate_limits WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM rate_limits WHERE expires_at < :now AND (name, subject) <> (:name, :subject)
            LIMIT 10 FOR UPDATE SKIP LOCKED
        ))
    )
"""

# One statement, so that two tries at the same time cannot both be the last one allowed.
_HIT = text(f"""
    WITH {FORGET}
    INSERT INTO rate_limits AS kept (name, subject, hits, is_refused, expires_at)
    VALUES (:name, :subject, ARRAY[CAST(:now AS timestamptz)], false, :expires_at)
    ON CONFLICT (name, subject) DO UPDATE SET (hits, is_refused, expires_at) = (
        SELECT CASE WHEN is_full THEN recent ELSE recent || CAST(:now AS timestamptz) END,
               is_full,
               CASE WHEN is_full THEN kept.expires_at ELSE :expires_at END
        FROM (
            SELECT recent, cardinality(recent) >= :times AS is_full
            FROM (SELECT ARRAY(SELECT hit FROM unnest(kept.hits) hit WHERE hit > :since ORDER BY hit) AS recent) older
        ) measured
    )
    RETURNING is_refused, hits[1]
""")  # noqa: S608 - what stands above is all that is put in


class SqlRateLimiter:
    """A sliding window: exactly *times* in any *seconds*. Tries that were refused do not count."""

    def __init__(self, sessions: TenantSessions, tenant: Tenant, clock: Clock) -> None:
        self._sessions = sessions
        self._tenant = tenant
        self._clock = clock

    async def hit(self, limit: Limit, subject: str) -> None:
        now, window = self._clock.now(), timedelta(seconds=limit.seconds)
        values = {
            "name": limit.name,
            # A stranger's word of any length, or an e-mail address that need not lie about: only its digest.
            "subject": sha256(subject.encode(errors="surrogatepass")).hexdigest(),
            "now": now,
            "since": now - window,
            "expires_at": now + window,
            "times": limit.times,
        }
        async with self._sessions.open_short(self._tenant) as session:
            is_refused, oldest = (await session.execute(_HIT, values)).one()
            await session.commit()
        if is_refused:
            raise TooMany(retry_after=ceil((oldest + window - now).total_seconds()))
