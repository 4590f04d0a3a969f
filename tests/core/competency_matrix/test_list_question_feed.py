from dataclasses import replace
from datetime import timedelta

from core.access import Action
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.use_cases.list_question_feed import ListQuestionFeed
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question, sheet

DAY = timedelta(days=1)


def furnished(house: House) -> House:
    house.has_sheet(sheet("python"))
    house.has_sheet(sheet("web"))
    house.has_question(replace(public_question("old", at=NOW - 9 * DAY), updated_at=NOW - 9 * DAY))
    house.has_question(replace(public_question("changed", at=NOW - 9 * DAY), updated_at=NOW - DAY))
    house.has_question(replace(public_question("new", sheet_id="web"), updated_at=NOW - 8 * DAY))
    house.has_question(public_question("scheduled", at=NOW + DAY))
    house.has_question(question("draft"))
    return house


async def test_what_is_new_or_was_changed_comes_first(house: House) -> None:
    feed = furnished(house).make(ListQuestionFeed)

    assert [one.slug for one in (await feed()).questions] == ["new", "changed", "old"]
    assert [one.slug for one in (await feed(key="web")).questions] == ["new"]


async def test_a_sheet_that_there_is_not_feeds_nothing(house: House) -> None:
    with house.refuses(SheetNotFound):
        await house.make(ListQuestionFeed)(key="nowhere")


async def test_a_refused_visitor_is_fed_nothing_where_the_matrix_is_closed(house: House) -> None:
    furnished(house).forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(ListQuestionFeed)()
