"""How many statements an answer costs, and that PostgreSQL can take an index for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from core.access import Scope
from core.blog.entities import blank_post
from core.blog.storage import PostFilter
from core.identity import SessionId, UserId
from core.media.entities import MediaKey
from core.tenancy.entities import Tenant
from db.blog import SqlPostStorage
from db.directory import SqlTenantDirectory
from db.media import SqlMediaStorage
from db.profiles import SqlTenantProfiles
from db.schemas import SqlSchemas
from db.tenant_session import TenantSessions
from db.users import SqlSessionStorage
from tests.core.fakes.clock import SetClock
from tests.fixtures.database import Database
from tests.fixtures.statements import statements

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
PUBLISHED = PostFilter(now=NOW)


@pytest.fixture
async def full(anna: Tenant, sessions: TenantSessions) -> Tenant:
    async with sessions.open(anna) as session:
        for number in range(30):
            at = NOW - timedelta(hours=number)
            blank = blank_post(f"post-{number}", lang="en", author_id=None, author_name="", at=at)
            await SqlPostStorage(session).add(replace(blank, tags=("db",), is_public=True, published_at=at))
        await session.commit()
    return anna


async def test_an_answer_costs_one_statement_and_the_beginning(
    full: Tenant, sessions: TenantSessions, app_engine: AsyncEngine
) -> None:
    async with sessions.open(full) as session:
        posts, media = SqlPostStorage(session), SqlMediaStorage(session)
        for ask in (
            lambda: posts.list_numbered(PUBLISHED, number=1, size=10),
            lambda: posts.list_slice(PUBLISHED, limit=10, cursor=None),
            lambda: posts.find_readable("post-1", now=NOW),
            lambda: posts.count(replace(PUBLISHED, scope=Scope.OWN, viewer=UserId("u1"))),
            lambda: media.is_used(MediaKey("x.webp")),
            lambda: media.totals(),
            lambda: SqlSessionStorage(session).find_with_user(SessionId("s1")),
        ):
            with statements(app_engine) as sent:
                await ask()
            await session.rollback()
            assert len(sent) == 2, sent
            assert sent[0].startswith("BEGIN; SET LOCAL search_path")


async def test_lists_do_not_fetch_texts(full: Tenant, sessions: TenantSessions, app_engine: AsyncEngine) -> None:
    with statements(app_engine) as sent:
        async with sessions.open(full) as session:
            await SqlPostStorage(session).list_numbered(PUBLISHED, number=1, size=10)

    assert "posts.body" not in sent[1]
    assert "posts.html" not in sent[1]


async def test_no_statement_asks_for_whatever_there_is(
    full: Tenant, sessions: TenantSessions, app_engine: AsyncEngine, database: Database
) -> None:
    with statements(app_engine) as sent:
        await SqlTenantDirectory(app_engine, prefix=database.prefix, local_hosts=False).start()
        await SqlTenantProfiles(sessions, SetClock()).get(full)

    assert len(sent) == 4
    assert not [statement for statement in sent if "*" in statement]


async def test_migrating_what_is_current_costs_one_statement(schemas: SqlSchemas, owner_engine: AsyncEngine) -> None:
    with statements(owner_engine) as sent:
        await schemas.migrate_platform()

    assert len(sent) == 2


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT id FROM posts WHERE is_public AND published_at <= now() ORDER BY published_at DESC, id DESC LIMIT 5",
         "Index Scan using ix_posts_public"),
        ("SELECT id FROM posts WHERE tags @> ARRAY['db']", "Bitmap Index Scan on ix_posts_tags"),
        ("SELECT id FROM posts WHERE slug = 'post-1'", "Index Scan using uq_posts_slug"),
        ("SELECT key FROM media ORDER BY created_at DESC, key DESC LIMIT 5", "Index Scan using ix_media_newest"),
        ("SELECT id FROM invitations WHERE email = 'a@b.c'", "ix_invitations_email"),
    ],
)  # fmt: skip
async def test_lists_have_their_index(full: Tenant, sessions: TenantSessions, query: str, index: str) -> None:
    async with sessions.open(full) as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        await session.execute(text("SET LOCAL enable_indexonlyscan = off"))
        plan = "\n".join((await session.execute(text(f"EXPLAIN {query}"))).scalars())

    assert index in plan
    assert "Sort" not in plan
