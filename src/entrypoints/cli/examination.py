"""What `terrace doctor` looks at."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum

from dishka import AsyncContainer

from clients.dns_lookup import addresses_of
from clients.object_store import ObjectStore
from clients.smtp_mail import SmtpPostman, mail_server
from config.settings import BadSettings, Settings, load_settings, unknown_settings
from core.errors import TerraceError, Unavailable
from core.mail import MailNotTaken
from core.site.use_cases.list_tasks import ListTasks
from core.tenancy.entities import Tenant, TenantState
from core.tenancy.storage import BucketKeyring, Damage, MigrationOutcome, MigrationReport, Schemas
from core.tenancy.use_cases.list_tenants import ListTenants
from db.engine import UnsafeRole
from entrypoints.cli.errors import cause
from ioc.operator import RoleCheck, operator_container


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """*fix* says what to do; empty when all is well."""

    check: str
    verdict: Verdict
    detail: str
    fix: str = ""


async def examine() -> list[Finding]:
    """Settings, then what they lead to: without good ones nothing else can be asked."""
    try:
        settings = load_settings()
    except BadSettings as error:
        fix = "Set it in the environment; .env.example explains every setting."
        return [Finding(check="settings", verdict=Verdict.FAILED, detail=line, fix=fix) for line in error.problems]
    findings = [_settings()]
    container = operator_container(settings)
    try:
        findings += [finding async for finding in _examine_parts(container, settings)]
    finally:
        await container.close()
    return findings


def _settings() -> Finding:
    unknown = ", ".join(unknown_settings(os.environ))
    if not unknown:
        return Finding(check="settings", verdict=Verdict.OK, detail="complete")
    fix = "Correct their names, or take them away; .env.example lists all."
    return Finding(check="settings", verdict=Verdict.WARNING, detail=f"no settings of this release: {unknown}", fix=fix)


async def _examine_parts(container: AsyncContainer, settings: Settings) -> AsyncIterator[Finding]:
    yield await _database(container)
    yield await _storage(container, settings)
    yield await _mail(settings)
    if settings.database.owner_url is None:
        fix = "Give TERRACE_DATABASE__OWNER_URL to this command (never to the server)."
        yield Finding(check="sites", verdict=Verdict.WARNING, detail="not examined without the owner's URL", fix=fix)
        return
    schemas = await container.get(Schemas)
    platform = await schemas.look_at_platform()
    yield _platform(platform)
    if platform.version is None:
        return
    tenants = await (await container.get(ListTenants))()
    damaged = await schemas.damaged(tenants)
    for tenant in tenants:
        yield _damaged(tenant, damaged[tenant.id]) if tenant.id in damaged else _tenant(tenant, schemas.head)
        if lost := await _bucket_key(container, tenant):
            yield lost
        if tenant.id not in damaged and (failed := await _failed_tasks(container, tenant, schemas.head)):
            yield failed
        if not settings.is_local:
            yield await _dns(tenant)


async def _database(container: AsyncContainer) -> Finding:
    try:
        await (await container.get(RoleCheck))()
    except UnsafeRole as error:
        fix = "Use a role that is neither owner nor superuser nor BYPASSRLS in TERRACE_DATABASE__URL."
        return Finding(check="database", verdict=Verdict.FAILED, detail=str(error), fix=fix)
    except (TerraceError, OSError) as error:
        fix = "Check that the server runs, and the address and password in TERRACE_DATABASE__URL."
        return Finding(check="database", verdict=Verdict.FAILED, detail=cause(error), fix=fix)
    return Finding(check="database", verdict=Verdict.OK, detail="reachable, the role is safe")


async def _storage(container: AsyncContainer, settings: Settings) -> Finding:
    store = await container.get(ObjectStore)
    if await store.is_reachable():
        return Finding(check="storage", verdict=Verdict.OK, detail=f"{settings.storage.endpoint} answers")
    fix = "Check that the store runs and TERRACE_STORAGE__ENDPOINT. Pages work without it, pictures do not."
    return Finding(
        check="storage", verdict=Verdict.FAILED, detail=f"{settings.storage.endpoint} does not answer", fix=fix
    )


async def _mail(settings: Settings) -> Finding:
    if settings.mail.url is None and settings.is_local:
        return Finding(check="mail", verdict=Verdict.OK, detail=f"kept in {settings.mail.folder}, shown at /outbox")
    if settings.mail.url is None:
        fix = "Set TERRACE_MAIL__URL. Until then nobody gets invitations, links for new passwords or answers by mail."
        return Finding(check="mail", verdict=Verdict.WARNING, detail="no mail server: letters wait", fix=fix)
    server = mail_server(settings.mail.url.get_secret_value())
    where = f"{server.host}:{server.port}"
    try:
        await SmtpPostman(server, sender=settings.mail.sender).greet()
    except MailNotTaken as error:
        fix = "Check that the mail server runs and lets this deployment in, and TERRACE_MAIL__URL."
        return Finding(check="mail", verdict=Verdict.FAILED, detail=f"{where}: {error.params['reason']}", fix=fix)
    return Finding(check="mail", verdict=Verdict.OK, detail=f"{where} takes letters")


def _platform(report: MigrationReport) -> Finding:
    if report.outcome is MigrationOutcome.CURRENT:
        return Finding(check="platform", verdict=Verdict.OK, detail=f"its schema stands at {report.version}")
    fix = "Check TERRACE_DATABASE__OWNER_URL, then run `terrace db migrate`."
    return Finding(check="platform", verdict=Verdict.FAILED, detail=report.detail, fix=fix)


def _damaged(tenant: Tenant, damage: Damage) -> Finding:
    if damage is Damage.NO_SCHEMA:
        detail, fix = "its schema is gone", "Restore it from a dump (docs/operations.md)."
    else:
        detail = f"the role {tenant.role} is missing or lost its rights, as in a dump that was restored without roles"
        fix = "Run `terrace db migrate`: it gives them back."
    return Finding(check=f"site {tenant.slug}", verdict=Verdict.FAILED, detail=detail, fix=fix)


async def _bucket_key(container: AsyncContainer, tenant: Tenant) -> Finding | None:
    """None when its key can be opened."""
    if tenant.state is TenantState.PROVISIONING:
        return None
    try:
        await (await container.get(BucketKeyring)).get(tenant)
    except Unavailable:
        fix = "Put the key that sealed it back into TERRACE_SECRETS__KEYS (the older ones stand behind the newest)."
        detail = "the key of its bucket cannot be opened: no pictures"
        return Finding(check=f"bucket {tenant.slug}", verdict=Verdict.FAILED, detail=detail, fix=fix)
    return None


async def _failed_tasks(container: AsyncContainer, tenant: Tenant, head: str) -> Finding | None:
    """None when there are none, or the site itself is not well."""
    if tenant.state is TenantState.PROVISIONING or tenant.schema_version is None or tenant.schema_version < head:
        return None
    async with container({Tenant: tenant}) as at_site:
        try:
            failed = [task for task in await (await at_site.get(ListTasks))() if task.failed_at]
        except TerraceError:
            return None
    if not failed:
        return None
    kinds = ", ".join(sorted({task.kind.value for task in failed}))
    fix = (
        f"`terrace tasks list --tenant {tenant.slug} --failed` says why, `terrace tasks retry` tries again, `drop` not."
    )
    detail = f"{len(failed)} tasks have failed for good: {kinds}"
    return Finding(check=f"tasks {tenant.slug}", verdict=Verdict.WARNING, detail=detail, fix=fix)


def _tenant(tenant: Tenant, head: str) -> Finding:
    check = f"site {tenant.slug}"
    if tenant.state is TenantState.PROVISIONING:
        fix = "Repeat the command that made it: `terrace tenants create` or `apply` finishes it."
        return Finding(check=check, verdict=Verdict.FAILED, detail="half made", fix=fix)
    if tenant.schema_version is None or tenant.schema_version < head:
        fix = f"Run `terrace db migrate --tenant {tenant.slug}`."
        return Finding(
            check=check, verdict=Verdict.FAILED, detail=f"its schema stands at {tenant.schema_version}", fix=fix
        )
    return Finding(check=check, verdict=Verdict.OK, detail=f"{tenant.state.value}, {tenant.primary_host}")


async def _dns(tenant: Tenant) -> Finding:
    lost = [host for host in tenant.hosts if not await addresses_of(host)]
    check = f"DNS {tenant.slug}"
    if not lost:
        return Finding(check=check, verdict=Verdict.OK, detail="all hostnames resolve")
    fix = "Point them to this deployment at the domain's registrar, or remove them from the site."
    return Finding(check=check, verdict=Verdict.WARNING, detail=f"{', '.join(lost)} do not resolve", fix=fix)
