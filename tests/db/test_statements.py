"""How many statements an answer costs, and that PostgreSQL can take an index for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from core.access import Scope
from core.blog.entities import Post, blank_post
from core.blog.storage import PostFilter
from core.identity import SessionId, UserId
from core.markdown import Mentions
from core.tenancy.entities import Tenant
from db.blog import SqlPostStorage, SqlRedirectStorage
from db.directory import SqlTenantDirectory
from db.media import SqlMediaStorage
from db.profiles import SqlTenantProfiles
from db.schemas import SqlSchemas
from db.surroundings import SqlSurroundings
from db.tenant_session import TenantSessions
from db.users import SqlSessionStorage
from tests.core.fakes.clock import SetClock
from tests.fixtures.database import Database
from tests.fixtures.statements import statements

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
PUBLISHED = PostFilter(now=NOW)
MENTIONS = Mentions(targets=frozenset({"post:post-0", "post:old", "page:x"}), media=frozenset({"0.webp", "1.webp"}))


@pytest.fixture
async def full(anna: Tenant, sessions: TenantSessions) -> Tenant:
    async with sessions.open(anna) as session:
        await fill(session, 30)
        await session.commit()
    return anna


async def fill(session: AsyncSession, count: int) -> Post:
    """The newest of *count* posts."""
    posts = []
    for number in range(count):
        at = NOW - timedelta(hours=number)
        blank = blank_post(f"post-{number}", lang="en", author_id=None, author_name="", at=at)
        posts.append(replace(blank, tags=("db",), plain="Some words", is_public=True, published_at=at))
        await SqlPostStorage(session).add(posts[-1])
    return posts[0]


async def test_an_answer_costs_one_statement_and_the_beginning(
    full: Tenant, sessions: TenantSessions, app_engine: AsyncEngine
) -> None:
    async with sessions.open(full) as session:
        posts, media = SqlPostStorage(session), SqlMediaStorage(session)
        for ask in (
            lambda: posts.list_numbered(PUBLISHED, number=1, size=10),
            lambda: posts.list_slice(PUBLISHED, limit=10, cursor=None),
            lambda: posts.list_numbered(replace(PUBLISHED, preferred="en"), number=99, size=10, pinned_first=True),
            lambda: posts.list_slice(replace(PUBLISHED, text="words"), limit=10, cursor=None),
            lambda: posts.list_series("series", now=NOW),
            lambda: posts.list_addresses(now=NOW, limit=10),
            lambda: posts.find_readable("post-1", now=NOW),
            lambda: posts.search(PUBLISHED, text="words", number=1, size=10),
            lambda: posts.search(PUBLISHED, text="nothing like it", number=1, size=10),
            lambda: posts.list_shelves(now=NOW, time_zone="Europe/Moscow"),
            lambda: posts.list_desk_shelves(),
            lambda: SqlRedirectStorage(session).find("/blog/x", now=NOW),
            lambda: posts.count(replace(PUBLISHED, scope=Scope.OWN, viewer=UserId("u1"))),
            lambda: media.list_newest(limit=10, cursor=None, only_unused=True),
            lambda: media.totals(),
            lambda: SqlSessionStorage(session).find_with_user(SessionId("s1")),
        ):
            with statements(app_engine) as sent:
                await ask()
            await session.rollback()
            assert len(sent) == 2, sent
            assert sent[0].startswith("BEGIN; SET LOCAL search_path")


@pytest.mark.parametrize("is_full", [False, True])
async def test_what_stands_beside_posts_costs_the_same_for_one_and_for_many(
    anna: Tenant, sessions: TenantSessions, app_engine: AsyncEngine, is_full: bool
) -> None:
    async with sessions.open(anna) as session:
        posts = SqlPostStorage(session)
        made = await fill(session, 30 if is_full else 1)
        with statements(app_engine) as sent:
            around = await posts.look_around(made, now=NOW, preferred="en")
            told = await SqlSurroundings(session, SetClock()).look(
                Mentions(
                    targets=frozenset({"post:post-0", "post:old", "page:x"}), media=frozenset({"0.webp", "1.webp"})
                )
            )
            await SqlSurroundings(session, SetClock()).look(Mentions())
            found = await posts.search(PUBLISHED, text="wrods", number=1, size=10)

    assert len(sent) == 1 + 2 + 2
    assert (len(around.related), list(told.targets), found.corrected) == (3 * is_full, ["post:post-0"], "words")


async def test_lists_do_not_fetch_texts(full: Tenant, sessions: TenantSessions, app_engine: AsyncEngine) -> None:
    with statements(app_engine) as sent:
        async with sessions.open(full) as session:
            await SqlPostStorage(session).list_numbered(PUBLISHED, number=1, size=10)

    assert not [name for name in ("body", "html", "plain", "search") if f"posts.{name}" in sent[1]]


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
        ("SELECT id FROM posts WHERE kind = 'post' AND is_public AND trashed_at IS NULL ORDER BY published_at DESC",
         "Index Scan using ix_posts_public"),
        ("SELECT id FROM posts WHERE tags @> ARRAY['db']", "Bitmap Index Scan on ix_posts_tags"),
        ("SELECT id FROM posts WHERE kind = 'post' AND slug = 'post-1'", "Index Scan using uq_posts_kind_slug"),
        ("SELECT id FROM posts WHERE search @@ 'word'", "Bitmap Index Scan on ix_posts_search"),
        ("SELECT id FROM posts WHERE mentions && ARRAY['post:x']", "Bitmap Index Scan on ix_posts_mentions"),
        ("SELECT id FROM posts WHERE is_public AND trashed_at IS NULL AND announced_at IS NULL ORDER BY published_at",
         "Index Scan using ix_posts_unannounced"),
        ("SELECT key FROM media ORDER BY created_at DESC, key DESC LIMIT 5", "Index Scan using ix_media_newest"),
        ("SELECT id FROM invitations WHERE email = 'a@b.c'", "ix_invitations_email"),
    ],
)  # fmt: skip
async def test_lists_have_their_index(full: Tenant, sessions: TenantSessions, query: str, index: str) -> None:
    async with sessions.open(full) as session:
        for way in ("seqscan", "indexonlyscan", "sort"):
            await session.execute(text(f"SET LOCAL enable_{way} = off"))
        plan = "\n".join((await session.execute(text(f"EXPLAIN {query}"))).scalars())

    assert index in plan
    assert "Sort" not in plan
