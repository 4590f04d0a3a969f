import pytest

from core.competency_matrix.errors import KeyTaken, SheetNotFound
from core.competency_matrix.use_cases.edit_sheet import EditSheet
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import sheet


async def test_editor_calls_a_sheet_differently_and_its_old_address_is_remembered(house: House) -> None:
    house.has_sheet(sheet("python", former_keys=("snake",)))
    house.admits(Role.EDITOR)

    saved = await house.make(EditSheet)("python", key="py", name=" Python  3 ", description="All of it.", expected=1)

    assert house.kept(house.sheets) == (saved,)
    assert (saved.key, saved.name, saved.description) == ("py", "Python 3", "All of it.")
    assert (saved.former_keys, saved.version) == (("snake", "python"), 2)
    assert saved.sections == sheet("python").sections


async def test_back_under_the_old_address_it_is_no_former_one(house: House) -> None:
    house.has_sheet(sheet("python", former_keys=("snake",)))
    house.admits(Role.EDITOR)

    saved = await house.make(EditSheet)("python", key="snake", name="Python")

    assert (saved.key, saved.former_keys) == ("snake", ("python",))


async def test_saving_what_stands_changes_nothing(house: House) -> None:
    own = house.has_sheet(sheet("python"))
    house.admits(Role.EDITOR)

    with house.changes_nothing():
        assert await house.make(EditSheet)("python", key="python ", name=" Python") == own


async def test_the_address_of_another_sheet_is_taken(house: House) -> None:
    house.has_sheet(sheet("python"))
    house.has_sheet(sheet("web"))
    house.admits(Role.EDITOR)

    with house.refuses(KeyTaken):
        await house.make(EditSheet)("python", key="web", name="Python")


async def test_a_sheet_needs_a_name(house: House) -> None:
    house.has_sheet(sheet("python"))
    house.admits(Role.EDITOR)

    with house.refuses(Invalid):
        await house.make(EditSheet)("python", key="python", name="")


async def test_who_saw_an_older_version_is_told(house: House) -> None:
    house.has_sheet(sheet("python", version=3))
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await house.make(EditSheet)("python", key="python", name="Snakes", expected=2)


async def test_a_sheet_that_is_not_there_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(SheetNotFound):
        await house.make(EditSheet)("none", key="python", name="Python")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_sheet(sheet("python"))
    house.admits(role)

    with house.refuses(error):
        await house.make(EditSheet)("python", key="python", name="Snakes")
