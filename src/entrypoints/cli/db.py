from __future__ import annotations

import time

import click
from dishka import AsyncContainer

from core.tenancy.entities import Tenant, TenantState
from core.tenancy.storage import MigrationOutcome, MigrationReport, Schemas
from core.tenancy.use_cases.list_tenants import ListTenants
from core.tenancy.use_cases.migrate_schemas import MigrateSchemas
from entrypoints.cli.command import (
    Row,
    json_option,
    messages,
    operator_command,
    print_json,
    print_rows,
    registry_command,
    tell,
)
from entrypoints.cli.content import schedule_rendering
from entrypoints.cli.errors import ExitCode


@click.group()
def db() -> None:
    """The schemas of the platform and of all sites."""


@db.command()
@click.option("--tenant", "slug", help="Only this site (and the platform).")
@click.option("--jobs", type=click.IntRange(1, 32), default=4, show_default=True, help="Sites at a time.")
@json_option
@operator_command
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
    await _render_again(container, reports)
    _print_reports(reports, time.monotonic() - started, as_json)
    failed = [report for report in reports if report.outcome is MigrationOutcome.FAILED]
    if not failed:
        return ExitCode.OK
    return ExitCode.FAILED if len(failed) == len(reports) else ExitCode.PARTLY


async def _render_again(container: AsyncContainer, reports: list[MigrationReport]) -> None:
    """A new release may render differently: the runner sees to it, where there is something to see to."""
    current = {report.slug for report in reports if report.outcome is not MigrationOutcome.FAILED}
    sites = [tenant for tenant in await (await container.get(ListTenants))() if tenant.slug in current]
    await schedule_rendering(container, [site for site in sites if site.state is not TenantState.PROVISIONING])


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
    """Show which migration the platform and each site stand at. Exit code 1 when one is behind."""
    schemas = await container.get(Schemas)
    platform = await schemas.look_at_platform()
    is_current = platform.outcome is MigrationOutcome.CURRENT
    rows: list[Row] = [{"slug": platform.slug, "state": None, "version": platform.version, "is_current": is_current}]
    if not is_current:
        tell([f"platform: {platform.detail}"])
    if platform.version:
        rows += [_status(tenant, schemas.head) for tenant in await (await container.get(ListTenants))()]
    print_rows(rows, ("slug", "state", "version", "is_current"), as_json=as_json, name="schemas")
    return ExitCode.OK if all(row["is_current"] for row in rows) else ExitCode.FAILED


def _status(tenant: Tenant, head: str) -> Row:
    """A version that this release does not know is a newer one, made to be served by older releases too."""
    version = tenant.schema_version
    is_current = version is not None and version >= head
    return {"slug": tenant.slug, "state": tenant.state.value, "version": version, "is_current": is_current}
