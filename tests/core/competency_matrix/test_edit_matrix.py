from dataclasses import replace

import pytest

from core.access import Action
from core.competency_matrix.errors import GradeInUse
from core.competency_matrix.grades import DEFAULT_GRADES, GRADES_MAX, Grade, GradeKey, MatrixWishes
from core.competency_matrix.use_cases.edit_matrix import EditMatrix
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import JUNIOR, SENIOR, question, sheet

STAFF = Grade(key=GradeKey("staff"), name="Staff", colour="#c2410c")
AS_IT_IS = MatrixWishes(grades=DEFAULT_GRADES)


async def test_owner_names_orders_adds_and_colours_grades_and_opens_the_matrix(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(question(grade=JUNIOR))
    house.admits(Role.OWNER)
    beginner = Grade(key=JUNIOR, name="  A   beginner ")

    saved = await house.make(EditMatrix)(
        MatrixWishes(grades=(STAFF, beginner), accepts_suggestions=True, shows_coverage=True), expected=1
    )

    assert house.kept(house.sheets.chosen) == saved
    (line,) = house.kept(house.audit)
    assert (line.action, line.after["accepts_suggestions"]) == (Action.EDIT_MATRIX, "true")
    assert line.after["grades"].startswith("staff Staff #c2410c, ")
    assert saved.grades == (STAFF, replace(beginner, name="A beginner"))
    assert (saved.accepts_suggestions, saved.shows_coverage, saved.version) == (True, True, 2)


async def test_saving_what_stands_changes_nothing(house: House) -> None:
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(EditMatrix)(AS_IT_IS, expected=1) == house.sheets.chosen.kept


@pytest.mark.parametrize("is_trashed", [False, True])
async def test_a_grade_that_questions_have_cannot_go(house: House, is_trashed: bool) -> None:
    house.has_sheet(sheet())
    for name in ("a", "b"):
        house.has_question(question(name, grade=SENIOR, trashed_at=NOW if is_trashed else None))
    house.admits(Role.OWNER)

    with house.refuses(GradeInUse) as refused:
        await house.make(EditMatrix)(MatrixWishes(grades=DEFAULT_GRADES[:-1]))
    assert isinstance(refused.value, GradeInUse)
    assert (refused.value.count, refused.value.params) == (2, {"name": "Senior"})


async def test_a_grade_that_nothing_has_may_go(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(question(grade=JUNIOR))
    house.admits(Role.OWNER)

    saved = await house.make(EditMatrix)(MatrixWishes(grades=DEFAULT_GRADES[:1]))

    assert [grade.key for grade in saved.grades] == [JUNIOR]


@pytest.mark.parametrize(
    ("grades", "fields"),
    [
        ((), ["grades"]),
        (tuple(replace(STAFF, key=GradeKey(f"g{n}"), name=f"{n}") for n in range(GRADES_MAX + 1)), ["grades"]),
        ((replace(STAFF, key=GradeKey("No key"), name="", colour="red"),), ["key", "name", "colour"]),
        ((replace(STAFF, name="x" * 41),), ["name"]),
        ((STAFF, replace(STAFF, name=" STAFF")), ["key", "name"]),
    ],
)
async def test_what_are_no_grades_is_invalid(house: House, grades: tuple[Grade, ...], fields: list[str]) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid) as refused:
        await house.make(EditMatrix)(MatrixWishes(grades=grades))
    assert isinstance(refused.value, Invalid)
    assert [problem.field.rpartition(".")[2] for problem in refused.value.problems] == fields


async def test_who_saw_an_older_version_is_told(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await house.make(EditMatrix)(MatrixWishes(grades=(STAFF,)), expected=2)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_is_not_the_owner_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(EditMatrix)(MatrixWishes(grades=(STAFF,)))
