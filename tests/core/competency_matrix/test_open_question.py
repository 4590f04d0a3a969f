from dataclasses import replace

from core.access import Action
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.use_cases.open_question import OpenQuestion
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import draft, published
from tests.core.matrix_makers import public_question, question


async def test_visitor_opens_a_published_question(house: House) -> None:
    asked = house.has_question(public_question())

    assert await house.make(OpenQuestion)(asked.id) == asked


async def test_visitor_is_told_only_of_evidence_that_she_can_read(house: House) -> None:
    house.has_post(published("shown"))
    house.has_post(draft("hidden"))
    asked = house.has_question(replace(public_question(), evidence=("hidden", "shown")))

    assert (await house.make(OpenQuestion)(asked.id)).evidence == ("shown",)
    house.admits(Role.AUTHOR)
    assert await house.make(OpenQuestion)(asked.id) == asked


async def test_author_opens_her_draft(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    assert await house.make(OpenQuestion)(asked.id) == asked


async def test_author_may_not_know_of_a_draft_of_another(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(QuestionNotFound):
        await house.make(OpenQuestion)(asked.id)


async def test_a_visitor_may_not_know_of_a_draft(house: House) -> None:
    asked = house.has_question(question())

    with house.refuses(QuestionNotFound):
        await house.make(OpenQuestion)(asked.id)


async def test_a_refused_visitor_opens_nothing_where_the_matrix_is_closed(house: House) -> None:
    asked = house.has_question(public_question())
    house.forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(OpenQuestion)(asked.id)
