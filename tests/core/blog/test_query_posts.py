from datetime import timedelta

import pytest

from core.access import Action
from core.blog.entities import PostStatus
from core.blog.use_cases.query_posts import QueryPosts
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def query(house: House) -> QueryPosts:
    return QueryPosts(access=house.access, posts=house.posts, clock=house.clock)


def furnished(house: House) -> House:
    for days in range(3):
        house.has_post(published(f"post-{days}", at=NOW - timedelta(days=days), by=Role.EDITOR, tags=("python",)))
    house.has_post(draft("own-draft"))
    house.has_post(draft("foreign-draft", by=Role.EDITOR))
    house.has_post(draft("thrown-away", trashed_at=NOW))
    return house


async def test_visitor_reads_the_published_posts_part_by_part(house: House) -> None:
    furnished(house)

    first = await query(house)(limit=2)
    rest = await query(house)(limit=2, cursor=first.next_cursor)

    assert [post.slug for post in (*first.items, *rest.items)] == ["post-0", "post-1", "post-2"]
    assert rest.next_cursor is None


async def test_author_sees_what_others_published(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    assert len((await query(house)()).items) == 3


@pytest.mark.parametrize("status", [None, PostStatus.DRAFT])
async def test_author_sees_only_her_own_of_what_is_not_public(house: House, status: PostStatus | None) -> None:
    furnished(house).admits(Role.AUTHOR)

    assert [post.slug for post in (await query(house)(status=status)).items] == ["own-draft"]


async def test_editor_sees_everybodys(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    assert len((await query(house)(status=None)).items) == 5
    assert [post.slug for post in (await query(house)(status=None, is_trashed=True)).items] == ["thrown-away"]


async def test_the_list_can_be_narrowed(house: House) -> None:
    furnished(house)

    assert len((await query(house)(tag="python", lang="en", text="HELLO")).items) == 3
    assert [post.slug for post in (await query(house)(slug="post-1")).items] == ["post-1"]
    assert (await query(house)(lang="ru")).items == []


async def test_a_cursor_of_somebody_else_is_refused(house: House) -> None:
    with house.refuses(Invalid):
        await query(house)(cursor="elsewhere")


@pytest.mark.parametrize(("status", "is_trashed"), [(None, False), (PostStatus.DRAFT, False), (None, True)])
async def test_a_refused_visitor_learns_nothing_of_what_is_not_public(
    house: House, status: PostStatus | None, is_trashed: bool
) -> None:
    furnished(house)

    with house.refuses(Unauthenticated):
        await query(house)(status=status, is_trashed=is_trashed)


async def test_a_visitor_may_not_look_into_the_trash_for_what_was_published(house: House) -> None:
    with house.refuses(Unauthenticated):
        await query(house)(status=PostStatus.PUBLISHED, is_trashed=True)


async def test_a_refused_moderator_learns_nothing_of_what_is_not_public(house: House) -> None:
    furnished(house).admits(Role.MODERATOR)

    with house.refuses(Forbidden):
        await query(house)(status=None)


async def test_a_refused_visitor_reads_nothing_where_the_site_is_closed(house: House) -> None:
    furnished(house).forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await query(house)()
