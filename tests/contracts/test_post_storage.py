from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.access import Scope
from core.blog.entities import Post, PostId, PostKind, PostStatus, blank_post, new_post_id
from core.blog.errors import PostNotFound, SlugTaken
from core.blog.storage import PostCounts, PostFilter
from core.errors import Invalid, StaleVersion
from core.identity import Role, UserId
from core.markdown import Finding, FindingKind
from core.users.entities import User
from tests.contracts.conftest import Storages

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
PUBLISHED = PostFilter(now=NOW)
EVERYTHING = PostFilter(now=NOW, status=None)


def a_post(slug: str = "hello", *, hours: int = 0, **changes: object) -> Post:
    """A post that was published *hours* ago."""
    at = NOW - timedelta(hours=hours)
    blank = blank_post(slug, lang="en", author_id=None, author_name="Anna", at=at)
    whole = replace(blank, title=f"About {slug}", body="**Words**", html="<p>Words</p>", words=1, renderer_version=3)
    return replace(whole, is_public=True, published_at=at, **changes)  # type: ignore[arg-type]  # names are the test's


async def add(storages: Storages, *posts: Post) -> None:
    for post in posts:
        await storages.posts.add(post)
    await storages.transaction.commit()


def slugs(posts: object) -> list[str]:
    return [post.slug for post in posts]  # type: ignore[attr-defined]  # a page's or a slice's items


async def test_a_post_comes_back_as_it_went(storages: Storages) -> None:
    full = a_post(
        tags=("python", "базы-данных"), cover="c.webp", cover_alt="A cover", description="Short", trashed_at=NOW
    )
    finding = Finding(kind=FindingKind.BROKEN_LINK, line=3, subject="post:x")
    full = replace(
        full,
        kind=PostKind.PAGE,
        group_id=PostId("another"),
        author_slug="anna",
        plain="Words",
        mentions=("post:x",),
        findings=(finding,),
        series="A series",
        series_slug="a-series",
        series_part=2,
        is_pinned=True,
        meta_title="Meta",
        meta_description="Meta too",
        canonical_url="https://example.org/x",
        announced_at=NOW,
        origin="old:1",
    )
    await add(storages, full)

    assert await storages.posts.get(full.id) == full
    assert await storages.posts.get(full.id, kind=PostKind.PAGE) == full
    assert await storages.posts.find_by_slug("hello", kind=PostKind.PAGE) == full
    assert await storages.posts.find_by_slug("hello") is None
    with pytest.raises(PostNotFound):
        await storages.posts.get(full.id, kind=PostKind.POST)


async def test_whatever_became_of_a_post_it_holds_its_address(storages: Storages) -> None:
    await add(storages, a_post("public"), replace(a_post("hidden"), is_public=False), a_post("trashed", trashed_at=NOW))

    asked = ["public", "hidden", "trashed", "nobody"]
    assert await storages.posts.list_held(asked) == {"public", "hidden", "trashed"}
    assert await storages.posts.list_held([]) == frozenset()


async def test_an_unknown_post_is_not_found(storages: Storages) -> None:
    with pytest.raises(PostNotFound):
        await storages.posts.get(PostId("nobody"))
    assert await storages.posts.find_by_slug("nobody") is None


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({}, True),
        ({"is_public": False}, False),
        ({"published_at": NOW + timedelta(seconds=1)}, False),
        ({"published_at": None, "is_public": False}, False),
        ({"trashed_at": NOW}, False),
    ],
)
async def test_visitors_find_what_is_published_by_now(
    storages: Storages, changes: dict[str, object], is_found: bool
) -> None:
    post = replace(a_post(), **changes)  # type: ignore[arg-type]  # the parameters name fields
    await add(storages, post)

    assert (await storages.posts.find_readable("hello", now=NOW) == post) is is_found


async def test_a_slug_is_taken_once(storages: Storages) -> None:
    await add(storages, a_post())

    with pytest.raises(SlugTaken) as taken:
        await add(storages, a_post())
    assert taken.value.problems[0].params == {"slug": "hello"}


