"""`terrace matrix`: a site's competency matrix, from files of this machine and into them."""

from __future__ import annotations

import secrets
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from dishka import AsyncContainer

from core.competency_matrix.files import (
    FILE_BYTES,
    BadMatrixFile,
    FoundMatrix,
    MatrixFiles,
    MatrixFormat,
)
from core.competency_matrix.importing import ImportReport, RowLine
from core.competency_matrix.row_check import CheckedRow, Verdict
from core.competency_matrix.use_cases.check_question_rows import CheckQuestionRows
from core.competency_matrix.use_cases.export_questions import ExportQuestions
from core.competency_matrix.use_cases.import_questions import ImportQuestions
from core.errors import Conflict, Invalid, NotFound, Problem
from core.site.use_cases.show_site import ShowSite
from core.tenancy.entities import Tenant
from core.tenancy.use_cases.show_tenant import ShowTenant
from entrypoints.cli.command import (
    Row,
    json_option,
    messages,
    operator_command,
    print_json,
    tell,
)
from entrypoints.cli.dash import is_dash, refuse_unasked, report
from entrypoints.cli.errors import ExitCode

_FORMATS = {
    ".csv": MatrixFormat.CSV,
    ".xlsx": MatrixFormat.XLSX,
    ".json": MatrixFormat.JSON,
    ".zip": MatrixFormat.MARKDOWN,
}
format_option = click.option(
    "--format", "form", type=click.Choice([form.value for form in MatrixFormat]), help="By the file's name or content."
)


class NoSuchFile(NotFound):
    message = "There is no file or folder “%(path)s”."


class WouldOverwrite(Conflict):
    message = "“%(path)s” is there already. --yes writes over it."


@click.group()
def matrix() -> None:
    """Questions of a site's competency matrix, in and out."""


@matrix.command("import")
@click.argument("slug")
@click.argument("path", type=click.Path(path_type=Path))
@format_option
@click.option("--dry-run", is_flag=True, help="Only tell what would come.")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@json_option
@operator_command
async def import_matrix(
    container: AsyncContainer, slug: str, path: Path, form: str | None, dry_run: bool, is_sure: bool, as_json: bool
) -> ExitCode:
    """Bring the questions of a CSV, XLSX or JSON file, or of a zip or folder of Markdown files, into the site SLUG;
    “-” reads a file from standard input.

    What is there already, by its address or its words, stays as it is. Exit code 1 when something is wrong with a row.
    """
    refuse_unasked(path, is_decided=dry_run or is_sure)
    tenant = await (await container.get(ShowTenant))(slug)
    try:
        found = await _found(container, path, MatrixFormat(form) if form else None)
    except BadMatrixFile as error:
        tell([problem.message % problem.params for problem in error.problems])
        return ExitCode.FAILED
    async with container({Tenant: tenant}) as at_site:
        lang = (await (await at_site.get(ShowSite))()).locale
        checked = (await (await at_site.get(CheckQuestionRows))(found, lang=lang)).rows
    if dry_run:
        _foretell(slug, checked, as_json=as_json)
        return ExitCode.FAILED if any(one.verdict is Verdict.WRONG for one in checked) else ExitCode.OK
    if not is_sure and not _is_wanted(slug, checked):
        return ExitCode.OK
    async with container({Tenant: tenant}) as at_site:
        report = await (await at_site.get(ImportQuestions))(found, lang=lang, filename=path.name)
    _conclude(slug, report, as_json=as_json)
    return ExitCode.FAILED if any(line.problems for line in report.lines) else ExitCode.OK


@matrix.command("export")
@click.argument("slug")
@click.argument("path", type=click.Path(path_type=Path))
@format_option
@click.option("--yes", "is_sure", is_flag=True, help="Write over what is there.")
@json_option
@operator_command
async def export_matrix(
    container: AsyncContainer, slug: str, path: Path, form: str | None, is_sure: bool, as_json: bool
) -> None:
    """Write all sheets and questions of the site SLUG to PATH: .csv, .xlsx, .json, or .zip for Markdown files; “-” is
    standard output and needs --format.

    The trash, earlier versions and old addresses stay behind.
    """
    tenant = await (await container.get(ShowTenant))(slug)
    wanted = MatrixFormat(form) if form else _FORMATS.get(path.suffix.lower())
    _refuse_target(path, wanted, is_sure=is_sure)
    counted: Counter[str] = Counter()
    async with container({Tenant: tenant}) as at_site:
        exported, files = await (await at_site.get(ExportQuestions))(), await at_site.get(MatrixFiles)
        target = _to_stdout() if is_dash(path) else _beside(path)
        with target as stream:
            async for part in files.write(exported, wanted or MatrixFormat.CSV):
                counted["bytes"] += stream.write(part)
    numbers = {"sheets": len(exported.sheets), "bytes": counted["bytes"]}
    report(path, {"slug": slug, "path": str(path), **numbers}, as_json=as_json)


