from dataclasses import replace

from core.access import Action
from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.use_cases.pick_interview import PICKED_MAX, Interview, PickInterview
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.matrix_makers import SENIOR, public_question, question, sheet


def furnished(house: House, many: int = 12) -> House:
    house.has_sheet(sheet())
    for number in range(many):
        house.has_question(public_question(f"question-{number}"))
    house.has_question(replace(public_question("senior"), grade=SENIOR))
    house.has_question(question("hidden"))
    return house


def slugs(found: Interview) -> list[str]:
    return [one.slug for one in found.questions]


async def test_the_same_seed_asks_the_same_and_another_asks_otherwise(house: House) -> None:
    pick = furnished(house).make(PickInterview)

    first = await pick("python", Choice(), seed="a", lang="en")

    assert slugs(await pick("python", Choice(), seed="a", lang="en")) == slugs(first)
    assert slugs(await pick("python", Choice(), seed="b", lang="en")) != slugs(first)
    assert (len(first.questions), first.total) == (10, 13)
    assert "hidden" not in slugs(first)


async def test_only_what_was_chosen_is_asked(house: House) -> None:
    pick = furnished(house).make(PickInterview)

    found = await pick("python", Choice(grades=frozenset({SENIOR})), seed="a\ud800", lang="en")

    assert slugs(found) == ["senior"]
    assert slugs(await pick("python", Choice(section="nowhere"), seed="a", lang="en")) == []


async def test_nobody_is_asked_endlessly(house: House) -> None:
    pick = furnished(house, PICKED_MAX + 5).make(PickInterview)

    assert len((await pick("python", Choice(), seed="a", count=10_000, lang="en")).questions) == PICKED_MAX
    assert len((await pick("python", Choice(), seed="a", count=-3, lang="en")).questions) == 1


async def test_a_sheet_that_there_is_not_asks_nothing(house: House) -> None:
    with house.refuses(SheetNotFound):
        await house.make(PickInterview)("python", Choice(), seed="a", lang="en")


async def test_a_refused_visitor_is_asked_nothing_where_the_matrix_is_closed(house: House) -> None:
    furnished(house).forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(PickInterview)("python", Choice(), seed="a", lang="en")
