from typing import Any

import pytest

from core.competency_matrix.files import QuestionRow
from core.competency_matrix.planting import NamedResource, SheetCode
from core.competency_matrix.row_check import CheckedRow, Verdict
from core.competency_matrix.texts import QUESTION_LENGTH, Wording
from core.competency_matrix.use_cases.check_question_rows import CheckQuestionRows
from core.errors import Forbidden, Problem, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, published
from tests.core.matrix_makers import question, sheet
from tests.core.matrix_rows import found, row

UNREAD = Problem.of("status", "Use one of these: %(names)s.", names="draft")


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet(former_keys=("snake",)))
    house.admits(Role.OWNER)
    return house


async def looked_at(house: House, *rows: QuestionRow, sheets: tuple[SheetCode, ...] = ()) -> list[CheckedRow]:
    with house.changes_nothing():
        checked = await house.make(CheckQuestionRows)(found(*rows, sheets=sheets), lang="en")
    return list(checked.rows)


async def test_what_the_site_does_not_have_is_new(furnished: House) -> None:
    russian = Wording(question="Что такое замыкание?")
    book = NamedResource(name="Book", url="https://book.example/")
    new = row(is_public=True, translations={"ru": russian}, resources=(book,))

    (one,) = await looked_at(furnished, new)

    assert one == CheckedRow(row=new, verdict=Verdict.NEW, is_possible=True)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"sheet": "rust"}, ["sheet"]),
        ({"section": " "}, ["section"]),
        ({"subsection": ""}, ["subsection"]),
        ({"question": " "}, ["question"]),
        ({"question": "x" * (QUESTION_LENGTH + 1)}, ["question"]),
        ({"slug": "No slug"}, ["slug"]),
        ({"grade": "guru"}, ["grade"]),
        ({"frequency": "daily"}, ["frequency"]),
        ({"sheet": "rust", "grade": "guru", "frequency": "daily"}, ["sheet", "grade", "frequency"]),
        ({"resources": (NamedResource(name="", url="book"),)}, ["resources.0.name", "resources.0.url"]),
        ({"translations": {"de": Wording(question="Was?")}}, ["translations.de"]),
        ({"answer": "a\x00b", "sheet": "\x00", "slug": "\x00"}, ["sheet", "answer", "slug"]),
        ({"evidence": ("\x00",), "resources": (NamedResource(name="\x00", url=""),)}, ["resources", "evidence"]),
        ({"translations": {"ru": Wording(question="\x00")}}, ["translations.ru.question"]),
        ({"is_public": True, "grade": "", "answer": "", "expectation": " "}, ["grade", "answer", "expectation"]),
        ({"lang": "de"}, ["lang"]),
        ({"problems": (UNREAD, UNREAD)}, ["status"]),
    ],
)
async def test_what_is_wrong_is_told_by_column_all_at_once(
    furnished: House, changes: dict[str, Any], fields: list[str]
) -> None:
    (one,) = await looked_at(furnished, row(**changes))

    assert (one.verdict, one.is_possible) == (Verdict.WRONG, False)
    assert sorted(problem.field for problem in one.problems) == sorted(fields)


async def test_a_question_of_the_same_address_or_words_is_a_double(furnished: House) -> None:
    furnished.has_question(question("closure", trashed_at=NOW))
    furnished.has_question(question("lambda", asked="What is  a LAMBDA?"))

    held, alike, made = await looked_at(
        furnished,
        row(2),
        row(3, slug="fresh", question="what is a lambda?"),
        row(4, slug="", question="What is a name?"),
    )

    assert (held.verdict, held.double, held.is_possible) == (Verdict.DOUBLE, "closure", False)
    assert (alike.verdict, alike.double, alike.is_possible) == (Verdict.DOUBLE, "lambda", True)
    assert (made.verdict, made.double, made.twin) == (Verdict.NEW, "", None)


async def test_the_second_of_two_rows_that_are_the_same_is_a_double(furnished: House) -> None:
    wrong, first, slug, words = await looked_at(
        furnished,
        row(2, grade="guru"),
        row(3),
        row(4, question="Another?"),
        row(5, slug="", question="what is a closure?"),
    )

    assert (wrong.verdict, first.verdict) == (Verdict.WRONG, Verdict.NEW)
    assert [(one.verdict, one.twin, one.is_possible) for one in (slug, words)] == [(Verdict.DOUBLE, 3, True)] * 2


async def test_sheets_come_with_the_file_unless_something_is_wrong_with_them(furnished: House) -> None:
    there = SheetCode(key="snake", name="Snake")
    rust = SheetCode(key="rust", name="Rust", sections=(("Types", ("Traits",)),))
    twice, bad = SheetCode(key="rust", name="Again"), SheetCode(key="Not a key", name="")
    rows = (row(2, sheet="rust"), row(3, sheet="Not a key", slug="b", question="B?"), row(4, sheet="snake", slug="c"))

    with furnished.changes_nothing():
        matrix = found(*rows, sheets=(there, rust, twice, bad))
        checked = await furnished.make(CheckQuestionRows)(matrix, lang="en")

    assert [one.verdict for one in checked.rows] == [Verdict.NEW, Verdict.WRONG, Verdict.DOUBLE]
    assert {problem.field for problem in checked.rows[1].problems} == {"sheet"}
    assert {key: kept.name for key, kept in checked.sheets.items()} == {"rust": "Rust"}


async def test_evidence_that_the_site_lacks_keeps_nothing_out(furnished: House) -> None:
    furnished.has_post(published("shown"))

    (one,) = await looked_at(furnished, row(evidence=("shown", "gone")))

    assert (one.verdict, one.missing) == (Verdict.NEW, ("gone",))


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_import_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(CheckQuestionRows)(found(row()), lang="en")
