from dataclasses import replace

import pytest

from core.competency_matrix.bulk import NewState
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionInTrash, QuestionNotFound, SomeNotReady
from core.competency_matrix.use_cases.change_question_states import ChangeQuestionStates
from core.errors import Forbidden, Invalid, StaleVersion, Unauthenticated
from core.identity import Role
from core.publication import PublicationStatus
from tests.core.fakes.matrix import MemoryQuestions
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question


def furnished(house: House) -> House:
    house.has_question(public_question("public"))
    house.has_question(question("draft"))
    house.has_question(question("thrown-away", trashed_at=NOW))
    return house


class Hurried(MemoryQuestions):
    """Somebody saves one of them just before we do."""

    async def list_many(self, question_ids: object) -> list[Question]:
        return [replace(one, version=one.version - 1) for one in self.kept.values()]


async def test_editor_publishes_several(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    assert await house.make(ChangeQuestionStates)(["public", "draft"], NewState.PUBLISHED) == 1
    kept = house.kept(house.questions).values()
    assert [one.slug for one in kept if one.is_readable(NOW)] == ["public", "draft"]


async def test_editor_withdraws_several(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    assert await house.make(ChangeQuestionStates)(["public", "draft"], NewState.WITHDRAWN) == 1
    assert not [one for one in house.kept(house.questions).values() if one.is_public]


async def test_editor_throws_several_away_and_takes_them_back(house: House) -> None:
    furnished(house).admits(Role.EDITOR)
    change = house.make(ChangeQuestionStates)

    assert await change(["public", "draft", "thrown-away"], NewState.TRASHED) == 2
    assert all(one.trashed_at for one in house.kept(house.questions).values())
    assert await change(["public", "draft", "thrown-away"], NewState.RESTORED) == 3
    statuses = {one.slug: one.status(NOW) for one in house.kept(house.questions).values()}
    assert statuses["public"] is PublicationStatus.PUBLISHED
    assert not any(one.trashed_at for one in house.kept(house.questions).values())


async def test_all_that_lack_something_are_named_and_none_is_published(house: House) -> None:
    furnished(house).has_question(question("empty", answer=""))
    house.has_question(question("bare", answer="", expectation=""))
    house.admits(Role.EDITOR)

    with house.refuses(SomeNotReady) as refused:
        await house.make(ChangeQuestionStates)(["draft", "empty", "bare"], NewState.PUBLISHED)
    assert isinstance(refused.value, SomeNotReady)
    assert {name: len(lacks) for name, lacks in refused.value.lacks.items()} == {"empty": 1, "bare": 2}


async def test_nothing_in_the_trash_is_published(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    with house.refuses(QuestionInTrash):
        await house.make(ChangeQuestionStates)(["draft", "thrown-away"], NewState.PUBLISHED)


async def test_one_that_is_missing_stops_all(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(ChangeQuestionStates)(["draft", "gone"], NewState.PUBLISHED)


async def test_nothing_chosen_is_refused(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    with house.refuses(Invalid):
        await house.make(ChangeQuestionStates)([], NewState.PUBLISHED)


async def test_one_that_somebody_saved_meanwhile_stops_all(house: House) -> None:
    hurried = Hurried(house.sheets)
    hurried.kept = {one.id: one for one in (question("a", version=2),)}
    house.questions = hurried
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await house.make(ChangeQuestionStates)(["a"], NewState.PUBLISHED)


@pytest.mark.parametrize("state", list(NewState))
async def test_author_may_not_do_it_to_what_another_wrote(house: House, state: NewState) -> None:
    furnished(house).has_question(question("foreign", by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(ChangeQuestionStates)(["draft", "foreign"], state)


@pytest.mark.parametrize("state", [NewState.TRASHED, NewState.RESTORED])
async def test_contributor_may_not_hide_or_show_what_is_public(house: House, state: NewState) -> None:
    house.has_question(question("own", by=Role.CONTRIBUTOR, is_public=True, published_at=NOW))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await house.make(ChangeQuestionStates)(["own"], state)


@pytest.mark.parametrize("state", list(NewState))
async def test_a_refused_visitor_does_not_even_learn_whether_they_exist(house: House, state: NewState) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ChangeQuestionStates)(["nowhere"], state)
