"""`terrace tasks`: what is due at the sites, and what has failed."""

from __future__ import annotations

import click
from dishka import AsyncContainer

from core.errors import Invalid, Problem
from core.site.use_cases.drop_task import DropTask
from core.site.use_cases.list_tasks import ListTasks
from core.site.use_cases.retry_task import RetryTask
from core.tasks import Task, TaskId, TaskNotFound
from core.tenancy.entities import Tenant, TenantState
from core.tenancy.use_cases.list_tenants import ListTenants
from core.tenancy.use_cases.show_tenant import ShowTenant
from entrypoints.cli.command import (
    Row,
    can_ask,
    json_option,
    operator_command,
    print_fields,
    print_rows,
    runner_command,
)
from entrypoints.cli.errors import ExitCode

COLUMNS = ("site", "id", "kind", "subject", "state", "due_at", "attempts", "last_error")


@click.group()
def tasks() -> None:
    """Work that is due, now or later."""


@tasks.command("list")
@click.option("--tenant", "slug", help="Only this site.")
@click.option("--failed", "only_failed", is_flag=True, help="Only what nobody tries any more.")
@json_option
@operator_command
async def list_(container: AsyncContainer, slug: str | None, only_failed: bool, as_json: bool) -> None:
    """Show what is due at the sites, the next first."""
    rows: list[Row] = []
    for tenant in await _sites(container, slug):
        async with container({Tenant: tenant}) as at_site:
            found = await (await at_site.get(ListTasks))()
        rows += [_row(tenant, task) for task in found if task.failed_at or not only_failed]
    rows.sort(key=lambda row: str(row["due_at"]))
    print_rows(rows, COLUMNS, as_json=as_json, name="tasks")


@tasks.command()
@click.argument("slug")
@click.argument("task_id", type=int)
@json_option
@operator_command
async def retry(container: AsyncContainer, slug: str, task_id: int, as_json: bool) -> None:
    """Have the task TASK_ID of the site SLUG tried again at once, with all its attempts."""
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        await (await at_site.get(RetryTask))(TaskId(task_id))
    print_fields({"site": slug, "id": task_id, "state": "waiting"}, as_json=as_json)


@tasks.command()
@click.argument("slug")
@click.argument("task_id", type=int)
@click.option("--dry-run", is_flag=True, help="Only tell which it would be.")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@json_option
@operator_command
async def drop(
    container: AsyncContainer, slug: str, task_id: int, dry_run: bool, is_sure: bool, as_json: bool
) -> ExitCode:
    """Forget the task TASK_ID of the site SLUG, which has failed for good. It is not done any more."""
    if not (dry_run or is_sure or can_ask()):
        raise Invalid(Problem.of("--yes", "nobody can be asked here: say --yes, or --dry-run to see which it would be"))
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        found = [task for task in await (await at_site.get(ListTasks))() if task.id == task_id and task.failed_at]
        if not found:
            raise TaskNotFound
        if not (dry_run or is_sure or click.confirm(f"Forget {found[0].kind.value} of {slug}?", err=True)):
            return ExitCode.OK
        if not dry_run:
            await (await at_site.get(DropTask))(TaskId(task_id))
    print_fields({**_row(tenant, found[0]), "is_dry_run": dry_run}, as_json=as_json)
    return ExitCode.OK


@tasks.command()
@json_option
@runner_command
async def run(container: AsyncContainer, as_json: bool) -> ExitCode:
    """Do everything that is due now at all sites, as servers do. Exit code 5 when some of it could not be done."""
    from entrypoints.runner.running import Runner  # with it come all that it can do: only this command needs them

    outcomes = await (await container.get(Runner)).run_due()
    names = ("done", "postponed", "failed", "taken")
    print_fields({name: outcomes[name] for name in names}, as_json=as_json)
    return ExitCode.PARTLY if outcomes["postponed"] or outcomes["failed"] else ExitCode.OK


async def _sites(container: AsyncContainer, slug: str | None) -> list[Tenant]:
    """One, or all that have tasks."""
    if slug is not None:
        return [await (await container.get(ShowTenant))(slug)]
    return [
        tenant for tenant in await (await container.get(ListTenants))() if tenant.state is not TenantState.PROVISIONING
    ]


def _row(tenant: Tenant, task: Task) -> Row:
    state = "failed" if task.failed_at else "running" if task.started_at else "waiting"
    return {
        "site": tenant.slug,
        "id": task.id,
        "kind": task.kind.value,
        "subject": task.subject,
        "state": state,
        "due_at": task.due_at.isoformat(),
        "attempts": task.attempts,
        "last_error": task.last_error,
    }
