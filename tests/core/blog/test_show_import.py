import pytest

from core.blog.import_errors import ImportNotFound
from core.blog.import_runs import ImportId
from core.blog.imports import Outcome
from core.blog.use_cases.show_import import ShowImport
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.blog.imported import SKIPPED_LINE, an_import, line
from tests.core.house import House


def show_import(house: House) -> ShowImport:
    return ShowImport(access=house.access, imports=house.imports)


async def test_the_owner_reads_the_report_part_by_part(house: House) -> None:
    one = house.has_import(an_import(), line("a"), SKIPPED_LINE, line("b"), line("c"))
    house.admits(Role.OWNER)
    first = await show_import(house)(one.id, limit=2)
    rest = await show_import(house)(one.id, limit=2, after=first.next_after or 0)

    assert first.one == one
    assert [(told.number, told.line) for told in first.lines] == [(1, line("a")), (2, SKIPPED_LINE)]
    assert ([told.line for told in rest.lines], rest.next_after) == ([line("b"), line("c")], None)


async def test_lines_of_one_outcome_keep_their_numbers(house: House) -> None:
    one = house.has_import(an_import(), line("a"), SKIPPED_LINE, line("b"))
    house.admits(Role.OWNER)
    shown = await show_import(house)(one.id, outcome=Outcome.ADDED, limit=9)

    assert [told.number for told in shown.lines] == [1, 3]


async def test_who_wants_to_know_how_far_it_is_gets_no_lines(house: House) -> None:
    one = house.has_import(an_import(), line("a"))
    house.admits(Role.OWNER)

    assert (await show_import(house)(one.id)).lines == ()


async def test_what_never_was_is_not_found(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(ImportNotFound):
        await show_import(house)(ImportId("none"))


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_others_are_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_import(an_import())
    house.admits(role)

    with house.refuses(error):
        await show_import(house)(ImportId("import"))
