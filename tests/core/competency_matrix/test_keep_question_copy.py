from dataclasses import replace
from datetime import timedelta

from core.access import Action, Scope
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionInTrash, QuestionNotFound
from core.competency_matrix.history import QuestionCopy
from core.competency_matrix.limits import COPY_LENGTH
from core.competency_matrix.use_cases.find_question_copy import FindQuestionCopy
from core.competency_matrix.use_cases.keep_question_copy import KeepQuestionCopy
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role, UserId
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question

TYPED = {"question": "Why?", "resources-3-url": "https://exa"}


def copy_of(asked: Question, role: Role) -> QuestionCopy:
    return QuestionCopy(question_id=asked.id, user_id=UserId(role), typed=TYPED, base_version=1, saved_at=NOW)


async def test_what_is_typed_about_a_public_question_is_kept_beside_it(house: House) -> None:
    asked = house.has_question(public_question())
    await house.question_copies.keep(copy_of(asked, Role.EDITOR))
    house.transaction.settle()
    house.admits(Role.EDITOR)
    house.clock.pass_(hours=1)

    assert await house.make(KeepQuestionCopy)(asked.id, {"question": "Anew?"}, expected=7) == asked

    copy = QuestionCopy(
        question_id=asked.id,
        user_id=UserId("editor"),
        typed={"question": "Anew?"},
        base_version=7,
        saved_at=NOW + timedelta(hours=1),
    )
    assert list(house.kept(house.question_copies).values()) == [copy]
    assert house.kept(house.questions) == {asked.id: asked}
    assert await house.make(FindQuestionCopy)(asked.id) == copy


async def test_without_a_version_it_began_from_what_stands(house: House) -> None:
    asked = house.has_question(question(version=4))
    house.admits(Role.AUTHOR)

    await house.make(KeepQuestionCopy)(asked.id, TYPED, expected=None)

    assert next(iter(house.kept(house.question_copies).values())).base_version == 4


async def test_who_is_nobody_keeps_nothing(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.OPERATOR)
    house.forbids(Action.EDIT_QUESTION, Scope.ALL)

    with house.changes_nothing():
        await house.make(KeepQuestionCopy)(asked.id, TYPED, expected=None)
        assert await house.make(FindQuestionCopy)(asked.id) is None


async def test_more_than_a_question_can_hold_is_not_kept(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.EDITOR)

    with house.refuses(Invalid) as refused:
        await house.make(KeepQuestionCopy)(asked.id, {"answer": "x" * COPY_LENGTH}, expected=1)

    assert isinstance(refused.value, Invalid)
    assert refused.value.problems[0].field == "answer"


async def test_what_lies_in_the_trash_is_not_worked_on(house: House) -> None:
    asked = house.has_question(replace(question(), trashed_at=NOW))
    house.admits(Role.EDITOR)

    with house.refuses(QuestionInTrash):
        await house.make(KeepQuestionCopy)(asked.id, TYPED, expected=1)


async def test_a_question_that_does_not_exist_has_no_copy(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(KeepQuestionCopy)("nowhere", TYPED, expected=1)


async def test_a_refused_author_leaves_the_questions_of_others_alone(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(KeepQuestionCopy)(asked.id, TYPED, expected=1)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(KeepQuestionCopy)("nowhere", TYPED, expected=1)
