"""`terrace content import`: another site's posts and pages, from an archive on this machine."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click
from dishka import AsyncContainer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from core.blog.addresses import address_of
from core.blog.archives import ArchiveFormat, ArchiveReader, BadArchive, ContentArchive, Importable, Note, SkippedItem
from core.blog.import_plans import ImportPlan
from core.blog.imports import Outcome, ReportLine, line_of, skipped_line
from core.blog.use_cases.import_item import ImportItem
from core.blog.use_cases.plan_import import PlanImport
from core.blog.use_cases.record_import import RecordImport
from core.errors import NotFound, TerraceError
from core.site.use_cases.show_site import ShowSite
from core.tenancy.entities import Tenant
from core.tenancy.use_cases.show_tenant import ShowTenant
from entrypoints.cli.command import (
    Row,
    json_option,
    messages,
    operator_command,
    print_json,
    show_where,
    tell,
)
from entrypoints.cli.dash import at_hand, refuse_unasked
from entrypoints.cli.errors import ExitCode, sentences


class NoSuchArchive(NotFound):
    message = "There is no file or folder “%(path)s”."


@dataclass(slots=True)
class ImportReport:
    """*counts* are of all items so far, whose *lines* are in the archive's order."""

    lines: list[ReportLine] = field(default_factory=list)
    counts: Counter[Outcome] = field(default_factory=Counter)

    def add(self, line: ReportLine) -> None:
        self.lines.append(line)
        self.counts[line.outcome] += 1

    @property
    def totals(self) -> Row:
        return {"found": len(self.lines)} | {outcome.value: self.counts[outcome] for outcome in Outcome}

    def sentence(self) -> str:
        return ", ".join(f"{number} {name}" for name, number in self.totals.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One archive on its way into one site. Each item has a transaction of its own."""

    container: AsyncContainer
    tenant: Tenant
    archive: ContentArchive
    lang: str
    plan: ImportPlan

    async def run(self, *, dry_run: bool, show: Callable[[ReportLine], None]) -> ImportReport:
        report = ImportReport()
        with _bar() as bar:
            task = bar.add_task("looking" if dry_run else "importing", total=len(self.archive.places()) or None)
            async for item in self.archive.contents():
                line = skipped_line(item) if isinstance(item, SkippedItem) else await self._bring(item, dry_run=dry_run)
                report.add(line)
                show(line)
                bar.advance(task, 0 if line.kind is None else 1)
        return report

    async def _bring(self, item: Importable, *, dry_run: bool) -> ReportLine:
        try:
            async with self.container({Tenant: self.tenant}) as at_site:
                bring = await at_site.get(ImportItem)
                return await bring(item, self.archive, lang=self.lang, dry_run=dry_run, plan=self.plan)
        except TerraceError:
            raise
        except Exception as error:  # noqa: BLE001 - one item that nobody thought of holds up none of the others
            show_where(error)
            return line_of(item, Outcome.REFUSED, notes=(Note(message=" ".join(sentences(error))),))


@click.command("import")
@click.argument("slug")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice([form.value for form in ArchiveFormat]), help="Recognised when left out."
)
@click.option("--dry-run", is_flag=True, help="Only tell what would come.")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@json_option
@operator_command
async def import_content(
    container: AsyncContainer,
    slug: str,
    path: Path,
    form: str | None,
    dry_run: bool,
    is_sure: bool,
    as_json: bool,
) -> ExitCode:
    """Bring the posts and pages of an archive into the site SLUG.

    PATH is a folder or zip of Markdown files (Hugo, Jekyll, Bear, our own export), a JSON export of Ghost or an XML
    export of WordPress; “-” reads one file from standard input. What came before stays as it is now. Exit code 1 when
    an item was refused.
    """
    refuse_unasked(path, is_decided=dry_run or is_sure)
    tenant = await (await container.get(ShowTenant))(slug)
    reader, named = await container.get(ArchiveReader), ArchiveFormat(form) if form else None
    try:
        with at_hand(path) as place:
            _refuse_missing(place)
            async with reader.open(place, named) as archive:
                found = await _import(container, tenant, archive)
                if not (dry_run or is_sure) and not await _is_wanted(found):
                    return ExitCode.OK
                report = await found.run(dry_run=dry_run, show=_silent if as_json else _show)
                if not dry_run:
                    await _record(found, path, report)
                _conclude(found, report, dry_run=dry_run, as_json=as_json)
    except BadArchive as error:
        tell([problem.message % problem.params for problem in error.problems])
        return ExitCode.FAILED
    return ExitCode.FAILED if report.counts[Outcome.REFUSED] else ExitCode.OK


async def _record(found: Import, path: Path, report: ImportReport) -> None:
    async with found.container({Tenant: found.tenant}) as at_site:
        await (await at_site.get(RecordImport))(path.name, report.counts)


def _refuse_missing(path: Path) -> None:
    if not path.exists():
        raise NoSuchArchive(path=path)


async def _import(container: AsyncContainer, tenant: Tenant, archive: ContentArchive) -> Import:
    async with container({Tenant: tenant}) as at_site:
        lang = (await (await at_site.get(ShowSite))()).locale
        plan = await (await at_site.get(PlanImport))(archive)
    return Import(container=container, tenant=tenant, archive=archive, lang=lang, plan=plan)


async def _is_wanted(found: Import) -> bool:
    """Look through the archive, and ask whoever sits at the terminal."""
    foreseen = await found.run(dry_run=True, show=_silent)
    messages.print(f"{found.archive.format.value}: {foreseen.sentence()}. --dry-run shows each of them.")
    if not foreseen.counts[Outcome.ADDED]:
        messages.print("There is nothing to add.")
        return False
    return click.confirm(f"Add {foreseen.counts[Outcome.ADDED]} to {found.tenant.slug}?", err=True)


def _conclude(found: Import, report: ImportReport, *, dry_run: bool, as_json: bool) -> None:
    form = found.archive.format.value
    if as_json:
        items = [_row(line) for line in report.lines]
        head = {"site": found.tenant.slug, "format": form, "is_dry_run": dry_run, "totals": report.totals}
        print_json({**head, "items": items})
        return
    messages.print(f"{form}: {report.sentence()}.{' Nothing was changed.' if dry_run else ''}")


def _row(line: ReportLine) -> Row:
    return {
        "source": line.source,
        "outcome": line.outcome.value,
        "kind": line.kind.value if line.kind else None,
        "title": line.title,
        "path": address_of(line.kind, line.slug) if line.kind else None,
        "notes": [str(note) for note in line.notes],
        "missing": list(line.missing),
    }


def _show(line: ReportLine) -> None:
    """One line on stdout, whatever is in an archive's names."""
    said = "; ".join(map(str, line.notes))
    where = address_of(line.kind, line.slug) if line.kind else "-"
    told = f"{line.outcome.value:<7}  {where}  ({line.source})" + (f"  {said}" if said else "")
    click.echo("".join(sign if sign.isprintable() else " " for sign in told))


def _silent(line: ReportLine) -> None:
    del line


def _bar() -> Progress:
    """On a terminal only, on stderr; what is printed on stdout meanwhile stands above it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    is_shown = messages.is_terminal
    return Progress(
        *columns, console=messages, transient=True, disable=not is_shown, redirect_stdout=sys.stdout.isatty()
    )
