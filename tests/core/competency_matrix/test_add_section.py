import pytest

from core.competency_matrix.errors import NameTaken, SheetNotFound
from core.competency_matrix.sheets import PLACES_MAX
from core.competency_matrix.use_cases.add_section import AddSection
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import section, sheet


async def test_editor_adds_a_section_behind_the_others(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    saved = await house.make(AddSection)("python", " Async  code ", expected=1)

    assert house.kept(house.sheets) == (saved,)
    assert [one.name for one in saved.sections] == ["Language", "Library", "Async code"]
    assert (saved.sections[-1].subsections, saved.version) == ((), 2)


@pytest.mark.parametrize("name", ["Language", " lAnguage ", "LIBRARY"])
async def test_two_sections_of_a_sheet_are_not_called_the_same(house: House, name: str) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(NameTaken):
        await house.make(AddSection)("python", name)


@pytest.mark.parametrize("name", ["", " ", "x" * 101])
async def test_what_is_no_name_is_invalid(house: House, name: str) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(Invalid):
        await house.make(AddSection)("python", name)


async def test_a_full_sheet_takes_no_further_section(house: House) -> None:
    house.has_sheet(sheet("python", *(section(f"Section {number}") for number in range(PLACES_MAX))))
    house.admits(Role.EDITOR)

    with house.refuses(Invalid):
        await house.make(AddSection)("python", "One more")


async def test_who_saw_an_older_version_is_told(house: House) -> None:
    house.has_sheet(sheet(version=2))
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await house.make(AddSection)("python", "Async", expected=1)


async def test_a_sheet_that_is_not_there_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(SheetNotFound):
        await house.make(AddSection)("python", "Async")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_sheet(sheet())
    house.admits(role)

    with house.refuses(error):
        await house.make(AddSection)("python", "Async")
