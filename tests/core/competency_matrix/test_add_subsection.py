import pytest

from core.competency_matrix.errors import NameTaken, PlaceNotFound, SheetNotFound
from core.competency_matrix.use_cases.add_subsection import AddSubsection
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import sheet


async def test_editor_adds_a_subsection_behind_the_others(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    saved = await house.make(AddSubsection)("python", "language", "Functions", expected=1)

    assert house.kept(house.sheets) == (saved,)
    assert [one.name for one in saved.sections[0].subsections] == ["Names", "Types", "Functions"]
    assert saved.version == 2


async def test_another_section_may_have_one_of_the_same_name(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    saved = await house.make(AddSubsection)("python", "library", "Names")

    assert [one.name for one in saved.sections[1].subsections] == ["Files", "Names"]
    assert saved.sections[1].subsections[1].id != "names"


async def test_two_subsections_of_a_section_are_not_called_the_same(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(NameTaken):
        await house.make(AddSubsection)("python", "language", "names")


async def test_a_subsection_needs_a_name(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(Invalid):
        await house.make(AddSubsection)("python", "language", " ")


@pytest.mark.parametrize("section_id", ["none", "names"])
async def test_it_needs_a_section_of_the_sheet(house: House, section_id: str) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(PlaceNotFound):
        await house.make(AddSubsection)("python", section_id, "Functions")


async def test_who_saw_an_older_version_is_told(house: House) -> None:
    house.has_sheet(sheet(version=2))
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await house.make(AddSubsection)("python", "language", "Functions", expected=1)


async def test_a_sheet_that_is_not_there_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(SheetNotFound):
        await house.make(AddSubsection)("python", "language", "Functions")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_sheet(sheet())
    house.admits(role)

    with house.refuses(error):
        await house.make(AddSubsection)("python", "language", "Functions")
