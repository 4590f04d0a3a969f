"""A folder with a file for each sheet and each question, as a site's folder has it under content/matrix."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from core.competency_matrix.files import FILE_BYTES, ROWS_MAX, BadMatrixFile, FoundMatrix, QuestionRow
from core.competency_matrix.planting import QuestionCode, SheetCode
from core.errors import Problem
from core.text import N_
from services.archives.files import ArchiveFiles, read_at_most
from services.archives.front_matter import BadFrontMatter, read_yaml
from services.archives.writing import quoted
from services.matrix_files.tables import TOO_MANY
from services.matrix_files.values import WORDS, Values, code_of, sound, stamp

ONE_BYTES = 1024**2
UNPACKED_BYTES = 64 * 1024**2
STEP = 10
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)(?:\r?\n)?", re.DOTALL | re.MULTILINE)
_NAMES = frozenset(
    {
        *("slug", "question", "section", "subsection", "grade", "frequency", "hint", "expectation"),
        *("resources", "evidence", "translations", "order", "draft", "withdrawn", "date", "lang"),
    }
)
_FLAGS = {"": False, "false": False, "no": False, "true": True, "yes": True}
_SHEET = N_("“%(name)s” cannot be read: %(reason)s")


def sheet_file(sheet: SheetCode, order: int) -> tuple[str, bytes]:
    lines = [f"{name} = {quoted(words)}\n" for name, words in (("key", sheet.key), ("name", sheet.name))]
    lines.append(f"order = {order}\n")
    if sheet.description:
        lines.append(f"description = {quoted(sheet.description)}\n")
    for name, within in sheet.sections:
        lines.append(f"\n[[sections]]\nname = {quoted(name)}\nsubsections = [{', '.join(map(quoted, within))}]\n")
    return f"{sheet.key}.toml", "".join(lines).encode()


def question_file(row: QuestionRow) -> tuple[str, bytes]:
    """The front matter, an empty line, and the answer byte for byte."""
    head = "".join(_front(row))
    return f"{row.code.sheet}/{row.code.slug}.md", f"---\n{head}---\n\n{row.code.answer}".encode()


def read_markdown(files: ArchiveFiles) -> FoundMatrix:
    """Raises BadMatrixFile, and BadArchive for what is hostile."""
    root = _root(files.names)
    _refuse_large(files, root)
    ordered = [_sheet(files, name) for name in files.names if _parts(name, root)[1:] == () and name.endswith(".toml")]
    ordered.sort(key=lambda found: found[0])
    keys = {code.key: place for place, (_, code) in enumerate(ordered)}
    found = [_question(files, name, _parts(name, root)) for name in files.names if _is_question(name, root)]
    found.sort(key=lambda pair: (keys.get(pair[1].code.sheet, len(keys)), pair[0]))
    if not found and not ordered:
        raise BadMatrixFile(N_("There are no questions in the archive: they are Markdown files in a folder per sheet."))
    rows = [replace(row, number=number) for number, (_, row) in enumerate(found, start=1)]
    return FoundMatrix(rows=rows, sheets=[code for _, code in ordered])


def _front(row: QuestionRow) -> Iterator[str]:
    code = row.code
    for name in ("slug", "question", "section", "subsection", "grade", "frequency", "hint", "expectation"):
        if words := getattr(code, name):
            yield f"{name}: {quoted(words)}\n"
    yield from _attached(code)
    yield f"order: {row.number * STEP}\n"
    if row.published_at:
        yield f"date: {stamp(row.published_at)}\n"
    if not row.is_public:
        yield "draft: true\n"
    if not row.is_public and row.published_at:
        yield "withdrawn: true\n"
    if row.lang:
        yield f"lang: {row.lang}\n"


def _attached(code: QuestionCode) -> Iterator[str]:
    if code.resources:
        yield "resources:\n"
    for one in code.resources:
        yield f"  - {{{_pairs({'name': one.name, 'url': one.url, 'why': one.why})}}}\n"
    if code.evidence:
        yield f"evidence: [{', '.join(map(quoted, code.evidence))}]\n"
    if code.translations:
        yield "translations:\n"
    for lang, wording in code.translations.items():
        yield f"  {lang}: {{{_pairs({name: getattr(wording, name) for name in WORDS})}}}\n"


def _pairs(said: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {quoted(words)}" for name, words in said.items() if words)


def _root(names: Sequence[str]) -> PurePosixPath:
    """The folder that the sheets' files are in; without any, the archive itself."""
    parents = {PurePosixPath(name).parent for name in names if name.endswith(".toml")}
    if len(parents) > 1:
        raise BadMatrixFile(N_("The files of the sheets are in several folders. Please put them side by side."))
    return next(iter(parents), PurePosixPath("."))


