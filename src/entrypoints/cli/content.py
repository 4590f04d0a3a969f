"""`terrace content`: what is wrong with the texts of sites, rendering them anew, moving in and out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import click
from dishka import AsyncContainer

from core.blog.addresses import address_of
from core.blog.checking import CheckedText
from core.blog.use_cases.check_content import CheckContent
from core.blog.use_cases.schedule_rendering import ScheduleRendering
from core.clock import Clock
from core.competency_matrix.use_cases.schedule_question_rendering import ScheduleQuestionRendering
from core.errors import Invalid, Problem
from core.tenancy.entities import Tenant, TenantState
from core.tenancy.use_cases.list_tenants import ListTenants
from core.tenancy.use_cases.show_tenant import ShowTenant
from entrypoints.cli.command import Row, json_option, operator_command, print_fields, print_json, show_where, tell
from entrypoints.cli.content_export import export_content
from entrypoints.cli.content_import import import_content
from entrypoints.cli.errors import ExitCode, sentences


@dataclass(slots=True, kw_only=True)
class SiteReport:
    """*lacking* are the texts of the *checked* that lack something."""

    slug: str
    checked: int = 0
    lacking: list[CheckedText] = field(default_factory=list)

    @property
    def is_broken(self) -> bool:
        return any(text.is_broken for text in self.lacking)


@click.group()
def content() -> None:
    """Posts and pages of sites."""


@content.command()
@click.argument("slug", required=False)
@click.option("--all", "is_all", is_flag=True, help="Every site.")
@click.option("--drafts", is_flag=True, help="What is not published too.")
@json_option
@operator_command
async def check(container: AsyncContainer, slug: str | None, is_all: bool, drafts: bool, as_json: bool) -> ExitCode:
    """Show what the published texts of the site SLUG (or of --all) lack.

    Exit code 1 when there is an error, or a link or picture that readers do not get; 5 when a site was not checked.
    """
    reports, failed = [], 0
    for tenant in await _sites(container, slug, is_all=is_all):
        try:
            reports.append(await _checked(container, tenant, has_drafts=drafts))
        except Exception as error:  # noqa: BLE001 - one bad site never holds up the others
            show_where(error)
            tell([f"{tenant.slug}: {line}" for line in sentences(error)])
            failed += 1
    now = (await container.get(Clock)).now()
    rows = [_site_row(report, now) for report in reports]
    is_ok = not any(report.is_broken for report in reports)
    _print(rows, is_ok=is_ok, as_json=as_json)
    if failed:
        return ExitCode.PARTLY if reports else ExitCode.FAILED
    return ExitCode.OK if is_ok else ExitCode.FAILED


@content.command()
@click.argument("slug", required=False)
@click.option("--all", "is_all", is_flag=True, help="Every site.")
@json_option
@operator_command
async def render(container: AsyncContainer, slug: str | None, is_all: bool, as_json: bool) -> ExitCode:
    """Have the texts of the site SLUG (or of --all) that an older release rendered rendered anew by the runner."""
    sites = await _sites(container, slug, is_all=is_all)
    scheduled, failed = await schedule_rendering(container, sites)
    print_fields({"sites": len(sites), "scheduled": scheduled, "failed": failed}, as_json=as_json)
    if failed:
        return ExitCode.PARTLY if failed < len(sites) else ExitCode.FAILED
    return ExitCode.OK


content.add_command(import_content)
content.add_command(export_content)


async def schedule_rendering(container: AsyncContainer, tenants: Iterable[Tenant]) -> tuple[int, int]:
    """At how many sites there is something to render anew, and at how many that could not be found out."""
    scheduled = failed = 0
    for tenant in tenants:
        try:
            async with container({Tenant: tenant}) as at_site:
                posts = await (await at_site.get(ScheduleRendering))()
                questions = await (await at_site.get(ScheduleQuestionRendering))()
                scheduled += posts or questions
        except Exception as error:  # noqa: BLE001 - one bad site never holds up the others
            show_where(error)
            tell([f"{tenant.slug}: {line}" for line in sentences(error)])
            failed += 1
    return scheduled, failed


async def _sites(container: AsyncContainer, slug: str | None, *, is_all: bool) -> Sequence[Tenant]:
    if (slug is None) is not is_all:
        raise Invalid(Problem.of("SLUG", "name one site, or say --all"))
    if slug is not None:
        return [await (await container.get(ShowTenant))(slug)]
    found = await (await container.get(ListTenants))()
    return [tenant for tenant in found if tenant.state is not TenantState.PROVISIONING]


async def _checked(container: AsyncContainer, tenant: Tenant, *, has_drafts: bool) -> SiteReport:
    report, cursor = SiteReport(slug=tenant.slug), None
    while True:
        async with container({Tenant: tenant}) as at_site:
            batch = await (await at_site.get(CheckContent))(has_drafts=has_drafts, cursor=cursor)
        report.checked += len(batch.items)
        report.lacking += [text for text in batch.items if text.items]
        cursor = batch.next_cursor
        if cursor is None:
            return report


def _site_row(report: SiteReport, now: datetime) -> Row:
    texts = [_text_row(text, text.post.status(now).value) for text in report.lacking]
    return {"slug": report.slug, "checked": report.checked, "is_ok": not report.is_broken, "texts": texts}


def _text_row(text: CheckedText, status: str) -> Row:
    items = [
        {
            "code": item.code,
            "severity": item.severity.value,
            "field": item.field,
            "line": item.line,
            "detail": item.problem.message % item.problem.params,
        }
        for item in text.items
    ]
    path = address_of(text.post.kind, text.post.slug)
    return {"id": text.post.id, "path": path, "title": text.post.title, "status": status, "items": items}


def _print(sites: list[Row], *, is_ok: bool, as_json: bool) -> None:
    if as_json:
        print_json({"sites": sites, "is_ok": is_ok})
        return
    for site in sites:
        click.echo(f"{site['slug']}: {site['checked']} checked, {len(site['texts'])} lack something")
        for text in site["texts"]:
            for item in text["items"]:
                place = f"{text['path']}:{item['line']}" if item["line"] else text["path"]
                click.echo(f"  {item['severity']:<7}  {place}  {item['detail']}")
