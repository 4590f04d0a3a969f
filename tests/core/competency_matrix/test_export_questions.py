from collections.abc import Sequence
from datetime import timedelta

import pytest

from core.competency_matrix.files import QuestionRow
from core.competency_matrix.planting import NamedResource, SheetCode
from core.competency_matrix.texts import Attachment
from core.competency_matrix.use_cases.export_questions import BATCH, ExportQuestions
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, published
from tests.core.matrix_makers import SENIOR, public_question, question, resource, section, sheet

YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet())
    house.admits(Role.OWNER)
    return house


async def rows_of(house: House) -> Sequence[QuestionRow]:
    matrix = await house.make(ExportQuestions)()
    return [row async for rows in matrix.batches for row in rows]


async def test_all_sheets_and_questions_come_along_in_the_order_of_the_list(furnished: House) -> None:
    furnished.has_sheet(sheet("rust", section("Types"), position=2))
    furnished.has_question(question("senior", grade=SENIOR))
    furnished.has_question(public_question("public", at=YESTERDAY))
    furnished.has_question(question("files", subsection="files", grade=None))
    furnished.has_question(question("trashed", trashed_at=NOW))

    matrix = await furnished.make(ExportQuestions)()
    rows = [row async for batch in matrix.batches for row in batch]

    assert list(matrix.sheets) == [
        SheetCode(key="python", name="Python", sections=(("Language", ("Names", "Types")), ("Library", ("Files",)))),
        SheetCode(key="rust", name="Rust", sections=(("Types", ()),)),
    ]
    told = [(row.number, row.code.slug, row.code.section, row.code.subsection, row.code.grade) for row in rows]
    assert told == [
        (1, "public", "Language", "Names", "junior"),
        (2, "senior", "Language", "Names", "senior"),
        (3, "files", "Library", "Files", ""),
    ]
    assert [(row.is_public, row.published_at, row.lang) for row in rows[:2]] == [
        (True, YESTERDAY, "en"),
        (False, None, "en"),
    ]


async def test_resources_and_evidence_are_named_and_what_is_gone_is_left_out(furnished: House) -> None:
    post = furnished.has_post(published("shown"))
    furnished.has_resource(resource("manual"))
    attached = (Attachment(resource_id="gone"), Attachment(resource_id="manual", why="Short."))
    furnished.has_question(question(resources=attached, evidence=("gone", post.id)))

    (row,) = await rows_of(furnished)

    assert row.code.resources == (NamedResource(name="Manual", url="https://manual.example/", why="Short."),)
    assert row.code.evidence == ("shown",)


async def test_what_goes_while_it_is_written_is_left_out(furnished: House) -> None:
    for number in range(BATCH + 2):
        furnished.has_question(question(f"q{number:03}", position=number))
    matrix = await furnished.make(ExportQuestions)()
    first = await anext(matrix.batches)

    furnished.has_question(question(f"q{BATCH:03}", trashed_at=NOW))
    rest = [row.code.slug async for rows in matrix.batches for row in rows]

    assert (len(first), rest) == (BATCH, [f"q{BATCH + 1:03}"])


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_export_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(ExportQuestions)()
