from dataclasses import replace
from datetime import timedelta

from core.blog.entities import PostKind
from core.blog.storage import PostCounts
from core.blog.use_cases.count_desk_posts import CountDeskPosts
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def count(house: House) -> CountDeskPosts:
    return CountDeskPosts(access=house.access, posts=house.posts, clock=house.clock)


async def test_editor_learns_how_many_there_are_of_each_status(house: House) -> None:
    house.has_post(draft("draft"))
    house.has_post(published("published"))
    house.has_post(published("scheduled", at=NOW + timedelta(days=1)))
    house.has_post(replace(published("withdrawn"), is_public=False))
    house.has_post(draft("trashed", trashed_at=NOW))
    house.has_post(replace(draft("page"), kind=PostKind.PAGE))
    house.admits(Role.EDITOR)

    assert await count(house)() == PostCounts(published=1, scheduled=1, drafts=1, hidden=1, trashed=1)
    assert (await count(house)(kind=PostKind.PAGE)).drafts == 1


async def test_author_counts_only_her_own(house: House) -> None:
    house.has_post(draft("hers"))
    house.has_post(draft("anothers", by=Role.CONTRIBUTOR))
    house.admits(Role.AUTHOR)

    assert (await count(house)()).drafts == 1


async def test_moderator_may_not_count_drafts(house: House) -> None:
    house.admits(Role.MODERATOR)

    with house.refuses(Forbidden):
        await count(house)()


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await count(house)()
