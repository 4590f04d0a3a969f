from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.access import Action
from core.competency_matrix.importing import RowOutcome
from core.competency_matrix.planting import NamedResource, SheetCode
from core.competency_matrix.use_cases.import_questions import ImportQuestions
from core.errors import Forbidden, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from core.markdown import Rendered, Surroundings
from core.publication import PublicationStatus
from tests.core.fakes.markdown import FakeMarkdown
from tests.core.house import House
from tests.core.makers import NOW, published
from tests.core.matrix_makers import question, sheet
from tests.core.matrix_rows import found, row

YESTERDAY = NOW - timedelta(days=1)
TOMORROW = NOW + timedelta(days=1)
BOOK = NamedResource(name="Book", url="https://book.example/", why="All of it.")


class Meddling(FakeMarkdown):
    """While it renders, somebody saves the sheet."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house

    async def render(self, source: str, *, lang: str, around: Surroundings | None = None) -> Rendered:
        self._house.sheets.kept = (replace(sheet(), version=2),)
        self._house.transaction.settle()
        return await super().render(source, lang=lang, around=around)


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet())
    house.admits(Role.OWNER)
    return house


async def test_rows_become_questions_of_their_cells_in_their_order(furnished: House) -> None:
    furnished.has_post(published("shown"))
    first = row(2, evidence=("shown", "gone"), resources=(BOOK,), section=" language ", subsection="Closures")
    second = row(3, slug="", question="Why not?", subsection="Closures", resources=(BOOK,))

    report = await furnished.make(ImportQuestions)(found(first, second), lang="en")

    assert [(line.outcome, line.slug, line.missing) for line in report.lines] == [
        (RowOutcome.ADDED, "closure", ("gone",)),
        (RowOutcome.ADDED, "why-not", ()),
    ]
    one, other = furnished.kept(furnished.questions).values()
    assert (one.position, other.position) == (1, 2)
    assert (one.lang, one.author_id, len(one.evidence)) == ("en", "owner", 1)
    assert one.status(NOW) is PublicationStatus.DRAFT
    (place,) = {one.subsection_id, other.subsection_id}
    (kept,) = furnished.kept(furnished.sheets)
    assert (kept.subsection(place).name, kept.version) == ("Closures", 2)
    assert one.resources == other.resources
    assert [each.url for each in furnished.kept(furnished.resources).values()] == [BOOK.url]
    assert list(furnished.kept(furnished.question_revisions)) == [(one.id, 1), (other.id, 1)]


@pytest.mark.parametrize(
    ("is_public", "published_at", "status", "kept_at"),
    [
        (True, None, PublicationStatus.PUBLISHED, NOW),
        (True, YESTERDAY, PublicationStatus.PUBLISHED, YESTERDAY),
        (True, TOMORROW, PublicationStatus.SCHEDULED, TOMORROW),
        (False, YESTERDAY, PublicationStatus.WITHDRAWN, YESTERDAY),
        (False, TOMORROW, PublicationStatus.DRAFT, None),
    ],
)
async def test_what_is_public_and_since_when_comes_along(
    furnished: House,
    is_public: bool,
    published_at: datetime | None,
    status: PublicationStatus,
    kept_at: datetime | None,
) -> None:
    one = row(is_public=is_public, published_at=published_at)

    await furnished.make(ImportQuestions)(found(one), lang="en")

    (kept,) = furnished.kept(furnished.questions).values()
    assert (kept.status(NOW), kept.published_at) == (status, kept_at)


async def test_what_came_has_one_line_in_the_log(furnished: House) -> None:
    matrix = found(row(2), row(3, grade="guru"))

    await furnished.make(ImportQuestions)(matrix, lang="en", filename="matrix.csv")

    [line] = [one for one in furnished.kept(furnished.audit) if one.action is Action.RUN_IMPORT]
    totals = {"added": "1", "present": "0", "skipped": "0", "refused": "1"}
    assert (line.label, line.after) == ("matrix.csv", {"state": "done", **totals})


async def test_a_second_run_changes_nothing(furnished: House) -> None:
    matrix = found(row(2), row(3, grade="guru"), sheets=(SheetCode(key="rust", name="Rust"),))
    await furnished.make(ImportQuestions)(matrix, lang="en")

    with furnished.changes_nothing():
        again = await furnished.make(ImportQuestions)(matrix, lang="en")

    assert [line.outcome for line in again.lines] == [RowOutcome.PRESENT, RowOutcome.REFUSED]
    assert again.lines[0].slug == "closure"
    assert [problem.field for problem in again.lines[1].problems] == ["grade"]
    assert again.totals == {
        RowOutcome.ADDED: 0,
        RowOutcome.PRESENT: 1,
        RowOutcome.SKIPPED: 0,
        RowOutcome.REFUSED: 1,
    }


async def test_doubles_come_only_when_they_are_chosen_and_their_address_is_free(furnished: House) -> None:
    furnished.has_question(question("closure"))
    furnished.has_question(question("lambda", asked="What is a lambda?"))
    rows = (row(2), row(3, slug="fresh", question="What is a lambda?"), row(4, slug="left", question="Left?"))
    more = (row(5, slug="fresh", question="Another?"), row(6, slug="fresher", question="Another?"))

    report = await furnished.make(ImportQuestions)(found(*rows, *more), lang="en", numbers={2, 3, 5, 6})

    assert [(line.outcome, line.slug) for line in report.lines] == [
        (RowOutcome.PRESENT, "closure"),
        (RowOutcome.ADDED, "fresh"),
        (RowOutcome.SKIPPED, ""),
        (RowOutcome.PRESENT, "fresh"),
        (RowOutcome.ADDED, "fresher"),
    ]


async def test_sheets_come_with_their_questions_or_when_they_have_none(furnished: House) -> None:
    sheets = (
        SheetCode(key="rust", name="Rust", sections=(("Types", ("Traits",)),)),
        SheetCode(key="empty", name="Empty", description="Later."),
        SheetCode(key="left", name="Left out"),
    )
    rows = (row(2, sheet="rust"), row(3, sheet="left", slug="left", question="Left?"))

    report = await furnished.make(ImportQuestions)(found(*rows, sheets=sheets), lang="en", numbers={2})

    assert report.sheets == ["rust", "empty"]
    kept = furnished.kept(furnished.sheets)
    assert [one.key for one in kept] == ["python", "rust", "empty"]
    assert [section.name for section in kept[1].sections] == ["Types", "Language"]


async def test_who_chooses_nothing_gets_nothing(furnished: House) -> None:
    with furnished.changes_nothing():
        matrix = found(row(), sheets=(SheetCode(key="empty", name="Empty"),))
        report = await furnished.make(ImportQuestions)(matrix, lang="en", numbers=())

    assert [line.outcome for line in report.lines] == [RowOutcome.SKIPPED]


async def test_sheets_alone_are_a_matrix_too(furnished: House) -> None:
    await furnished.make(ImportQuestions)(found(sheets=(SheetCode(key="empty", name="Empty"),)), lang="en")

    assert [one.key for one in furnished.kept(furnished.sheets)] == ["python", "empty"]


async def test_a_sheet_that_somebody_changes_meanwhile_ends_it(furnished: House) -> None:
    furnished.markdown = Meddling(furnished)

    with pytest.raises(StaleVersion):
        await furnished.make(ImportQuestions)(found(row(subsection="Closures")), lang="en")

    assert not furnished.kept(furnished.questions)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_import_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(ImportQuestions)(found(row()), lang="en")
