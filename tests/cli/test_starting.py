"""Commands are run often and by hand: what they do not need, they do not load."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from entrypoints.cli.errors import sentences

SOURCE = Path(__file__).parents[2] / "src"
WORKS_IN_SITES = {"aiohttp", "miniopy_async", "PIL", "markdown_it", "litestar", "casbin", "passlib", "alembic"}


def loaded_by(imports: str) -> set[str]:
    code = f"import sys, {imports}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("imports", "unneeded"),
    [
        ("entrypoints.cli.db, ioc.registry", WORKS_IN_SITES),
        ("entrypoints.cli.tenants", WORKS_IN_SITES | {"sqlalchemy"}),
        ("entrypoints.cli.doctor", WORKS_IN_SITES | {"sqlalchemy"}),
        ("entrypoints.cli.serve", WORKS_IN_SITES | {"sqlalchemy"}),
        ("main", {"sentry_sdk", "alembic"}),
    ],
    ids=["looking at sites", "help of tenants", "help of doctor", "watching workers", "serving without Sentry"],
)
def test_what_is_not_needed_is_not_loaded(imports: str, unneeded: set[str]) -> None:
    assert not unneeded & loaded_by(imports)


def test_a_pipe_that_closes_is_no_matter_for_the_doctor() -> None:
    (told,) = sentences(BrokenPipeError(32, "Broken pipe"))
    assert told == "Nobody read the output to its end, so this stopped there. The same command goes on."
