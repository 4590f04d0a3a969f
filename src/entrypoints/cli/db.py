from __future__ import annotations

import time

import click
from dishka import AsyncContainer

from core.tenancy.storage import MigrationOutcome, MigrationReport, Schemas
from core.tenancy.use_cases.list_tenants import ListTenants
from core.tenancy.use_cases.migrate_schemas import MigrateSchemas
from entrypoints.cli.command import json_option, messages, print_json, print_rows, registry_command
from entrypoints.cli.errors import ExitCode


@click.group()
def db() -> None:
    """The schemas of the platform and of all sites."""


@db.command()
@click.option("--tenant", "slug", help="Only this site (and the platform).")
@click.option("--jobs", type=click.IntRange(1, 32), default=4, show_default=True, help="Sites at a time.")
@json_option
@registry_command
async def migrate(container: AsyncContainer, slug: str | None, jobs: int, as_json: bool) -> ExitCode:
    """Bring every schema up to this release. Safe to interrupt and to repeat."""
    use_case = await container.get(MigrateSchemas)
    started, reports = time.monotonic(), []
    with messages.status("Migrating …") as status:
        async for report in use_case(slug=slug, jobs=jobs):
            reports.append(report)
            status.update(f"Migrated {len(reports)} schemas …")
            if report.outcome is MigrationOutcome.FAILED:
                messages.print(f"{report.slug}: {report.detail}", style="red", markup=False)
    _print_reports(reports, time.monotonic() - started, as_json)
    failed = [report for report in reports if report.outcome is MigrationOutcome.FAILED]
    if not failed:
        return ExitCode.OK
    return ExitCode.FAILED if len(failed) == len(reports) else ExitCode.PARTLY


def _print_reports(reports: list[MigrationReport], seconds: float, as_json: bool) -> None:
    counts = {outcome.value: sum(report.outcome is outcome for report in reports) for outcome in MigrationOutcome}
    if as_json:
        rows = [{"slug": r.slug, "outcome": r.outcome, "version": r.version, "detail": r.detail} for r in reports]
        print_json({"schemas": rows, "counts": counts, "seconds": round(seconds, 3)})
        return
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()) + f" in {seconds:.1f} s")


@db.command()
@json_option
@registry_command
async def status(container: AsyncContainer, as_json: bool) -> ExitCode:
    """Show which migration each site's schema stands at. Exit code 1 when one is behind."""
    head = (await container.get(Schemas)).head
    tenants = await (await container.get(ListTenants))()
    rows = [
        {"slug": t.slug, "state": t.state.value, "version": t.schema_version, "is_current": t.schema_version == head}
        for t in tenants
    ]
    print_rows(rows, ("slug", "state", "version", "is_current"), as_json=as_json, name="schemas")
    return ExitCode.OK if all(row["is_current"] for row in rows) else ExitCode.FAILED