def _parts(name: str, root: PurePosixPath) -> tuple[str, ...]:
    path = PurePosixPath(name)
    return path.relative_to(root).parts if path.is_relative_to(root) else ("", "", "")


def _is_question(name: str, root: PurePosixPath) -> bool:
    return name.endswith(".md") and len(_parts(name, root)) == 2


def _refuse_large(files: ArchiveFiles, root: PurePosixPath) -> None:
    if sum(_is_question(name, root) for name in files.names) > ROWS_MAX:
        raise BadMatrixFile(TOO_MANY, limit=ROWS_MAX)
    if sum(files.size(name) for name in files.names if name.endswith((".md", ".toml"))) > UNPACKED_BYTES:
        limit = UNPACKED_BYTES // 1024**2
        raise BadMatrixFile(N_("Unpacked the file is larger than %(limit)d MB. Please split it."), limit=limit)


def _sheet(files: ArchiveFiles, name: str) -> tuple[int, SheetCode]:
    try:
        said = tomllib.loads(_text(files, name))
        sections = tuple((str(one["name"]), tuple(map(str, one["subsections"]))) for one in said.get("sections", ()))
        code = SheetCode(
            key=str(said["key"]),
            name=str(said["name"]),
            description=str(said.get("description", "")),
            sections=sections,
        )
        return int(said.get("order", 0)), code
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise BadMatrixFile(_SHEET, name=name, reason=reason) from None


def _question(files: ArchiveFiles, name: str, parts: tuple[str, ...]) -> tuple[float, QuestionRow]:
    try:
        text = _text(files, name)
        front = _FRONT.match(text)
        head = read_yaml(front[1], limit=FILE_BYTES) if front else {}
    except (BadFrontMatter, ValueError) as error:
        code = QuestionCode(sheet=parts[0], section="", subsection="", question="")
        problem = Problem.of("file", _SHEET, name=name, reason=" ".join(str(error).split())[:200])
        return 0, QuestionRow(number=0, source=name, code=code, problems=(problem,))
    values = Values(head)
    values.refuse_unknown(_NAMES)
    order, flags = _order(values), {flag: _flag(values, flag) for flag in ("draft", "withdrawn")}
    at, lang = values.moment("date"), values.words("lang").strip()
    is_public = not any(flags.values())
    code = code_of(values, sheet=parts[0], answer=text[front.end() :] if front else text)
    return order, QuestionRow(
        number=0,
        source=name,
        code=code,
        lang=lang,
        is_public=is_public,
        published_at=at if is_public or flags["withdrawn"] else None,
        problems=tuple(values.problems),
    )


def _text(files: ArchiveFiles, name: str) -> str:
    """Raises ValueError."""
    content = read_at_most(files, name, ONE_BYTES)
    if content is None:
        raise ValueError("too large")
    return content.decode("utf-8-sig")


def _order(values: Values) -> float:
    said = values.words("order").strip()
    try:
        return int(said) if said else 0
    except ValueError:
        values.refuse("order", N_("A whole number is expected here."))
        return 0


def _flag(values: Values, name: str) -> bool:
    said = sound(values.words(name)).strip().lower()
    if said not in _FLAGS:
        values.refuse(name, N_("true or false is expected here."))
    return _FLAGS.get(said, False)
