"""ImportStorage."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.blog.archives import ArchiveFormat, Note
from core.blog.entities import PostKind
from core.blog.import_errors import ImportNotFound, ImportUnderWay
from core.blog.import_runs import OPEN_STATES, Import, ImportCounts, ImportId, ImportState
from core.blog.imports import Outcome, ReportLine
from core.errors import Invalid, StaleVersion
from tests.contracts.conftest import Storages
from tests.core.blog.imported import SKIPPED_LINE, an_import, line
from tests.core.makers import NOW

FULL = ReportLine(
    source="посты/a.md",
    outcome=Outcome.REFUSED,
    kind=PostKind.PAGE,
    title="Ёлка “1”",
    slug="elka",
    notes=(Note.of("At most %(limit)d characters, please.", limit=300), Note.of("“%(name)s” is broken.", name="a.md")),
    missing=("https://example.org/a.png",),
)


def an(state: ImportState = ImportState.DONE, *, name: str = "import", hours: int = 0) -> Import:
    return replace(an_import(state, name=name), created_at=NOW + timedelta(hours=hours), created_by=None)


async def added(storages: Storages, one: Import, *lines: ReportLine) -> Import:
    await storages.imports.add(one)
    kept = await storages.imports.save(one, lines=lines)
    await storages.transaction.commit()
    return kept


async def test_an_import_comes_back_as_it_went(storages: Storages) -> None:
    one = replace(
        an(ImportState.RUNNING),
        format=ArchiveFormat.WORDPRESS,
        lang="ru",
        size=5 * 1024**3,
        counts=ImportCounts(added=1, present=2, skipped=3, refused=4),
        total=20,
        finished_at=NOW,
        error=Note.of("“%(name)s” is broken.", name="a.md"),
        version=7,
    )
    await storages.imports.add(one)
    await storages.transaction.commit()

    assert await storages.imports.get(one.id) == one
    assert await storages.imports.hold(one.id) == one
    for read in (storages.imports.get, storages.imports.hold):
        with pytest.raises(ImportNotFound):
            await read(ImportId("none"))


async def test_it_is_saved_once_for_each_version(storages: Storages) -> None:
    first = an(ImportState.CHECKING)
    second = await added(storages, first)
    assert second == replace(first, version=2)
    with pytest.raises(StaleVersion) as refused:
        await storages.imports.save(replace(first, state=ImportState.FAILED), lines=[line("a")])

    assert refused.value.current == 2
    assert await storages.imports.get(first.id) == second
    assert await storages.imports.list_lines(first.id, limit=9) == []


async def test_lines_join_the_report_as_they_are(storages: Storages) -> None:
    one = await added(storages, an(), line("a"), SKIPPED_LINE)
    one = await storages.imports.save(one, lines=[FULL])
    await storages.imports.save(one)
    await storages.transaction.commit()
    found = await storages.imports.list_lines(one.id, limit=9)

    assert [(told.number, told.line) for told in found] == [(1, line("a")), (2, SKIPPED_LINE), (3, FULL)]


async def test_lines_are_read_in_parts_and_by_outcome(storages: Storages) -> None:
    one = await added(storages, an(), line("a"), SKIPPED_LINE, line("b"), line("c"))
    other = await added(storages, an(name="other"), FULL)

    async def numbers(of: Import = one, **wanted: int) -> list[int]:
        found = await storages.imports.list_lines(of.id, outcome=Outcome.ADDED, limit=wanted.pop("limit", 9), **wanted)
        return [told.number for told in found]

    assert await numbers() == [1, 3, 4]
    assert await numbers(limit=2) == [1, 3]
    assert await numbers(after=1) == [3, 4]
    assert await numbers(after=4) == await numbers(other) == []
    assert [told.number for told in await storages.imports.list_lines(one.id, after=1, limit=2)] == [2, 3]
    assert await storages.imports.list_lines(ImportId("none"), limit=9) == []


async def test_what_was_foreseen_stays_when_the_report_begins_anew(storages: Storages) -> None:
    one = await added(storages, an(ImportState.READY), line("a"), line("b"), line("c"))
    one = await storages.imports.save_confirmed(one)
    await storages.imports.save(one, lines=[FULL])
    await storages.transaction.commit()

    assert [told.line for told in await storages.imports.list_lines(one.id, limit=9)] == [FULL]
    assert await storages.imports.list_foreseen(one.id, after=1, limit=9) == [line("b"), line("c")]
    assert await storages.imports.list_foreseen(one.id, after=0, limit=1) == [line("a")]
    with pytest.raises(StaleVersion):
        await storages.imports.save_confirmed(one)


async def test_imports_are_listed_newest_first(storages: Storages) -> None:
    for hours in range(3):
        await added(storages, an(name=f"import {hours}", hours=hours))
    first = await storages.imports.list_newest(limit=2, cursor=None)
    rest = await storages.imports.list_newest(limit=2, cursor=first.next_cursor)

    assert [one.id for one in first.items] == ["import 2", "import 1"]
    assert ([one.id for one in rest.items], rest.next_cursor) == (["import 0"], None)
    with pytest.raises(Invalid):
        await storages.imports.list_newest(limit=2, cursor="somewhere")


@pytest.mark.parametrize("state", OPEN_STATES)
async def test_one_at_a_time_is_open(storages: Storages, state: ImportState) -> None:
    await added(storages, an(name="before"))
    assert await storages.imports.find_open() is None
    one = await added(storages, an(state))

    assert await storages.imports.find_open() == one
    with pytest.raises(ImportUnderWay):
        await storages.imports.add(an(ImportState.CHECKING, name="second"))


async def test_when_one_is_over_another_may_begin(storages: Storages) -> None:
    one = await added(storages, an(ImportState.RUNNING))
    await storages.imports.save(one.cancelled(NOW))
    second = await added(storages, an(ImportState.CHECKING, name="second"))

    assert await storages.imports.find_open() == second
