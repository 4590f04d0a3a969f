from datetime import timedelta

from core.competency_matrix.errors import QuestionInTrash, QuestionNotFound, QuestionNotReady
from core.competency_matrix.use_cases.publish_question import PublishQuestion
from core.errors import Forbidden, StaleVersion, Unauthenticated
from core.identity import Role
from core.publication import PublicationStatus
from core.tasks import TaskKind
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question

TOMORROW = NOW + timedelta(days=1)


async def test_editor_publishes_a_draft_and_links_to_it_are_made_anew(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.EDITOR)

    public = await house.make(PublishQuestion)(asked.id, expected=1)

    assert house.kept(house.questions) == {asked.id: public}
    assert public.is_readable(NOW)
    assert house.tasks.find(TaskKind.RENDER_AGAIN, f"matrix:{asked.slug}")
    assert house.kept(house.question_revisions) == {}


async def test_author_publishes_her_own_tomorrow_and_links_to_it_are_made_anew_then(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    scheduled = await house.make(PublishQuestion)(asked.id, at=TOMORROW)

    assert scheduled.status(NOW) is PublicationStatus.SCHEDULED
    (task,) = house.kept(house.tasks).values()
    assert (task.kind, task.subject, task.due_at) == (TaskKind.ANNOUNCE_QUESTION, asked.id, TOMORROW)

    await house.make(PublishQuestion)(asked.id, at=TOMORROW + timedelta(days=1))
    (task,) = house.kept(house.tasks).values()
    assert task.due_at == TOMORROW + timedelta(days=1)


async def test_publishing_again_changes_nothing(house: House) -> None:
    asked = house.has_question(public_question())
    house.admits(Role.AUTHOR)

    with house.changes_nothing():
        assert await house.make(PublishQuestion)(asked.id) == asked


async def test_publishing_over_somebodys_newer_version_is_refused(house: House) -> None:
    asked = house.has_question(question(version=3))
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await house.make(PublishQuestion)(asked.id, expected=2)


async def test_a_question_that_does_not_exist_is_not_published(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(PublishQuestion)("nowhere")


async def test_a_question_without_grade_and_answer_is_not_published(house: House) -> None:
    asked = house.has_question(question(grade=None, answer="\n", expectation=""))
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotReady) as refused:
        await house.make(PublishQuestion)(asked.id)
    assert isinstance(refused.value, QuestionNotReady)
    assert [lack.code for lack in refused.value.lacks] == ["no_grade", "no_answer", "no_expectation"]
    assert [problem.field for problem in refused.value.problems] == ["grade", "answer", "expectation"]


async def test_a_question_in_the_trash_is_not_published(house: House) -> None:
    asked = house.has_question(question(trashed_at=NOW))
    house.admits(Role.EDITOR)

    with house.refuses(QuestionInTrash):
        await house.make(PublishQuestion)(asked.id)


async def test_author_may_not_publish_what_another_wrote(house: House) -> None:
    asked = house.has_question(question(by=Role.CONTRIBUTOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(PublishQuestion)(asked.id)


async def test_contributor_may_not_publish_even_her_own(house: House) -> None:
    asked = house.has_question(question(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await house.make(PublishQuestion)(asked.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(PublishQuestion)("nowhere")
