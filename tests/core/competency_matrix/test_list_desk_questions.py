from dataclasses import replace
from typing import Any

import pytest

from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.texts import Attachment
from core.competency_matrix.use_cases.list_desk_questions import ListDeskQuestions
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.publication import PublicationStatus
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import JUNIOR, SENIOR, public_question, question, sheet


def furnished(house: House) -> House:
    house.has_sheet(sheet())
    house.has_question(public_question("public"))
    house.has_question(replace(question("flagged", answer=""), is_flagged=True, published_at=NOW))
    house.has_question(question("senior", grade=SENIOR, resources=(Attachment(resource_id="manual"),)))
    house.has_question(question("foreign", by=Role.EDITOR, sheet_id="web"))
    house.has_question(question("thrown-away", trashed_at=NOW))
    return house


@pytest.mark.parametrize(
    ("choice", "narrow", "shown"),
    [
        (None, {}, {"public", "flagged", "senior", "foreign"}),
        (Choice(grades=frozenset({SENIOR})), {}, {"senior"}),
        (None, {"status": PublicationStatus.WITHDRAWN}, {"flagged"}),
        (None, {"sheet_id": "web"}, {"foreign"}),
        (None, {"lack": "no_answer"}, {"flagged"}),
        (None, {"is_flagged": True}, {"flagged"}),
        (None, {"resource_id": "manual"}, {"senior"}),
        (None, {"is_trashed": True}, {"thrown-away"}),
    ],
)
async def test_editor_finds_what_she_has_to_see_to(
    house: House, choice: Choice | None, narrow: dict[str, Any], shown: set[str]
) -> None:
    furnished(house).admits(Role.EDITOR)

    page = await house.make(ListDeskQuestions)(choice, lang="en", **narrow)

    assert {card.slug for card in page.items} == shown


async def test_author_sees_only_her_own(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    page = await house.make(ListDeskQuestions)(lang="en", size=2)

    assert (page.total, page.last) == (3, 2)


async def test_there_is_nothing_beyond_the_last_page(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(ListDeskQuestions)(lang="en", number=2)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with furnished(house).refuses(Unauthenticated):
        await house.make(ListDeskQuestions)(Choice(grades=frozenset({JUNIOR})), lang="en")


async def test_a_member_without_the_right_may_not_look(house: House) -> None:
    furnished(house).admits(Role.OPERATOR)

    with house.refuses(Forbidden):
        await house.make(ListDeskQuestions)(lang="en")
