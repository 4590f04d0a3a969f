"""`terrace tenants plan` and `apply`: sites as code."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from dishka import AsyncContainer

from core.tenancy.directory import Hostnames
from core.tenancy.use_cases.plan_site import PlanSite
from core.tenancy.use_cases.provision_tenant import ProvisionTenant
from core.tenancy.use_cases.set_hosts import SetHosts
from entrypoints.cli.code_models import naming
from entrypoints.cli.command import json_option, messages, operator_command, print_json, print_rows, show_where, tell
from entrypoints.cli.errors import ExitCode, sentences
from entrypoints.cli.provisioned import PROVISIONED_FIELDS, provisioned_fields
from entrypoints.cli.site_content import plant_content
from entrypoints.cli.site_folders import SiteFolder, read_folders
from entrypoints.cli.site_roles import plant_roles

STEPS = ("schema", "storage", "rest")
KEYS = (
    *PROVISIONED_FIELDS,
    "roles_added",
    "posts_added",
    "posts_kept",
    "questions_added",
    "questions_kept",
    "took",
    "error",
)

folder_argument = click.argument("folder", type=click.Path(path_type=Path), default=Path("tenants"))


@click.command()
@folder_argument
@json_option
@operator_command
async def plan(container: AsyncContainer, folder: Path, as_json: bool) -> None:
    """Show what `apply` would change, and where running sites have drifted from FOLDER (default: tenants)."""
    use_case = await container.get(PlanSite)
    rows: list[dict[str, Any]] = []
    for site in read_folders(folder, await container.get(Hostnames)):
        site.posts()  # what is wrong with them is told before anything is applied
        planned = await use_case(site.code)
        hosts = {"hosts_before": list(planned.hosts_before), "hosts_after": list(planned.hosts_after)}
        rows.append({"slug": planned.slug, "change": planned.change.value, **hosts, "drift": list(planned.drift)})
    print_rows(rows, ("slug", "change", "hosts_before", "hosts_after", "drift"), as_json=as_json, name="sites")


@click.command()
@folder_argument
@click.option("--jobs", type=click.IntRange(1, 32), default=4, show_default=True, help="Sites at a time.")
@click.option("--content", "overwrite", is_flag=True, help="Overwrite posts that exist with those of the folder.")
@json_option
@operator_command
async def apply(container: AsyncContainer, folder: Path, jobs: int, overwrite: bool, as_json: bool) -> ExitCode:
    """Make the sites in FOLDER (default: tenants) true. Posts are added where their slug never existed."""
    started = time.monotonic()
    folders = read_folders(folder, await container.get(Hostnames))
    await container.get(ProvisionTenant)  # a setting that is missing is missing for all: told once
    places = asyncio.Semaphore(jobs)
    rows: list[dict[str, Any]] = []
    with messages.status("Applying …") as status:

        async def one(site: SiteFolder) -> None:
            async with places:
                rows.append(await _applied(container, site, overwrite))
            status.update(f"Applied {len(rows)} of {len(folders)} sites …")

        await asyncio.gather(*map(one, folders))
    rows.sort(key=lambda row: str(row["slug"]))
    _print(rows, time.monotonic() - started, as_json)
    failed = sum(row["error"] is not None for row in rows)
    if not failed:
        return ExitCode.OK
    return ExitCode.FAILED if failed == len(rows) else ExitCode.PARTLY


async def _applied(container: AsyncContainer, site: SiteFolder, overwrite: bool) -> dict[str, Any]:
    try:
        site.posts()
        site.matrix()
        provisioned = await (await container.get(ProvisionTenant))(site.code, if_not_exists=True)
        tenant = await (await container.get(SetHosts))(site.code.slug, site.code.hosts)
        with naming(site.path / "tenant.toml"):
            roles_added = await plant_roles(container, tenant, site.roles)
        content = await plant_content(container, tenant, site, overwrite=overwrite)
    except Exception as error:  # noqa: BLE001 - whatever one site runs into must not hold up the others
        show_where(error)
        return {**dict.fromkeys(KEYS), "slug": site.code.slug, "error": "; ".join(sentences(error))}
    counts = {
        "roles_added": roles_added,
        "posts_added": content.posts_added,
        "posts_kept": content.posts_kept,
        "questions_added": content.matrix.questions_added,
        "questions_kept": content.matrix.questions_kept,
        "took": asdict(provisioned.took),
    }
    return {**await provisioned_fields(container, provisioned), **counts, "error": None}


def _print(rows: Sequence[dict[str, Any]], seconds: float, as_json: bool) -> None:
    split = {step: round(sum(row["took"][step] for row in rows if not row["error"]), 3) for step in STEPS}
    if as_json:
        print_json({"sites": list(rows), "seconds": round(seconds, 3), "seconds_by_step": split})
        return
    for row in rows:
        if row["error"]:
            tell([f"{row['slug']}: failed: {row['error']}"])
        else:
            click.echo(_line(row))
    waited = ", ".join(f"{step} {part:.1f}" for step, part in split.items())
    click.echo(f"{len(rows)} sites in {seconds:.1f} s (summed over jobs: {waited})")


def _line(row: dict[str, Any]) -> str:
    words = [f"{row['slug']}: {row['url']}", f"{row['posts_added']} posts added, {row['posts_kept']} kept"]
    if row["questions_added"] or row["questions_kept"]:
        words.append(f"{row['questions_added']} questions added, {row['questions_kept']} kept")
    if row["invitation_url"]:
        words.append(f"invitation for {row['owner_email']}: {row['invitation_url']}")
    return "  ".join(words)
