"""What the release after this one will do: one more step over schemas that stand."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from core.tenancy.entities import Tenant
from core.tenancy.storage import MigrationOutcome, MigrationReport
from db.migrations import FOLDER, TENANT_VERSIONS, steps
from db.schemas import SqlSchemas
from db.tenant_session import Binding, TenantSessions, bound
from tests.fixtures.database import APP_ROLE, MakeTenant

NEXT = "9999"
STEP = '''
"""A column, and a table with all that SQL text can trip over."""

import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("mood", sa.Text(), server_default="100%s calm", nullable=False))
    op.create_table("notes", sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True))
    op.execute("COMMENT ON TABLE notes IS '50% of all; and ''quotes''…'")


def downgrade() -> None:
    op.drop_table("notes")
    op.drop_column("posts", "mood")
'''


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner_engine: AsyncEngine) -> SqlSchemas:
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    step = STEP.format(next=NEXT, head=TENANT_VERSIONS[-1])
    (folder / "tenant" / "versions" / f"{NEXT}_mood.py").write_text(step, encoding="utf-8")
    monkeypatch.setattr(steps, "FOLDER", folder)
    return SqlSchemas(owner_engine, app_role=APP_ROLE, tenant_versions=(*TENANT_VERSIONS, NEXT))


async def outcomes(reports: AsyncIterator[MigrationReport]) -> dict[str, MigrationOutcome]:
    return {report.slug: report.outcome async for report in reports}


async def test_standing_schemas_take_the_next_step(
    release: SqlSchemas, tenant_factory: MakeTenant, sessions: TenantSessions
) -> None:
    tenants = [await tenant_factory() for _ in range(3)]

    migrated = await outcomes(release.migrate(tenants, jobs=2))

    assert set(migrated.values()) == {MigrationOutcome.MIGRATED}
    for tenant in tenants:
        async with sessions.open(tenant) as session:
            await session.execute(text("INSERT INTO notes DEFAULT VALUES"))
            assert await session.scalar(text("SELECT count(*) FROM notes")) == 1
            comment = await session.scalar(text("SELECT obj_description('notes'::regclass)"))
        assert comment == "50% of all; and 'quotes'…"


async def test_one_that_fails_is_left_as_it_was_and_finished_later(
    release: SqlSchemas, tenant_factory: MakeTenant, owner_engine: AsyncEngine
) -> None:
    odd, plain = await tenant_factory(), await tenant_factory()
    await _run(owner_engine, odd, "CREATE TABLE notes (id int)")

    first = await outcomes(release.migrate([odd, plain], jobs=2))
    has_mood = await _run(owner_engine, odd, "SELECT count(*) FROM pg_attribute WHERE attname = 'mood' AND attrelid ="
                          " 'posts'::regclass")  # fmt: skip
    await _run(owner_engine, odd, "DROP TABLE notes")
    second = await outcomes(release.migrate([odd, replace(plain, schema_version=NEXT)], jobs=2))

    assert first == {odd.slug: MigrationOutcome.FAILED, plain.slug: MigrationOutcome.MIGRATED}
    assert has_mood == 0
    assert second == {odd.slug: MigrationOutcome.MIGRATED, plain.slug: MigrationOutcome.CURRENT}


async def test_a_site_that_was_half_made_by_the_older_release_is_made_whole(
    release: SqlSchemas, tenant_factory: MakeTenant, owner_engine: AsyncEngine
) -> None:
    tenant = await tenant_factory()
    await release.create(tenant)

    assert await _run(owner_engine, tenant, "SELECT version_num::int FROM alembic_version") == int(NEXT)


async def test_this_release_leaves_newer_schemas_alone(
    release: SqlSchemas, schemas: SqlSchemas, tenant_factory: MakeTenant
) -> None:
    tenant = await tenant_factory()
    await release.create(tenant)
    newer = replace(tenant, schema_version=NEXT)

    assert await outcomes(schemas.migrate([newer], jobs=1)) == {tenant.slug: MigrationOutcome.CURRENT}


async def _run(engine: AsyncEngine, tenant: Tenant, statement: str) -> int | None:
    async with bound(engine, Binding(tenant.schema)).begin() as connection:
        result = await connection.execute(text(statement))
        return result.scalar() if result.returns_rows else None
