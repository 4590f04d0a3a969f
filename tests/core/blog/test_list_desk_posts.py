from dataclasses import replace
from datetime import timedelta

from core.blog.entities import PostKind, PostStatus
from core.blog.errors import PostNotFound
from core.blog.use_cases.list_desk_posts import ListDeskPosts
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def listed(house: House) -> ListDeskPosts:
    return ListDeskPosts(access=house.access, posts=house.posts, clock=house.clock)


def furnished(house: House) -> House:
    house.has_post(draft("own-draft"))
    house.has_post(published("own-post", at=NOW - timedelta(days=1)))
    house.has_post(draft("foreign-draft", by=Role.EDITOR, updated_at=NOW - timedelta(days=2)))
    house.has_post(draft("thrown-away", trashed_at=NOW))
    return house


async def test_viewer_sees_posts_of_every_status_newest_first(house: House) -> None:
    furnished(house).admits(Role.VIEWER)

    page = await listed(house)()

    assert [post.slug for post in page.items] == ["own-draft", "own-post", "foreign-draft"]
    assert page.total == 3


async def test_author_sees_only_her_own(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    assert [post.slug for post in (await listed(house)()).items] == ["own-draft", "own-post"]


async def test_the_list_can_be_narrowed(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    drafts = await listed(house)(status=PostStatus.DRAFT)
    found = await listed(house)(text="no such word")
    trashed = await listed(house)(is_trashed=True)

    assert [post.slug for post in drafts.items] == ["own-draft", "foreign-draft"]
    assert found.total == 0
    assert [post.slug for post in trashed.items] == ["thrown-away"]


async def test_pages_begin_with_the_first_whatever_was_asked(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    assert (await listed(house)(number=0)).number == 1
    assert [post.slug for post in (await listed(house)(number=2, size=2)).items] == ["foreign-draft"]


async def test_there_is_nothing_beyond_the_last_page(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await listed(house)(number=2)


async def test_a_refused_moderator_sees_nothing_of_it(house: House) -> None:
    furnished(house).admits(Role.MODERATOR)

    with house.refuses(Forbidden):
        await listed(house)()


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    furnished(house)

    with house.refuses(Unauthenticated):
        await listed(house)()


async def test_pages_have_a_list_of_their_own_and_the_trash_is_of_both(house: House) -> None:
    furnished(house).admits(Role.EDITOR)
    house.has_post(replace(draft("about"), kind=PostKind.PAGE))
    house.has_post(replace(draft("old-page", trashed_at=NOW), kind=PostKind.PAGE))

    assert [post.slug for post in (await listed(house)(kind=PostKind.PAGE)).items] == ["about"]
    trashed = await listed(house)(kind=None, is_trashed=True)
    assert {post.slug for post in trashed.items} == {"old-page", "thrown-away"}
