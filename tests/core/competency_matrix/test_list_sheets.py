from core.access import Action
from core.competency_matrix.use_cases.list_sheets import ListSheets
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.matrix_makers import sheet


async def test_visitor_sees_the_sheets_in_their_order(house: House) -> None:
    python, web = house.has_sheet(sheet("python")), house.has_sheet(sheet("web"))

    assert await house.make(ListSheets)() == [python, web]


async def test_a_refused_visitor_sees_nothing_where_the_matrix_is_closed(house: House) -> None:
    house.forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(ListSheets)()
