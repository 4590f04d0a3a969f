import pytest

from core.competency_matrix.errors import OrderChanged, PlaceNotFound, SheetNotFound
from core.competency_matrix.use_cases.order_places import OrderPlaces
from core.errors import Forbidden, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import sheet


async def test_editor_puts_sections_and_subsections_in_another_order(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    await house.make(OrderPlaces)("python", ["library", "language"], expected=1)
    saved = await house.make(OrderPlaces)("python", ["types", "names"], section_id="language", expected=2)

    assert house.kept(house.sheets) == (saved,)
    assert [one.id for one in saved.sections] == ["library", "language"]
    assert [one.id for one in saved.subsections] == ["files", "types", "names"]


async def test_the_order_that_stands_changes_nothing(house: House) -> None:
    own = house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.changes_nothing():
        assert await house.make(OrderPlaces)("python", ["language", "library"]) == own


async def test_of_two_who_order_at_once_the_second_is_told(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)
    await house.make(OrderPlaces)("python", ["library", "language"], expected=1)

    with house.refuses(StaleVersion):
        await house.make(OrderPlaces)("python", ["language", "library"], expected=1)


@pytest.mark.parametrize("wanted", [["language"], ["language", "language"], ["language", "library", "names"]])
async def test_an_order_names_each_place_once(house: House, wanted: list[str]) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(OrderChanged):
        await house.make(OrderPlaces)("python", wanted)


async def test_a_section_that_is_not_there_is_not_found(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(PlaceNotFound):
        await house.make(OrderPlaces)("python", ["types", "names"], section_id="none")


async def test_a_sheet_that_is_not_there_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(SheetNotFound):
        await house.make(OrderPlaces)("none", [])


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_sheet(sheet())
    house.admits(role)

    with house.refuses(error):
        await house.make(OrderPlaces)("python", ["library", "language"])
