from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.use_cases.find_question_copy import FindQuestionCopy
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.competency_matrix.test_keep_question_copy import copy_of
from tests.core.house import House
from tests.core.matrix_makers import public_question, question


async def test_each_finds_only_her_own(house: House) -> None:
    asked = house.has_question(public_question())
    hers = copy_of(asked, Role.EDITOR)
    await house.question_copies.keep(hers)
    house.transaction.settle()
    house.admits(Role.EDITOR)
    assert await house.make(FindQuestionCopy)(asked.id) == hers

    house.admits(Role.OWNER)
    assert await house.make(FindQuestionCopy)(asked.id) is None


async def test_a_question_that_does_not_exist_has_no_copy(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(FindQuestionCopy)("nowhere")


async def test_a_refused_author_finds_nothing_of_the_questions_of_others(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(FindQuestionCopy)(asked.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(FindQuestionCopy)("nowhere")
