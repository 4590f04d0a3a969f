from dataclasses import replace

import pytest

from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionInTrash, QuestionNotFound
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.limits import BULK_MAX
from core.competency_matrix.use_cases.change_questions import ChangeQuestions
from core.errors import Forbidden, Invalid, StaleVersion, Unauthenticated
from core.identity import Role
from tests.core.fakes.matrix import MemoryQuestions
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import JUNIOR, SENIOR, public_question, question, sheet


def furnished(house: House) -> House:
    house.has_sheet(sheet())
    house.has_sheet(sheet("web"))
    house.has_question(public_question("a"))
    house.has_question(question("b", position=2))
    house.has_question(question("senior", grade=SENIOR, position=5))
    return house


class Hurried(MemoryQuestions):
    """Somebody saves one of them just before we do."""

    async def list_many(self, question_ids: object) -> list[Question]:
        return [replace(one, version=one.version - 1) for one in self.kept.values()]


async def test_editor_gives_several_another_grade(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    assert await house.make(ChangeQuestions)(["a", "b", "senior", "a"], grade=SENIOR) == 2

    kept = {question.slug: question for question in house.kept(house.questions).values()}
    assert {(one.grade, one.position) for one in kept.values()} == {(SENIOR, 5), (SENIOR, 6), (SENIOR, 7)}
    assert kept["a"].is_readable(NOW)
    assert {number for _, number in house.kept(house.question_revisions)} == {2}


async def test_editor_puts_several_into_another_section_of_another_sheet(house: House) -> None:
    web = sheet("web")
    house.has_sheet(sheet())
    house.has_sheet(replace(web, sections=web.sections[1:]))
    house.has_question(question("a", subsection="names"))
    house.admits(Role.EDITOR)
    house.sheets.kept = (replace(sheet(), sections=sheet().sections[:1]), house.sheets.kept[1])
    house.transaction.settle()

    assert await house.make(ChangeQuestions)(["a"], subsection_id="files") == 1

    (moved,) = house.kept(house.questions).values()
    assert (moved.sheet_id, moved.subsection_id, moved.grade) == ("web", "files", JUNIOR)


async def test_nothing_to_change_changes_nothing(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    before = dict(house.kept(house.questions))
    assert await house.make(ChangeQuestions)(["a", "b"], grade=JUNIOR) == 0
    assert house.kept(house.questions) == before


@pytest.mark.parametrize(
    ("ids", "grade", "subsection"),
    [
        ([], JUNIOR, None),
        (["a"] * (BULK_MAX + 1), JUNIOR, None),
        (["a"], GradeKey("nothing"), None),
        (["a"], None, "nowhere"),
    ],
)
async def test_what_cannot_be_is_refused(
    house: House, ids: list[str], grade: GradeKey | None, subsection: str | None
) -> None:
    furnished(house).admits(Role.EDITOR)

    with house.refuses(Invalid):
        await house.make(ChangeQuestions)(ids, grade=grade, subsection_id=subsection)


async def test_one_that_is_missing_stops_all(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(ChangeQuestions)(["a", "gone"], grade=SENIOR)


async def test_one_in_the_trash_stops_all(house: House) -> None:
    furnished(house).has_question(question("thrown-away", trashed_at=NOW))
    house.admits(Role.EDITOR)

    with house.refuses(QuestionInTrash):
        await house.make(ChangeQuestions)(["a", "thrown-away"], grade=SENIOR)


async def test_one_that_somebody_saved_meanwhile_stops_all(house: House) -> None:
    hurried = Hurried(house.sheets)
    house.questions = hurried
    hurried.kept = {one.id: one for one in (question("a", version=2),)}
    house.has_sheet(sheet())
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await house.make(ChangeQuestions)(["a"], grade=SENIOR)


async def test_author_may_not_change_what_another_wrote_among_others(house: House) -> None:
    furnished(house).has_question(question("foreign", by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(ChangeQuestions)(["b", "foreign"], grade=SENIOR)


async def test_contributor_may_not_change_what_is_public(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(question("own", by=Role.CONTRIBUTOR, is_public=True, published_at=NOW))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await house.make(ChangeQuestions)(["own"], grade=SENIOR)


async def test_a_refused_visitor_does_not_even_learn_whether_they_exist(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ChangeQuestions)(["nowhere"], grade=SENIOR)
