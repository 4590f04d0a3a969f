from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import Unavailable
from core.secrets import SecretBox
from core.tenancy.entities import BucketKey, Hostname, Tenant, TenantState, new_tenant_id
from core.tenancy.errors import HostTaken, SlugInUse
from core.tenancy.storage import TenantRegistry
from db.bucket_keyring import SqlBucketKeyring
from db.registry import SqlTenantRegistry
from db.schemas import SqlSchemas
from db.tenant_session import PlatformSessions, TenantSessions
from tests.core.fakes.tenancy import MemoryRegistry
from tests.fixtures.database import Database


@pytest.fixture(params=["memory", "postgres"])
def any_registry(request: pytest.FixtureRequest, registry: SqlTenantRegistry) -> TenantRegistry:
    return MemoryRegistry() if request.param == "memory" else registry


def a_tenant(prefix: str) -> Tenant:
    tenant_id = new_tenant_id()
    return Tenant(
        id=tenant_id,
        slug=f"site-{tenant_id}",
        prefix=prefix,
        state=TenantState.PROVISIONING,
        hosts=(Hostname(f"z.{tenant_id}.example"), Hostname(f"a.{tenant_id}.example")),
        created_at=datetime(2026, 5, 4, 12, tzinfo=UTC),
    )


async def test_a_tenant_is_found_with_its_hosts_in_order(any_registry: TenantRegistry, database: Database) -> None:
    tenant = a_tenant(database.prefix)
    await any_registry.add(tenant)

    assert await any_registry.find(tenant.slug) == tenant
    assert tenant in await any_registry.list_all()
    assert await any_registry.find("nobody") is None


async def test_all_are_listed_by_slug(any_registry: TenantRegistry, database: Database) -> None:
    for _ in range(3):
        await any_registry.add(a_tenant(database.prefix))

    slugs = [tenant.slug for tenant in await any_registry.list_all()]

    assert slugs == sorted(slugs)


async def test_slugs_and_hosts_belong_to_one(any_registry: TenantRegistry, database: Database) -> None:
    tenant, other = a_tenant(database.prefix), a_tenant(database.prefix)
    await any_registry.add(tenant)

    with pytest.raises(SlugInUse) as in_use:
        await any_registry.add(replace(other, slug=tenant.slug))
    with pytest.raises(HostTaken) as taken:
        await any_registry.add(replace(other, hosts=tenant.hosts[1:]))

    assert in_use.value.params == {"slug": tenant.slug}
    assert taken.value.params == {"host": tenant.hosts[1]}
    assert await any_registry.find(other.slug) is None


async def test_hosts_are_replaced_whole_or_not_at_all(any_registry: TenantRegistry, database: Database) -> None:
    tenant, other = a_tenant(database.prefix), a_tenant(database.prefix)
    await any_registry.add(tenant)
    await any_registry.add(other)
    changed = replace(tenant, hosts=(tenant.hosts[1], Hostname(f"new.{tenant.id}.example")))

    await any_registry.set_hosts(changed)
    with pytest.raises(HostTaken):
        await any_registry.set_hosts(replace(changed, hosts=(*changed.hosts, other.hosts[0])))

    assert await any_registry.find(tenant.slug) == changed


async def test_an_activated_tenant_is_active(any_registry: TenantRegistry, database: Database) -> None:
    tenant = a_tenant(database.prefix)
    await any_registry.add(tenant)
    await any_registry.activate(tenant)

    assert await any_registry.find(tenant.slug) == tenant.activate()


async def test_a_bucket_key_is_kept_and_replaced(any_registry: TenantRegistry, database: Database) -> None:
    tenant = a_tenant(database.prefix)
    await any_registry.add(tenant)
    assert not await any_registry.has_bucket_key(tenant.id)

    await any_registry.keep_bucket_key(tenant.id, BucketKey(access_key="a", secret_key="one"))
    await any_registry.keep_bucket_key(tenant.id, BucketKey(access_key="b", secret_key="two"))

    assert await any_registry.has_bucket_key(tenant.id)


async def test_the_secret_lies_sealed_and_the_keyring_opens_it(
    registry: SqlTenantRegistry, database: Database, app_engine: AsyncEngine, secret_box: SecretBox
) -> None:
    tenant = a_tenant(database.prefix)
    await registry.add(tenant)
    key = BucketKey(access_key="a", secret_key="very secret")
    keyring = SqlBucketKeyring(app_engine, secret_box)
    with pytest.raises(Unavailable):
        await keyring.get(tenant)
    await registry.keep_bucket_key(tenant.id, key)

    async with PlatformSessions(app_engine).open() as session:
        rows = str((await session.execute(text("SELECT * FROM bucket_keys"))).all())

    assert "very secret" not in rows
    assert await keyring.get(tenant) == key


async def test_the_keyring_keeps_a_key_until_it_hears_of_another(
    registry: SqlTenantRegistry, database: Database, app_engine: AsyncEngine, secret_box: SecretBox
) -> None:
    tenant = a_tenant(database.prefix)
    await registry.add(tenant)
    old, new = BucketKey(access_key="a", secret_key="old"), BucketKey(access_key="b", secret_key="new")
    keyring = SqlBucketKeyring(app_engine, secret_box)
    await registry.keep_bucket_key(tenant.id, old)
    await keyring.get(tenant)
    await registry.keep_bucket_key(tenant.id, new)

    assert await keyring.get(tenant) == old
    await keyring.follow("directory")
    assert await keyring.get(tenant) == old
    await keyring.follow(f"bucket_key:{tenant.id}")
    assert await keyring.get(tenant) == new


async def test_the_operators_audit_has_each_change_once(
    registry: SqlTenantRegistry, database: Database, app_engine: AsyncEngine
) -> None:
    tenant = a_tenant(database.prefix)
    await registry.add(tenant)
    await registry.activate(tenant)
    await registry.activate(tenant)
    await registry.set_hosts(replace(tenant, hosts=tenant.hosts[:1]))

    query = text("SELECT event, details FROM operator_events WHERE tenant_id = :id ORDER BY id")
    async with PlatformSessions(app_engine).open() as session:
        rows = (await session.execute(query, {"id": tenant.id})).all()
    assert rows == [("tenant.create", {"slug": tenant.slug}), ("tenant.hosts", {"hosts": tenant.hosts[0]})]


async def test_a_site_reads_in_its_own_log_what_the_operator_did_to_it(
    registry: SqlTenantRegistry, schemas: SqlSchemas, sessions: TenantSessions
) -> None:
    tenant = a_tenant(registry.prefix)
    await registry.add(tenant)
    await registry.set_hosts(tenant)
    await schemas.create(tenant)
    await registry.activate(tenant)
    await registry.set_hosts(replace(tenant, hosts=tenant.hosts[:1]))

    query = "SELECT action, actor_name, role, before->>'hosts', after->>'hosts' FROM audit_events ORDER BY at"
    async with sessions.open(tenant) as session:
        lines = (await session.execute(text(query))).all()
    both, one = " ".join(tenant.hosts), tenant.hosts[0]
    assert lines == [
        ("tenant.create", "operator", "operator", None, both),
        ("tenant.apply", "operator", "operator", both, one),
    ]


async def test_only_what_is_being_made_is_activated(any_registry: TenantRegistry, database: Database) -> None:
    tenant = replace(a_tenant(database.prefix), state=TenantState.SUSPENDED)
    await any_registry.add(tenant)

    await any_registry.activate(tenant)

    assert await any_registry.find(tenant.slug) == tenant
