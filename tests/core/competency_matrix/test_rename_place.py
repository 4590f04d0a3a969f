import pytest

from core.competency_matrix.errors import NameTaken, PlaceNotFound, SheetNotFound
from core.competency_matrix.use_cases.rename_place import RenamePlace
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import sheet


async def test_editor_renames_a_section_and_a_subsection(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    await house.make(RenamePlace)("python", "language", "The  language", expected=1)
    saved = await house.make(RenamePlace)("python", "types", "Type hints", expected=2)

    assert house.kept(house.sheets) == (saved,)
    assert [one.name for one in saved.sections] == ["The language", "Library"]
    assert [(one.id, one.name) for one in saved.subsections] == [
        ("names", "Names"),
        ("types", "Type hints"),
        ("files", "Files"),
    ]


async def test_another_case_of_its_own_name_is_free(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    saved = await house.make(RenamePlace)("python", "names", "NAMES")

    assert saved.subsection("names").name == "NAMES"


async def test_the_same_name_changes_nothing(house: House) -> None:
    own = house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.changes_nothing():
        assert await house.make(RenamePlace)("python", "names", " Names ") == own


@pytest.mark.parametrize(("place", "name"), [("language", "library"), ("types", " names ")])
async def test_neighbours_are_not_called_the_same(house: House, place: str, name: str) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(NameTaken):
        await house.make(RenamePlace)("python", place, name)


@pytest.mark.parametrize("place", ["language", "types"])
async def test_a_place_needs_a_name(house: House, place: str) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(Invalid):
        await house.make(RenamePlace)("python", place, "")


async def test_a_place_that_is_not_there_is_not_found(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(PlaceNotFound):
        await house.make(RenamePlace)("python", "none", "Name")


async def test_who_saw_an_older_version_is_told(house: House) -> None:
    house.has_sheet(sheet(version=2))
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await house.make(RenamePlace)("python", "names", "Name", expected=1)


async def test_a_sheet_that_is_not_there_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(SheetNotFound):
        await house.make(RenamePlace)("none", "names", "Name")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_sheet(sheet())
    house.admits(role)

    with house.refuses(error):
        await house.make(RenamePlace)("python", "names", "Name")
