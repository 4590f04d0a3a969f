import pytest

from core.competency_matrix.errors import OrderChanged
from core.competency_matrix.use_cases.order_sheets import OrderSheets
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import sheet

ABC = ["a", "b", "c"]


@pytest.fixture
def furnished(house: House) -> House:
    for position, key in enumerate(ABC, 1):
        house.has_sheet(sheet(key, position=position))
    return house


async def test_editor_puts_the_sheets_in_another_order(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    await furnished.make(OrderSheets)(["c", "a", "b"], expected=ABC)

    kept = furnished.kept(furnished.sheets)
    assert [(one.key, one.position) for one in kept] == [("c", 1), ("a", 2), ("b", 3)]


async def test_of_two_who_order_at_once_the_second_is_told(furnished: House) -> None:
    furnished.admits(Role.EDITOR)
    await furnished.make(OrderSheets)(["c", "a", "b"], expected=ABC)

    with furnished.refuses(OrderChanged):
        await furnished.make(OrderSheets)(["b", "a", "c"], expected=ABC)


@pytest.mark.parametrize("wanted", [["a", "b"], ["a", "b", "b"], ["a", "b", "c", "d"], []])
async def test_an_order_names_each_sheet_once(furnished: House, wanted: list[str]) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(OrderChanged):
        await furnished.make(OrderSheets)(wanted, expected=ABC)


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(OrderSheets)(["c", "a", "b"], expected=ABC)
