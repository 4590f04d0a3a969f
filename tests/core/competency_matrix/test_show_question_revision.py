from core.competency_matrix.errors import QuestionNotFound, QuestionRevisionNotFound
from core.competency_matrix.use_cases.show_question_revision import ShowQuestionRevision
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.competency_matrix.pasts import has_revision
from tests.core.house import House
from tests.core.matrix_makers import question


async def test_author_sees_what_her_question_was(house: House) -> None:
    asked = house.has_question(question(version=2))
    revision = has_revision(house, asked, 1, answer="Before.")
    house.admits(Role.AUTHOR)

    found = await house.make(ShowQuestionRevision)(asked.id, 1)

    assert (found.question, found.revision) == (asked, revision)


async def test_a_state_that_never_was_is_not_found(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    with house.refuses(QuestionRevisionNotFound):
        await house.make(ShowQuestionRevision)(asked.id, 7)


async def test_a_question_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(ShowQuestionRevision)("nowhere", 1)


async def test_author_may_not_see_what_another_wrote(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(ShowQuestionRevision)(asked.id, 1)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ShowQuestionRevision)("nowhere", 1)
