from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.use_cases.restore_question import RestoreQuestion
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import question


async def test_author_takes_her_question_out_of_the_trash_as_it_was(house: House) -> None:
    asked = house.has_question(question(is_public=True, published_at=NOW, trashed_at=NOW))
    await house.tasks.add(TaskKind.EMPTY_MATRIX_TRASH, subject=asked.id, due_at=NOW)
    house.transaction.settle()
    house.admits(Role.AUTHOR)

    restored = await house.make(RestoreQuestion)(asked.id)

    assert house.kept(house.questions) == {asked.id: restored}
    assert restored.is_readable(NOW)
    assert house.tasks.find(TaskKind.EMPTY_MATRIX_TRASH, asked.id) is None
    assert house.tasks.find(TaskKind.RENDER_AGAIN, f"matrix:{asked.slug}")


async def test_what_is_not_there_stays_as_it_is(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    with house.changes_nothing():
        assert await house.make(RestoreQuestion)(asked.id) == asked


async def test_a_question_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(RestoreQuestion)("nowhere")


async def test_author_may_not_restore_what_another_wrote(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR, trashed_at=NOW))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(RestoreQuestion)(asked.id)


async def test_contributor_may_not_make_public_again(house: House) -> None:
    asked = house.has_question(question(by=Role.CONTRIBUTOR, is_public=True, published_at=NOW, trashed_at=NOW))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await house.make(RestoreQuestion)(asked.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(RestoreQuestion)("nowhere")
