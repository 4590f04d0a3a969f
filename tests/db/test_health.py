from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import build_engine
from db.health import PlatformHealth, SqlPlatformHealth
from db.migrations import PLATFORM_VERSIONS


async def test_a_migrated_platform_is_reachable_and_current(app_engine: AsyncEngine) -> None:
    health = SqlPlatformHealth(app_engine)

    assert await health.look() == PlatformHealth(is_reachable=True, is_current=True)
    assert health.connections_in_use() == 0


async def test_an_older_platform_is_not_current(app_engine: AsyncEngine) -> None:
    newer_release = SqlPlatformHealth(app_engine, known_versions=(*PLATFORM_VERSIONS, "9999"))

    assert await newer_release.look() == PlatformHealth(is_reachable=True, is_current=False)


async def test_a_platform_that_was_never_made_is_not_current(empty_database: str) -> None:
    engine = build_engine(empty_database)
    seen = await SqlPlatformHealth(engine).look()
    await engine.dispose()

    assert seen == PlatformHealth(is_reachable=True, is_current=False)


async def test_a_database_that_is_away_is_not_reachable() -> None:
    engine = build_engine("postgresql://nobody:x@127.0.0.1:1/none")
    seen = await SqlPlatformHealth(engine).look()
    await engine.dispose()

    assert seen == PlatformHealth(is_reachable=False, is_current=False)
