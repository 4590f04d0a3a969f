from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncEngine

from core.tenancy.entities import Tenant, TenantState
from db.directory import SqlTenantDirectory
from tests.fixtures.database import Database, MakeTenant


async def test_only_active_sites_are_found_by_host(
    tenant_factory: MakeTenant, app_engine: AsyncEngine, database: Database
) -> None:
    tenant = await tenant_factory(state=TenantState.PROVISIONING)
    directory = SqlTenantDirectory(app_engine, prefix=database.prefix, local_hosts=False)
    await directory.start()

    assert directory.find_by_host(tenant.hosts[0]) is None
    assert directory.find_by_slug(tenant.slug) == tenant


async def test_local_names_come_first_and_the_declared_ones_still_lead_there(
    anna: Tenant, app_engine: AsyncEngine, database: Database
) -> None:
    directory = SqlTenantDirectory(app_engine, prefix=database.prefix, local_hosts=True)
    await directory.start()

    found = directory.find_by_host(anna.hosts[1])

    assert found is not None
    assert found.hosts == ("anna.localhost", *anna.hosts)
    assert directory.find_by_host(found.primary_host) is found


async def test_older_schemas_are_behind_and_newer_ones_are_served(
    anna: Tenant, app_engine: AsyncEngine, database: Database
) -> None:
    known = ("0000", anna.schema_version or "")
    directory = SqlTenantDirectory(
        app_engine, prefix=database.prefix, local_hosts=False, known_versions=(*known, "9999")
    )
    await directory.start()

    assert directory.is_behind(anna)
    assert anna in directory.list_behind()
    assert not directory.is_behind(replace(anna, schema_version="9999"))
    assert not directory.is_behind(replace(anna, schema_version="of a newer release"))
    assert directory.is_behind(replace(anna, schema_version=None))
