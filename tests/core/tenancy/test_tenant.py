"""Names of a tenant."""

import re
from datetime import UTC, datetime

import pytest

from core.errors import Invalid
from core.tenancy.entities import Hostname, Tenant, TenantId, TenantState, new_tenant_id, site_slug_problem
from core.tenancy.errors import InvalidHostname

TENANT = Tenant(
    id=TenantId("abc234"),
    slug="anna",
    prefix="terrace",
    state=TenantState.PROVISIONING,
    hosts=(Hostname("anna.example"), Hostname("www.anna.example")),
    created_at=datetime(2026, 11, 23, tzinfo=UTC),
)


def test_names_are_made_of_prefix_and_id_never_of_the_slug() -> None:
    assert TENANT.schema == TENANT.role == "terrace_abc234"
    assert TENANT.bucket == "terrace-abc234"
    assert TENANT.primary_host == "anna.example"


def test_activating() -> None:
    assert TENANT.activate().state is TenantState.ACTIVE


def test_ids_are_safe_in_every_name_and_do_not_repeat() -> None:
    assert re.fullmatch(r"[a-z2-7]{16}", new_tenant_id())
    assert new_tenant_id() != new_tenant_id()


@pytest.mark.parametrize("slug", ["a", "anna", "anna-2", "x" * 40])
def test_site_slugs(slug: str) -> None:
    assert site_slug_problem(slug) is None


@pytest.mark.parametrize("slug", ["", "Anna", "2anna", "anna-", "x" * 41, "an_na"])
def test_no_site_slugs(slug: str) -> None:
    assert site_slug_problem(slug) is not None


def test_a_bad_hostname_is_an_invalid_field() -> None:
    error = InvalidHostname("a b")

    assert isinstance(error, Invalid)
    assert error.problems[0].field == "host"
