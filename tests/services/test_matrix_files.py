"""What people make of files: spreadsheets of their own, and what nobody should send."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.competency_matrix.files import FILE_BYTES, ROWS_MAX, BadMatrixFile, FoundMatrix, MatrixFormat
from core.competency_matrix.planting import NamedResource
from services.matrix_files.forms import Forms, recognised

PLACE = {"sheet": "python", "section": "Language", "subsection": "Names"}
HEAD = "sheet,section,subsection,question"
MARKDOWN = "---\nslug: a\nquestion: What?\nsection: S\nsubsection: T\ndraft: true\n---\n\nAnswer\n"


async def read(content: bytes, form: MatrixFormat | None = None) -> FoundMatrix:
    forms = Forms()
    try:
        return await forms.read(content, form)
    finally:
        forms.close()


def zipped(**files: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def book(*rows: tuple[str | float, ...]) -> bytes:
    made, kept = Workbook(), BytesIO()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(row)
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
async def test_tables_of_any_spreadsheet_are_read_and_rows_counted_as_it_does(delimiter: str) -> None:
    lines = [
        HEAD + ",evidence,resources",
        "python,L,N,Why?,a b,https://a.example/",
        ",,,,,",
        "python,L,N,'=1?,,A | https://b.example/ | B\\|c",
    ]
    content = "\n".join(line.replace(",", delimiter) for line in lines).encode("utf-8-sig")

    found = await read(content)

    first, second = found.rows
    assert (first.number, second.number, second.code.question) == (2, 4, "=1?")
    assert first.code.evidence == ("a", "b")
    assert first.code.resources == (NamedResource(name="https://a.example/", url="https://a.example/"),)
    assert second.code.resources == (NamedResource(name="A", url="https://b.example/", why="B|c"),)


async def test_a_spreadsheet_may_hold_numbers_and_times() -> None:
    rows = (("Sheet", "section", "subsection", "question", "slug", "status"), ("a", "b", "c", 404, 1.0, "published"))

    (row,) = (await read(book(*rows))).rows

    assert (row.code.question, row.code.slug, row.is_public) == ("404", "1", True)


async def test_what_is_wrong_with_a_question_is_told_beside_it() -> None:
    wrong = {
        **PLACE,
        "question": ["What?"],
        "status": "secret",
        "published_at": "yesterday",
        "colour": "red",
        "resources": ["book", {"name": "a", "url": "b", "isbn": "c"}],
        "translations": {"ru": "Что?"},
    }

    first, second = (await read(json.dumps([wrong, "\ud800"]).encode())).rows

    told = {problem.field for problem in first.problems}
    assert told == {
        *("question", "status", "published_at", "colour"),
        *("resources.0", "resources.1.isbn", "translations.ru"),
    }
    assert [problem.field for problem in second.problems] == ["row"]


async def test_an_archive_has_its_sheets_in_any_folder_and_tells_what_it_cannot_read() -> None:
    sheet = 'key = "python"\nname = "Python"\n'
    files = {
        "top/python.toml": sheet,
        "top/python/a.md": MARKDOWN,
        "top/python/b.md": "---\na: *b\n---\n",
        "note.txt": "",
    }

    found = await read(zipped(**files))

    assert [code.name for code in found.sheets] == ["Python"]
    told = {row.source: (row.code.question, row.code.answer, bool(row.problems)) for row in found.rows}
    assert told == {"top/python/a.md": ("What?", "Answer\n", False), "top/python/b.md": ("", "", True)}


async def test_a_folder_is_read_like_an_archive(tmp_path: Path) -> None:
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "a.md").write_text(MARKDOWN)
    forms = Forms()

    (row,) = (await forms.read_folder(tmp_path)).rows

    assert (row.code.sheet, row.source, row.is_public) == ("python", "python/a.md", False)
    forms.close()


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"", None),
        (b"x" * (FILE_BYTES + 1), None),
        ("вопрос".encode("cp1251"), None),
        (HEAD.encode() + b"\n" + b"a,b,c,d\n" * (ROWS_MAX + 1), None),
        (HEAD.encode() + b",question\n", None),
        (b"question\nWhy?\n", None),
        (HEAD.encode() + b'\na,b,c,"open\n', None),
        (b"[" * 100_000, None),
        (b'{"questions": 1}', None),
        (b'{"questions": [], "sheets": 1}', None),
        (b'{"questions": [], "sheets": [1]}', None),
        (b'{"questions": [], "sheets": [{"key": "a", "sections": [{"name": 1}]}]}', None),
        (b"PK nothing", None),
        (b"PK [Content_Types].xml", None),
        (zipped(**{"[Content_Types].xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), None),
        (zipped(**{"[Content_Types].xml": "0" * 40_000_000}), None),
        (zipped(**{"../a.md": MARKDOWN}), None),
        (zipped(**{"a/b.toml": "key = 1", "a/c.toml": "="}), None),
        (zipped(**{"a/b.toml": "", "c/b.toml": ""}), None),
        (zipped(**{"note.txt": ""}), None),
        (book(("question", "question")), None),
        (HEAD.encode(), MatrixFormat.XLSX),
    ],
)
async def test_a_broken_or_hostile_file_is_refused_with_a_reason(content: bytes, form: MatrixFormat | None) -> None:
    with pytest.raises(BadMatrixFile) as refused:
        await read(content, form)

    (problem,) = refused.value.problems
    assert problem.message % problem.params


def test_forms_are_known_by_what_they_begin_with() -> None:
    known = {content: recognised(content) for content in (b"\xef\xbb\xbf [", b"sheet,", zipped(a=""), book(("a",)))}

    assert list(known.values()) == [MatrixFormat.JSON, MatrixFormat.CSV, MatrixFormat.MARKDOWN, MatrixFormat.XLSX]
