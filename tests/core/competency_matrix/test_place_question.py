from dataclasses import replace

import pytest

from core.access import Action, Scope
from core.competency_matrix.entities import Question, QuestionId
from core.competency_matrix.errors import OrderChanged, PlaceNotFound, QuestionInTrash, QuestionNotFound
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.use_cases.place_question import PlaceQuestion
from core.errors import Forbidden, Invalid, StaleVersion, Unauthenticated
from core.identity import Role
from tests.core.fakes.matrix import MemoryQuestions
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import JUNIOR, SENIOR, public_question, question, sheet


class Hurried(MemoryQuestions):
    """Somebody saves the question just before we do."""

    async def save(self, question: Question) -> Question:
        self.kept[question.id] = replace(question, version=question.version + 1)
        return await super().save(question)


def furnished(house: House) -> House:
    house.has_sheet(sheet())
    house.has_sheet(sheet("web"))
    for position, name in enumerate("abc", 1):
        house.has_question(question(name, subsection="files", grade=SENIOR, position=position))
    return house


async def test_it_comes_to_the_end_of_another_cell(house: House) -> None:
    asked = furnished(house).has_question(question())
    house.admits(Role.AUTHOR)

    placed = await house.make(PlaceQuestion)(asked.id, subsection_id="files", grade=SENIOR)

    assert house.kept(house.questions)[asked.id] == placed
    assert (placed.subsection_id, placed.grade, placed.position, placed.version) == ("files", SENIOR, 4, 2)
    assert house.kept(house.question_revisions)[asked.id, 2].text.grade == SENIOR


async def test_an_editor_puts_it_between_others(house: House) -> None:
    asked = furnished(house).has_question(question("new"))
    house.admits(Role.EDITOR)

    order = ["a", "new", "b", "c"]
    await house.make(PlaceQuestion)(asked.id, subsection_id="files", grade=SENIOR, order=order, seen=["a", "b", "c"])

    kept = house.kept(house.questions)
    assert sorted(order, key=lambda name: kept[QuestionId(name)].position) == order


async def test_where_the_cell_has_changed_nothing_is_moved(house: House) -> None:
    asked = furnished(house).has_question(question("new"))
    house.admits(Role.EDITOR)

    with house.refuses(OrderChanged):
        await house.make(PlaceQuestion)(
            asked.id, subsection_id="files", grade=SENIOR, order=["new", "b", "a"], seen=["b", "a"]
        )


async def test_where_it_stands_already_nothing_happens(house: House) -> None:
    asked = furnished(house).has_question(question())
    house.admits(Role.EDITOR)

    with house.changes_nothing():
        assert await house.make(PlaceQuestion)(asked.id, subsection_id="names", grade=JUNIOR) == asked


async def test_a_public_one_without_a_grade_leaves_public_view(house: House) -> None:
    asked = furnished(house).has_question(public_question())
    house.admits(Role.EDITOR)

    placed = await house.make(PlaceQuestion)(asked.id, subsection_id="names", grade=None)

    assert (placed.is_public, placed.is_flagged) == (False, True)


async def test_who_may_not_publish_moves_no_public_one(house: House) -> None:
    asked = furnished(house).has_question(public_question())
    house.admits(Role.AUTHOR)
    house.forbids(Action.PUBLISH_QUESTION)

    with house.refuses(Forbidden):
        await house.make(PlaceQuestion)(asked.id, subsection_id="files", grade=SENIOR)


async def test_a_cell_that_there_is_not_takes_nothing(house: House) -> None:
    asked = furnished(house).has_question(question())
    house.admits(Role.EDITOR)
    place = house.make(PlaceQuestion)

    with house.refuses(PlaceNotFound):
        await place(asked.id, subsection_id="nowhere", grade=SENIOR)
    with house.refuses(Invalid):
        await place(asked.id, subsection_id="files", grade=GradeKey("wizard"))
    with house.refuses(QuestionNotFound):
        await place("nowhere", subsection_id="files", grade=SENIOR)


async def test_what_lies_in_the_trash_stays_there(house: House) -> None:
    asked = furnished(house).has_question(replace(question(), trashed_at=NOW))
    house.admits(Role.EDITOR)

    with house.refuses(QuestionInTrash):
        await house.make(PlaceQuestion)(asked.id, subsection_id="files", grade=SENIOR)


async def test_what_somebody_saves_at_that_moment_is_not_overwritten(house: House) -> None:
    hurried = Hurried(house.sheets)
    house.questions = hurried
    hurried.kept = {one.id: one for one in (question("a"),)}
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await house.make(PlaceQuestion)("a", subsection_id="files", grade=SENIOR)


@pytest.mark.parametrize(("role", "is_ordered"), [(Role.AUTHOR, True), (Role.VIEWER, False)])
async def test_a_refused_actor_moves_nothing(house: House, role: Role, *, is_ordered: bool) -> None:
    asked = furnished(house).has_question(question(by=Role.AUTHOR))
    house.admits(role)
    order, seen = (["new", "a", "b", "c"], ["a", "b", "c"]) if is_ordered else ([], [])

    with house.refuses(Forbidden):
        await house.make(PlaceQuestion)(asked.id, subsection_id="files", grade=SENIOR, order=order, seen=seen)


async def test_a_refused_author_leaves_the_questions_of_others_alone(house: House) -> None:
    asked = furnished(house).has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)
    house.forbids(Action.EDIT_QUESTION, Scope.OWN)

    with house.refuses(Forbidden):
        await house.make(PlaceQuestion)(asked.id, subsection_id="files", grade=SENIOR)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(PlaceQuestion)("nowhere", subsection_id="files", grade=SENIOR)