async def test_the_transaction_goes_on_after_a_taken_slug(storages: Storages) -> None:
    await add(storages, a_post())
    other = a_post("other")

    with pytest.raises(SlugTaken):
        await storages.posts.add(a_post())
    await storages.posts.add(other)
    await storages.transaction.commit()

    assert await storages.posts.get(other.id) == other


async def test_saving_another_posts_slug_is_refused(storages: Storages) -> None:
    other = a_post("other")
    await add(storages, a_post(), other)

    with pytest.raises(SlugTaken):
        await storages.posts.save(replace(other, slug="hello"))


async def test_saving_counts_versions(storages: Storages) -> None:
    post = a_post()
    await add(storages, post)

    saved = await storages.posts.save(replace(post, title="Another", tags=("new",)))
    await storages.transaction.commit()

    assert saved == replace(post, title="Another", tags=("new",), version=2)
    assert await storages.posts.get(post.id) == saved


async def test_a_stale_save_tells_the_version_that_stands(storages: Storages) -> None:
    post = a_post()
    await add(storages, post)
    await storages.posts.save(replace(post, title="First"))

    with pytest.raises(StaleVersion) as stale:
        await storages.posts.save(replace(post, title="Second"))
    assert stale.value.current == 2


async def test_saving_what_is_gone_is_not_found(storages: Storages) -> None:
    with pytest.raises(PostNotFound):
        await storages.posts.save(a_post())


async def test_lists_are_newest_first_and_without_texts(storages: Storages) -> None:
    draft = replace(a_post("draft", hours=2), is_public=False, published_at=None)
    await add(storages, a_post("old", hours=3), draft, a_post("new", hours=1))

    page = await storages.posts.list_numbered(EVERYTHING, number=1, size=10)

    assert slugs(page.items) == ["new", "draft", "old"]
    assert {(post.body, post.html, post.plain) for post in page.items} == {("", "", "")}
    assert page.items[0].words == 1


async def test_posts_of_one_moment_keep_one_order(storages: Storages) -> None:
    twins = [replace(a_post(f"twin-{number}"), id=new_post_id()) for number in range(5)]
    await add(storages, *twins)
    expected = [post.slug for post in sorted(twins, key=lambda post: post.id, reverse=True)]

    pages = [await storages.posts.list_numbered(PUBLISHED, number=n, size=2) for n in (1, 2, 3)]

    assert [slug for page in pages for slug in slugs(page.items)] == expected


@pytest.mark.parametrize("number", [2, 10**12])
async def test_a_page_beyond_the_last_is_empty_but_knows_the_total(storages: Storages, number: int) -> None:
    await add(storages, a_post("one"), a_post("two"))

    page = await storages.posts.list_numbered(PUBLISHED, number=number, size=2)

    assert (list(page.items), page.total) == ([], 2)


async def test_nothing_at_all_is_one_empty_page(storages: Storages) -> None:
    page = await storages.posts.list_numbered(PUBLISHED, number=1, size=10)

    assert (list(page.items), page.total, page.is_out_of_range) == ([], 0, False)


async def a_post_of_each_status(storages: Storages) -> None:
    await add(
        storages,
        a_post("published", hours=1),
        replace(a_post("withdrawn"), is_public=False),
        replace(a_post("scheduled"), published_at=NOW + timedelta(hours=1)),
        replace(a_post("draft"), is_public=False, published_at=None),
        replace(a_post("trashed"), trashed_at=NOW),
    )


@pytest.mark.parametrize("status", list(PostStatus))
async def test_a_status_chooses_its_posts(storages: Storages, status: PostStatus) -> None:
    await a_post_of_each_status(storages)

    page = await storages.posts.list_numbered(PostFilter(now=NOW, status=status), number=1, size=10)

    assert slugs(page.items) == [status.value]


async def test_the_trash_is_a_list_of_its_own(storages: Storages) -> None:
    await a_post_of_each_status(storages)

    everything = await storages.posts.list_numbered(EVERYTHING, number=1, size=10)
    trash = await storages.posts.list_numbered(replace(EVERYTHING, is_trashed=True), number=1, size=10)

    assert (everything.total, slugs(trash.items)) == (4, ["trashed"])


