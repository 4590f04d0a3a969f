"""Two histories, one for each kind of schema. What a release knows is read from the files' names, without Alembic:
the server only compares."""

from pathlib import Path

FOLDER = Path(__file__).parent


def versions(history: str) -> tuple[str, ...]:
    """The versions of *history* ("platform" or "tenant"), oldest first: each file is called VERSION_what_it_does.py."""
    return tuple(sorted(path.name.partition("_")[0] for path in (FOLDER / history / "versions").glob("[0-9]*.py")))


PLATFORM_VERSIONS = versions("platform")
TENANT_VERSIONS = versions("tenant")
