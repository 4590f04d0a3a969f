from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from core.blog.entities import PostKind
from core.blog.storage import PostCounts
from core.blog.use_cases.open_desk import MONTHS, SHOWN, OpenDesk
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def open_desk(house: House) -> OpenDesk:
    return OpenDesk(access=house.access, posts=house.posts, clock=house.clock)


def furnished(house: House) -> House:
    house.has_post(draft("own-draft"))
    house.has_post(published("own-post"))
    house.has_post(published("own-plan", at=NOW + timedelta(days=1)))
    house.has_post(draft("own-hidden", published_at=NOW))
    house.has_post(draft("own-waste", trashed_at=NOW))
    house.has_post(draft("foreign-draft", by=Role.EDITOR))
    return house


async def test_author_finds_her_own_posts_on_the_desk(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    desk = await open_desk(house)(time_zone="UTC")

    assert desk.counts == PostCounts(published=1, scheduled=1, drafts=1, hidden=1, trashed=1)
    assert [post.slug for post in desk.drafts] == ["own-draft"]
    assert [post.slug for post in desk.published] == ["own-post"]


async def test_editor_finds_everybodys(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    assert (await open_desk(house)(time_zone="UTC")).counts.drafts == 2


async def test_only_the_newest_few_lie_on_the_desk(house: House) -> None:
    for number in range(SHOWN + 1):
        house.has_post(draft(f"draft-{number}", updated_at=NOW - timedelta(days=number)))
    house.admits(Role.EDITOR)

    drafts = (await open_desk(house)(time_zone="UTC")).drafts
    assert [post.slug for post in drafts] == [f"draft-{number}" for number in range(SHOWN)]


async def test_what_was_published_when_is_counted_by_the_months_of_the_site(house: House) -> None:
    midnight = datetime(2026, 4, 30, 23, 30, tzinfo=UTC)
    for slug, at in (("now", NOW), ("may", midnight), ("long-ago", NOW - timedelta(days=800))):
        house.has_post(published(slug, at=at))
    house.has_post(replace(published("page"), kind=PostKind.PAGE))
    house.has_post(draft("half"))
    house.admits(Role.EDITOR)

    there = (await open_desk(house)(time_zone="Europe/Stockholm")).months
    here = (await open_desk(house)(time_zone="UTC")).months

    assert (len(there), min(there), max(there)) == (MONTHS, date(2024, 6, 1), date(2026, 5, 1))
    assert {month: count for month, count in there.items() if count} == {date(2026, 5, 1): 2}
    assert {month: count for month, count in here.items() if count} == {date(2026, 4, 1): 1, date(2026, 5, 1): 1}


async def test_moderator_finds_a_desk_without_posts(house: House) -> None:
    furnished(house).admits(Role.MODERATOR)

    desk = await open_desk(house)(time_zone="UTC")

    assert desk.counts == PostCounts(published=0, scheduled=0, drafts=0, hidden=0, trashed=0)
    assert desk.drafts == desk.published == []


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    furnished(house)

    with house.refuses(Unauthenticated):
        await open_desk(house)(time_zone="UTC")
