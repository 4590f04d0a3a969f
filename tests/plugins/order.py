"""What takes long begins first, so that at the end of a run on several processes none of them waits for another.

A file stays on one process, in its own order: its fixtures are made once. When everything is run, all that is looked at
in a browser stays on one as well: the town and the browser cost as much as twenty tests.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadFileScheduling

from tests.plugins.services import ROOT, from_controller

if TYPE_CHECKING:
    from xdist.remote import Producer

LONGEST_FIRST = ("browser", "cli", "security", "isolation", "clients", "dev", "production", "services", "pages", "api")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if from_controller(config) is None:
        return
    sizes = Counter(item.path for item in items)

    def place(item: pytest.Item) -> tuple[int, int, str]:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        rank = LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)
        return rank, -sizes[item.path], str(item.path)

    items.sort(key=place)


class OneTown(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """By files, and those with a browser as one."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Whoever runs a part has his own reasons, and both processes for it."""
    return None if config.option.file_or_dir else OneTown(config, log)
