from datetime import timedelta

from core.competency_matrix.errors import QuestionInTrash, QuestionNotFound
from core.competency_matrix.use_cases.withdraw_question import WithdrawQuestion
from core.errors import Forbidden, StaleVersion, Unauthenticated
from core.identity import Role
from core.publication import PublicationStatus
from core.tasks import TaskKind
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question


async def test_author_hides_her_question_from_visitors(house: House) -> None:
    asked = house.has_question(public_question())
    house.admits(Role.AUTHOR)

    hidden = await house.make(WithdrawQuestion)(asked.id, expected=1)

    assert house.kept(house.questions) == {asked.id: hidden}
    assert hidden.status(NOW) is PublicationStatus.WITHDRAWN
    assert house.tasks.find(TaskKind.RENDER_AGAIN, f"matrix:{asked.slug}")


async def test_what_was_only_scheduled_is_a_draft_again(house: House) -> None:
    asked = house.has_question(public_question(at=NOW + timedelta(days=1)))
    await house.tasks.add(TaskKind.ANNOUNCE_QUESTION, subject=asked.id, due_at=NOW + timedelta(days=1))
    house.transaction.settle()
    house.admits(Role.AUTHOR)

    assert (await house.make(WithdrawQuestion)(asked.id)).status(NOW) is PublicationStatus.DRAFT
    assert house.kept(house.tasks) == {}


async def test_what_is_hidden_stays_as_it_is(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    with house.changes_nothing():
        assert await house.make(WithdrawQuestion)(asked.id) == asked


async def test_withdrawing_over_somebodys_newer_version_is_refused(house: House) -> None:
    asked = house.has_question(public_question())
    house.admits(Role.AUTHOR)

    with house.refuses(StaleVersion):
        await house.make(WithdrawQuestion)(asked.id, expected=7)


async def test_a_question_that_does_not_exist_is_not_withdrawn(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(WithdrawQuestion)("nowhere")


async def test_a_question_in_the_trash_is_not_withdrawn(house: House) -> None:
    asked = house.has_question(question(is_public=True, published_at=NOW, trashed_at=NOW))
    house.admits(Role.EDITOR)

    with house.refuses(QuestionInTrash):
        await house.make(WithdrawQuestion)(asked.id)


async def test_author_may_not_withdraw_what_another_wrote(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR, is_public=True, published_at=NOW))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(WithdrawQuestion)(asked.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(WithdrawQuestion)("nowhere")
