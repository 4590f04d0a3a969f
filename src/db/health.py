from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import TerraceError
from db.failures import PatientPool
from db.migrations import PLATFORM_VERSIONS
from db.tenant_session import PlatformSessions

_VERSION = text("SELECT version_num FROM alembic_version")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformHealth:
    is_reachable: bool
    is_current: bool


class SqlPlatformHealth:
    """Whether the database answers, and whether its platform schema is one that this release can work with."""

    def __init__(self, engine: AsyncEngine, *, known_versions: Sequence[str] = PLATFORM_VERSIONS) -> None:
        self._engine = engine
        self._sessions = PlatformSessions(engine)
        self._outdated = frozenset(known_versions[:-1])

    async def look(self) -> PlatformHealth:
        try:
            async with self._sessions.open() as session:
                version: str | None = await session.scalar(_VERSION)
        except TerraceError:
            return PlatformHealth(is_reachable=False, is_current=False)
        except ProgrammingError:  # no such table yet: nobody has migrated
            return PlatformHealth(is_reachable=True, is_current=False)
        # A version that this release does not know is a newer one, made to be served by older releases too.
        return PlatformHealth(is_reachable=True, is_current=version is not None and version not in self._outdated)

    def connections_in_use(self) -> int:
        pool = self._engine.sync_engine.pool
        return pool.checkedout() if isinstance(pool, PatientPool) else 0
