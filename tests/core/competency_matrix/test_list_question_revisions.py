from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.use_cases.list_question_revisions import ListQuestionRevisions
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.competency_matrix.pasts import has_revision
from tests.core.house import House
from tests.core.matrix_makers import question


async def test_author_sees_all_that_her_question_was(house: House) -> None:
    asked = house.has_question(question(version=3))
    for number in (1, 2, 3):
        has_revision(house, asked, number)
    house.admits(Role.AUTHOR)
    history = house.make(ListQuestionRevisions)

    first = (await history(asked.id, limit=2)).revisions
    rest = (await history(asked.id, limit=2, cursor=first.next_cursor)).revisions

    assert [one.number for one in (*first.items, *rest.items)] == [3, 2, 1]
    assert rest.next_cursor is None


async def test_a_cursor_of_somebody_else_is_refused(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    with house.refuses(Invalid):
        await house.make(ListQuestionRevisions)(asked.id, cursor="elsewhere")


async def test_a_question_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(ListQuestionRevisions)("nowhere")


async def test_author_may_not_see_what_another_wrote(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(ListQuestionRevisions)(asked.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ListQuestionRevisions)("nowhere")
