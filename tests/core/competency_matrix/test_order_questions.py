from core.competency_matrix.entities import QuestionId
from core.competency_matrix.errors import OrderChanged, PlaceNotFound
from core.competency_matrix.use_cases.order_questions import OrderQuestions
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import JUNIOR, SENIOR, question, sheet


def furnished(house: House) -> House:
    house.has_sheet(sheet())
    for position, name in enumerate("abc", 1):
        house.has_question(question(name, position=position))
    house.has_question(question("thrown-away", trashed_at=NOW))
    house.has_question(question("other", grade=SENIOR))
    return house


async def test_editor_puts_a_cell_in_order(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    await house.make(OrderQuestions)("names", JUNIOR, ["c", "a", "b"], expected=["a", "b", "c"])

    kept = house.kept(house.questions)
    assert sorted("abc", key=lambda name: kept[QuestionId(name)].position) == ["c", "a", "b"]


async def test_who_saw_another_order_is_told(house: House) -> None:
    furnished(house).admits(Role.EDITOR)
    order = house.make(OrderQuestions)

    with house.refuses(OrderChanged):
        await order("names", JUNIOR, ["c", "b", "a"], expected=["b", "a", "c"])
    with house.refuses(OrderChanged):
        await order("names", JUNIOR, ["a", "b", "other"], expected=["a", "b", "c"])


async def test_a_section_that_there_is_not_has_no_order(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    with house.refuses(PlaceNotFound):
        await house.make(OrderQuestions)("nowhere", JUNIOR, [], expected=[])


async def test_a_refused_author_orders_nothing(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(OrderQuestions)("names", JUNIOR, ["c", "a", "b"], expected=["a", "b", "c"])


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with furnished(house).refuses(Unauthenticated):
        await house.make(OrderQuestions)("names", JUNIOR, ["c", "a", "b"], expected=["a", "b", "c"])
