"""A whole house for the API's tests: own database, two sites, a member of each role, the app in this process."""

from __future__ import annotations

import base64
import os
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
from dishka import AsyncContainer, Provider
from pydantic import SecretStr
from sqlalchemy import delete

from config.api_settings import ApiSettings
from config.mail_settings import MailSettings
from config.settings import DatabaseSettings, SecretsSettings, Settings, StorageSettings
from core.identity import MEMBER_ROLES, Role
from core.site.entities import SECTIONS
from core.tenancy.entities import Hostname, SiteCode, Tenant
from core.tenancy.storage import Schemas
from core.tenancy.use_cases.provision_tenant import ProvisionTenant
from core.users.credentials import Passwords
from core.users.entities import User, new_user_id
from db.limits import RateLimitRow
from db.tenant_session import TenantSessions
from db.users import SqlUserStorage
from dev import ports
from dev.services import ServiceAddresses
from entrypoints.api.app import api_routes
from entrypoints.api.problems import answer_problem
from entrypoints.http.app import Terrace
from entrypoints.http.faces import errors_by_face
from entrypoints.web.app import web_routes
from entrypoints.web.errors import answer_error
from ioc.ground import http_options
from ioc.operator import operator_container
from ioc.server import server_container

PASSWORD = "correct horse battery"
PATIENCE = 30.0
"""Seconds; the watchdog has tests of its own, and a busy machine is no fault of the application."""
LOCALES = {"anna": "en", "boris": "ru"}


@dataclass(slots=True, kw_only=True)
class Site:
    """One site as its members reach it: at *url* nothing listens, the app runs in this process. *tokens* are access
    tokens by role."""

    tenant: Tenant
    app: Terrace
    url: str
    sessions: TenantSessions
    tokens: dict[Role, str] = field(default_factory=dict)

    def email(self, role: Role) -> str:
        return f"{role.value}@{self.tenant.slug}.example"

    def client(self, role: Role | None = None, *, token: str | None = None, **headers: str) -> httpx.AsyncClient:
        """A client of its own address, as a visitor, as somebody of *role*, or with any *token*."""
        token = self.tokens[role] if role else token
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        address = f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}"
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 1))  # type: ignore[arg-type]  # httpx types scopes as plain dicts
        return httpx.AsyncClient(transport=transport, base_url=self.url, headers=headers)

    async def forgive(self) -> None:
        """Forget how often somebody tried something."""
        async with self.sessions.open(self.tenant) as session:
            await session.execute(delete(RateLimitRow))
            await session.commit()

    async def sign_in(self, role: Role) -> dict[str, Any]:
        await self.forgive()
        async with self.client() as client:
            answer = await client.post("/api/v1/sessions", json={"email": self.email(role), "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        tokens: dict[str, Any] = answer.json()
        return tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    app: Terrace
    anna: Site
    boris: Site
    container: AsyncContainer
    settings: Settings


@asynccontextmanager
async def standing_house(
    services: ServiceAddresses, *special: Provider, is_local: bool = True, trusted_proxies: tuple[str, ...] = ()
) -> AsyncIterator[House]:
    """*special* takes the place of what the container has otherwise."""
    settings = await _settings(services, is_local=is_local, trusted_proxies=trusted_proxies)
    tenants = await _provision(settings)
    async with serving_worker(settings, *special) as (app, container):
        sessions = await container.get(TenantSessions)
        anna, boris = [
            Site(tenant=tenant, app=app, url=_url(settings, tenant), sessions=sessions) for tenant in tenants
        ]
        for site in (anna, boris):
            await _settle(container, site)
            for role in MEMBER_ROLES:
                site.tokens[role] = (await site.sign_in(role))["access_token"]
        yield House(app=app, anna=anna, boris=boris, container=container, settings=settings)


@asynccontextmanager
async def serving_worker(settings: Settings, *special: Provider) -> AsyncIterator[tuple[Terrace, AsyncContainer]]:
    """One process of a deployment, as far as one process can hold several."""
    container = server_container(settings, *special)
    app = Terrace(
        container,
        replace(http_options(settings), stall_seconds=PATIENCE),
        route_handlers=[*web_routes, *api_routes],
        exception_handlers=errors_by_face(pages=answer_error, api=answer_problem),
    )
    async with app.standing():
        yield app, container


def _url(settings: Settings, tenant: Tenant) -> str:
    host = f"{tenant.slug}.localhost" if settings.is_local else tenant.primary_host
    return settings.public_url.replace("{host}", host)


async def _settings(services: ServiceAddresses, *, is_local: bool, trusted_proxies: tuple[str, ...]) -> Settings:
    name = f"api_{os.getpid()}_{secrets.token_hex(3)}"
    owner = psycopg.conninfo.conninfo_to_dict(services.owner_url)["user"]
    async with await psycopg.AsyncConnection.connect(services.superuser_url, autocommit=True) as connection:
        making = psycopg.sql.SQL("CREATE DATABASE {} OWNER {}")
        await connection.execute(making.format(psycopg.sql.Identifier(name), psycopg.sql.Identifier(str(owner))))
    port = ports.pick()
    return Settings(
        environment="local" if is_local else "production",
        public_url=f"http://{{host}}:{port}" if is_local else "https://{host}",
        port=port,
        name_prefix=f"a{secrets.token_hex(4)}",
        ops_port=ports.pick(),
        trusted_proxies=trusted_proxies,
        database=DatabaseSettings(
            url=SecretStr(_at(services.app_url, name)), owner_url=SecretStr(_at(services.owner_url, name))
        ),
        storage=_storage(services),
        mail=MailSettings(folder=f"{tempfile.gettempdir()}/{name}-outbox"),
        api=ApiSettings(**dict.fromkeys(ApiSettings.model_fields, 1_000_000)),
        secrets=SecretsSettings(keys=(SecretStr(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()),)),
    )


def _storage(services: ServiceAddresses) -> StorageSettings:
    access, secret = SecretStr(services.storage_root_access_key), SecretStr(services.storage_root_secret_key)
    return StorageSettings(
        endpoint=services.storage_endpoint,
        region=services.storage_region,
        keys="shared",
        access_key=access,
        secret_key=secret,
        root_access_key=access,
        root_secret_key=secret,
    )


def _at(url: str, database: str) -> str:
    return f"{url.rpartition('/')[0]}/{database}"


async def _provision(settings: Settings) -> list[Tenant]:
    container = operator_container(settings)
    try:
        await (await container.get(Schemas)).migrate_platform()
        provision = await container.get(ProvisionTenant)
        return [(await provision(_code(slug, locale))).tenant for slug, locale in LOCALES.items()]
    finally:
        await container.close()


def _code(slug: str, locale: str) -> SiteCode:
    return SiteCode(
        slug=slug,
        hosts=(Hostname(f"{slug}.example"), Hostname(f"www.{slug}.example")),
        title=slug.title(),
        locale=locale,
        owner_email=f"first-owner@{slug}.example",
        about="About **me**.",
        sections=SECTIONS,
    )


async def _settle(container: AsyncContainer, site: Site) -> None:
    """A member of each role, all with the same password."""
    passwords, sessions = await container.get(Passwords), await container.get(TenantSessions)
    password_hash = await passwords.hash(PASSWORD)
    async with sessions.open(site.tenant) as session:
        for role in MEMBER_ROLES:
            user = User(
                id=new_user_id(),
                email=site.email(role),
                name=f"{role.value.title()} of {site.tenant.slug}",
                role=role,
                password_hash=password_hash,
                created_at=datetime.now(UTC),
            )
            await SqlUserStorage(session).add(user)
        await session.commit()
