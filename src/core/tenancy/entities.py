"""A tenant: one site under the common roof."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.errors import Problem
from core.text import N_

TenantId = NewType("TenantId", str)
Hostname = NewType("Hostname", str)

_ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_ID_LENGTH = 16
_SITE_SLUG = re.compile(r"[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?")


class TenantState(StrEnum):
    """PROVISIONING until every step is done; only ACTIVE is served."""

    PROVISIONING = "provisioning"
    ACTIVE = "active"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """*hosts* are normalised, the first one is the primary; *prefix* tells installations in one cluster apart;
    *schema_version* is the migration that the tenant's schema stands at (None: no schema yet)."""

    id: TenantId
    slug: str
    prefix: str
    state: TenantState
    hosts: tuple[Hostname, ...]
    created_at: datetime
    schema_version: str | None = None

    @property
    def schema(self) -> str:
        return f"{self.prefix}_{self.id}"

    @property
    def role(self) -> str:
        """The database role; it has the schema's name."""
        return self.schema

    @property
    def bucket(self) -> str:
        return f"{self.prefix}-{self.id}"

    @property
    def primary_host(self) -> Hostname:
        return self.hosts[0]

    def activate(self) -> Tenant:
        return replace(self, state=TenantState.ACTIVE)


def new_tenant_id() -> TenantId:
    """An opaque id that is safe in names of schemas, roles and buckets."""
    return TenantId("".join(secrets.choice(_ID_ALPHABET) for _ in range(_ID_LENGTH)))


def site_slug_problem(slug: str) -> Problem | None:
    """What is wrong with a site's short name, or None."""
    if _SITE_SLUG.fullmatch(slug):
        return None
    return Problem.of("slug", N_("Use 1 to 40 small letters, digits and hyphens, beginning with a letter."))


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketKey:
    """What opens one bucket. The secret never leaves the process in the clear except to the store."""

    access_key: str
    secret_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCode:
    """A site as its folder describes it: what `tenants apply` makes true.

    Everything below *owner_email* only seeds a new site; later the owner's own choice stands.
    """

    slug: str
    hosts: tuple[Hostname, ...]
    title: str
    locale: str
    owner_email: str
    owner_name: str = ""
    time_zone: str = "UTC"
    accent: str = "#c2410c"
    tagline: str = ""
    about: str = ""
    menu: tuple[tuple[str, str], ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    sections: tuple[str, ...] = ("blog",)
    picture: str = ""
    picture_alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTimes:
    """Seconds of waiting for the database's schema, for the object store, and for all else."""

    schema: float
    storage: float
    rest: float
