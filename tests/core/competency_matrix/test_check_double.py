from core.competency_matrix.use_cases.check_double import CheckDouble
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import public_question, question, sheet


def furnished(house: House) -> House:
    house.has_sheet(sheet())
    house.has_question(public_question("closure", asked="What is a closure?"))
    house.has_question(question("closures", asked="What are closures?"))
    house.has_question(public_question("index", asked="How does one build an index?"))
    return house


async def test_editor_sees_what_says_the_same_and_what_nearly_does(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    found = await house.make(CheckDouble)("what is  a CLOSURE?")

    assert [card.slug for card in found.cards] == ["closure", "closures"]
    assert found.is_exact


async def test_a_question_is_no_double_of_itself(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    found = await house.make(CheckDouble)("What is a closure?", own="closure")

    assert [card.slug for card in found.cards] == ["closures"]
    assert not found.is_exact


async def test_author_sees_public_ones_only(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    assert [card.slug for card in (await house.make(CheckDouble)("What is a closure")).cards] == ["closure"]


async def test_nothing_typed_resembles_nothing(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    assert not (await house.make(CheckDouble)("  ")).cards


async def test_a_refused_viewer_learns_nothing(house: House) -> None:
    furnished(house).admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await house.make(CheckDouble)("What is a closure?")


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(CheckDouble)("What is a closure?")
