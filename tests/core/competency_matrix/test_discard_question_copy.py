from core.access import Action, Scope
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.use_cases.discard_question_copy import DiscardQuestionCopy
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.competency_matrix.test_keep_question_copy import copy_of
from tests.core.house import House
from tests.core.matrix_makers import public_question, question


async def test_author_forgets_her_own_copy_and_the_question_stays(house: House) -> None:
    asked = house.has_question(public_question())
    hers = copy_of(asked, Role.EDITOR)
    for one in (copy_of(asked, Role.AUTHOR), hers):
        await house.question_copies.keep(one)
    house.transaction.settle()
    house.admits(Role.AUTHOR)

    assert await house.make(DiscardQuestionCopy)(asked.id) == asked

    assert list(house.kept(house.question_copies).values()) == [hers]
    assert house.kept(house.questions) == {asked.id: asked}


async def test_who_is_nobody_has_no_copies(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.OPERATOR)
    house.forbids(Action.EDIT_QUESTION, Scope.ALL)

    with house.changes_nothing():
        await house.make(DiscardQuestionCopy)(asked.id)


async def test_a_question_that_does_not_exist_has_no_copy(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(DiscardQuestionCopy)("nowhere")


async def test_a_refused_author_leaves_the_questions_of_others_alone(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(DiscardQuestionCopy)(asked.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(DiscardQuestionCopy)("nowhere")