async def _found(container: AsyncContainer, path: Path, form: MatrixFormat | None) -> FoundMatrix:
    files: MatrixFiles = await container.get(MatrixFiles)
    content = _content(path)
    return await (files.read_folder(path) if content is None else files.read(content, form))


def _content(path: Path) -> bytes | None:
    """One byte more than may be, so that it is known when there is more; None for a folder."""
    if is_dash(path):
        return sys.stdin.buffer.read(FILE_BYTES + 1)
    if path.is_dir():
        return None
    if not path.is_file():
        raise NoSuchFile(path=path)
    with path.open("rb") as stream:
        return stream.read(FILE_BYTES + 1)


def _refuse_target(path: Path, form: MatrixFormat | None, *, is_sure: bool) -> None:
    if form is None:
        raise Invalid(
            Problem.of("PATH", "say --format, or end the name with one of %(names)s", names=", ".join(_FORMATS))
        )
    if is_dash(path):
        return
    if not path.absolute().parent.is_dir():
        raise Invalid(Problem.of("PATH", "there is no folder “%(folder)s”", folder=path.absolute().parent))
    if path.is_dir():
        raise Invalid(Problem.of("PATH", "“%(path)s” is a folder", path=path))
    if path.exists() and not is_sure:
        raise WouldOverwrite(path=path)


@contextmanager
def _to_stdout() -> Iterator[BinaryIO]:
    stream = sys.stdout.buffer
    yield stream
    stream.flush()


@contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    """Under a name in the same folder: what is there stays whole until all has come."""
    half = path.absolute().with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with half.open("xb") as stream:
            yield stream
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _is_wanted(slug: str, checked: Sequence[CheckedRow]) -> bool:
    counts = Counter(one.verdict for one in checked)
    messages.print(f"{_sentence(counts)}. --dry-run shows each of them.")
    if not counts[Verdict.NEW]:
        messages.print("There is nothing to add.")
        return False
    return click.confirm(f"Add {counts[Verdict.NEW]} to {slug}?", err=True)


def _sentence(counts: Counter[Verdict]) -> str:
    return ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in Verdict)


def _foretell(slug: str, checked: Sequence[CheckedRow], *, as_json: bool) -> None:
    counts = Counter(one.verdict for one in checked)
    if as_json:
        rows = [_checked_row(one) for one in checked]
        totals = {verdict.value: counts[verdict] for verdict in Verdict}
        print_json({"site": slug, "is_dry_run": True, "totals": totals, "rows": rows})
        return
    for one in checked:
        _show(one.row.number, one.verdict.value, one.row.source, one.row.code.question, _said(one.problems))
    messages.print(f"{_sentence(counts)}. Nothing was changed.")


def _conclude(slug: str, report: ImportReport, *, as_json: bool) -> None:
    totals = {outcome.value: number for outcome, number in report.totals.items()}
    if as_json:
        rows = [_line_row(line) for line in report.lines]
        print_json({"site": slug, "is_dry_run": False, "totals": totals, "sheets": list(report.sheets), "rows": rows})
        return
    for line in report.lines:
        _show(line.row.number, line.outcome.value, line.row.source, line.row.code.question, _said(line.problems))
    messages.print(", ".join(f"{number} {name}" for name, number in totals.items()) + ".")


def _checked_row(one: CheckedRow) -> Row:
    head = {"row": one.row.number, "source": one.row.source, "verdict": one.verdict.value}
    double = {"double": one.double or None, "twin": one.twin}
    return {**head, **double, "problems": _said(one.problems), "missing": list(one.missing)}


def _line_row(line: RowLine) -> Row:
    head = {"row": line.row.number, "source": line.row.source, "outcome": line.outcome.value}
    return {**head, "slug": line.slug or None, "problems": _said(line.problems), "missing": list(line.missing)}


def _said(problems: Sequence[Problem]) -> list[str]:
    return [f"{problem.field}: {problem.message % problem.params}" for problem in problems]


def _show(number: int, outcome: str, source: str, question: str, said: Sequence[str]) -> None:
    """One line on stdout, whatever is in a file's words."""
    where = f"{number}" + (f" ({source})" if source else "")
    told = f"{outcome:<7}  {where}  {question[:80]}" + (f"  {'; '.join(said)}" if said else "")
    click.echo("".join(sign if sign.isprintable() else " " for sign in told))
