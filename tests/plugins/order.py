"""What takes long begins first, so that at the end of a run on several processes none of them waits for another.

A file stays on one process, in its own order: its fixtures are made once.
"""

from collections import Counter

import pytest

from tests.plugins.services import ROOT, from_controller

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
