from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.use_cases.trash_question import TrashQuestion
from core.errors import Forbidden, StaleVersion, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind
from core.trash import KEPT_IN_TRASH
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question


async def test_author_throws_her_question_away_for_thirty_days(house: House) -> None:
    asked = house.has_question(public_question())
    house.admits(Role.AUTHOR)

    await house.make(TrashQuestion)(asked.id, expected=1)

    kept = house.kept(house.questions)[asked.id]
    assert (kept.trashed_at, kept.version) == (NOW, 2)
    emptying = house.tasks.find(TaskKind.EMPTY_MATRIX_TRASH, asked.id)
    assert emptying
    assert emptying.due_at == NOW + KEPT_IN_TRASH
    assert house.tasks.find(TaskKind.RENDER_AGAIN, f"matrix:{asked.slug}")


async def test_what_lies_there_is_not_thrown_away_again(house: House) -> None:
    asked = house.has_question(question(trashed_at=NOW))
    house.admits(Role.AUTHOR)

    with house.refuses(QuestionNotFound):
        await house.make(TrashQuestion)(asked.id)


async def test_throwing_away_somebodys_newer_version_is_refused(house: House) -> None:
    asked = house.has_question(question(version=3))
    house.admits(Role.AUTHOR)

    with house.refuses(StaleVersion):
        await house.make(TrashQuestion)(asked.id, expected=2)


async def test_author_may_not_throw_away_what_another_wrote(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(TrashQuestion)(asked.id)


async def test_contributor_may_not_throw_away_what_is_public(house: House) -> None:
    asked = house.has_question(question(by=Role.CONTRIBUTOR, is_public=True, published_at=NOW))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await house.make(TrashQuestion)(asked.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(TrashQuestion)("nowhere")