async def test_the_desk_counts_each_status_once(storages: Storages) -> None:
    await a_post_of_each_status(storages)

    counts = await storages.posts.count(EVERYTHING)

    assert counts == PostCounts(published=1, scheduled=1, drafts=1, hidden=1, trashed=1)


async def test_scope_own_shows_only_the_viewers(storages: Storages) -> None:
    mine = UserId("u1")
    await storages.users.add(
        User(id=mine, email="a@b.c", name="A", role=Role.AUTHOR, password_hash=None, created_at=NOW)
    )
    await add(storages, a_post("hers"), a_post("mine", author_id=mine))

    async def seen(scope: Scope, viewer: UserId | None) -> tuple[list[str], int]:
        wanted = replace(EVERYTHING, scope=scope, viewer=viewer)
        page = await storages.posts.list_numbered(wanted, number=1, size=10)
        return sorted(slugs(page.items)), (await storages.posts.count(wanted)).published

    assert await seen(Scope.ALL, mine) == (["hers", "mine"], 2)
    assert await seen(Scope.OWN, mine) == (["mine"], 1)
    assert await seen(Scope.OWN, None) == ([], 0)
    assert await seen(Scope.NONE, mine) == ([], 0)


async def test_tag_language_and_slug_narrow_a_list(storages: Storages) -> None:
    await add(storages, a_post("one", tags=("db", "python")), a_post("two", tags=("db",), lang="ru"))

    async def found(**wanted: str) -> list[str]:
        page = await storages.posts.list_numbered(replace(PUBLISHED, **wanted), number=1, size=9)  # type: ignore[arg-type]  # names are the test's
        return sorted(slugs(page.items))

    assert await found(tag="db") == ["one", "two"]
    assert await found(tag="python") == ["one"]
    assert await found(tag="d") == []
    assert await found(lang="ru") == ["two"]
    assert await found(slug="one") == ["one"]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("0% дер", True),
        ("0_ дер", False),
        ("ДЕРЕВ", True),
        ("words in the text", True),
        ("ТЕКСТ", True),
        ("short", True),
        ("back\\slash", True),
        ("back\x00\\slash", True),
        ("somewhere else", False),
        ("body", False),
    ],
)
async def test_text_is_searched_for_or_a_part_of_the_title(storages: Storages, text: str, is_found: bool) -> None:
    plain = "Somewhere are words in the text: текст"
    await add(storages, a_post("x", title="100% деревья back\\slash", description="Short", plain=plain, body="Body"))

    page = await storages.posts.list_numbered(replace(PUBLISHED, text=text), number=1, size=9)

    assert (page.total == 1) is is_found


async def test_a_cursor_leads_through_all_posts_once(storages: Storages) -> None:
    posts = [a_post(f"post-{number}", hours=number // 2) for number in range(7)]
    await add(storages, *posts)
    seen: list[Post] = []
    cursor: str | None = None
    for _ in range(4):
        part = await storages.posts.list_slice(EVERYTHING, limit=2, cursor=cursor)
        seen += part.items
        cursor = part.next_cursor

    assert cursor is None
    assert sorted(seen, key=lambda post: post.slug) == posts
    assert seen == sorted(posts, key=lambda post: (post.published_at, post.id), reverse=True)


async def test_a_new_post_does_not_shift_what_follows_a_cursor(storages: Storages) -> None:
    await add(storages, a_post("one", hours=1), a_post("two", hours=2), a_post("three", hours=3))
    first = await storages.posts.list_slice(PUBLISHED, limit=1, cursor=None)
    await add(storages, a_post("newest"))

    rest = await storages.posts.list_slice(PUBLISHED, limit=9, cursor=first.next_cursor)

    assert slugs(rest.items) == ["two", "three"]


async def test_a_foreign_cursor_is_refused(storages: Storages) -> None:
    with pytest.raises(Invalid) as refused:
        await storages.posts.list_slice(PUBLISHED, limit=2, cursor="what is this")
    assert refused.value.problems[0].field == "cursor"
