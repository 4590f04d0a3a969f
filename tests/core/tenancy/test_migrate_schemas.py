import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.tenancy.entities import TenantState
from core.tenancy.errors import TenantNotFound
from core.tenancy.storage import MigrationOutcome
from core.tenancy.use_cases.migrate_schemas import MigrateSchemas
from tests.core.makers import tenant
from tests.core.office import Office


async def migrate(office: Office, *, slug: str | None = None) -> dict[str, MigrationOutcome]:
    use_case = MigrateSchemas(access=office.access, registry=office.registry, schemas=office.schemas)
    return {report.slug: report.outcome async for report in use_case(slug=slug)}


def versions(office: Office) -> dict[str, str | None]:
    return {tenant.slug: tenant.schema_version for tenant in office.registry.kept.values()}


def furnished(office: Office) -> Office:
    office.has(tenant("anna", schema_version="0001"))
    office.has(tenant("boris", schema_version="0002"))
    office.has(tenant("clara", state=TenantState.PROVISIONING, schema_version=None))
    return office


async def test_operator_brings_the_platform_first_and_then_every_schema_up_to_date(office: Office) -> None:
    reports = await migrate(furnished(office))

    assert list(reports) == ["platform", "anna", "boris"]
    assert reports["anna"] is MigrationOutcome.MIGRATED
    assert reports["boris"] is MigrationOutcome.CURRENT
    assert versions(office) == {"anna": "0002", "boris": "0002", "clara": None}


async def test_one_site_alone_can_be_migrated(office: Office) -> None:
    office.has(tenant("boris", schema_version="0001"))

    assert list(await migrate(furnished(office), slug="anna")) == ["platform", "anna"]


async def test_a_schema_that_fails_does_not_hold_up_the_others(office: Office) -> None:
    office.has(tenant("dora", schema_version="0001"))
    office.schemas.failing.add("anna")

    reports = await migrate(furnished(office))

    assert (reports["anna"], reports["dora"]) == (MigrationOutcome.FAILED, MigrationOutcome.MIGRATED)
    assert versions(office)["anna"] == "0001"


async def test_no_site_is_touched_when_the_platform_fails(office: Office) -> None:
    furnished(office).schemas.failing.add("platform")

    with office.changes_nothing():
        assert await migrate(office) == {"platform": MigrationOutcome.FAILED}


@pytest.mark.parametrize("slug", ["nobody", "clara"])
async def test_a_site_without_a_schema_is_refused(office: Office, slug: str) -> None:
    furnished(office)

    with office.refuses(TenantNotFound):
        await migrate(office, slug=slug)


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_a_refused_actor_migrates_nothing(
    office: Office, role: Role, error: type[Unauthenticated | Forbidden]
) -> None:
    furnished(office).admits(role)

    with office.refuses(error):
        await migrate(office)
