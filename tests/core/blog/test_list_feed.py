from dataclasses import replace
from datetime import timedelta

from core.access import Action
from core.blog.entities import PostId, PostKind
from core.blog.errors import PostNotFound
from core.blog.use_cases.list_addresses import ListAddresses
from core.blog.use_cases.list_feed import FEED_SIZE, ListFeed
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def feed(house: House) -> ListFeed:
    return ListFeed(access=house.access, posts=house.posts, clock=house.clock)


def addresses(house: House) -> ListAddresses:
    return ListAddresses(access=house.access, posts=house.posts, clock=house.clock)


async def test_anybody_fetches_the_newest_posts_whole(house: House) -> None:
    for number in range(FEED_SIZE + 1):
        house.has_post(published(f"post-{number:02}", at=NOW - timedelta(hours=number)))
    house.has_post(draft("hidden"))
    house.has_post(replace(published("about"), kind=PostKind.PAGE))

    found = await feed(house)(preferred="en")

    assert [post.slug for post in found] == [f"post-{number:02}" for number in range(FEED_SIZE)]
    assert all(post.html for post in found)


async def test_a_feed_holds_one_language_of_a_text_unless_another_is_asked_for(house: House) -> None:
    original = house.has_post(published("hello"))
    house.has_post(replace(published("privet"), lang="ru", group_id=original.id))

    assert [post.slug for post in await feed(house)(preferred="en")] == ["hello"]
    assert [post.slug for post in await feed(house)(preferred="ru")] == ["privet"]
    assert [post.slug for post in await feed(house)(preferred="en", lang="ru")] == ["privet"]


async def test_a_tag_that_nobody_uses_has_no_feed(house: House) -> None:
    house.has_post(published("tagged", tags=("go",)))

    assert [post.slug for post in await feed(house)(preferred="en", tag="go")] == ["tagged"]
    with house.refuses(PostNotFound):
        await feed(house)(preferred="en", tag="rust")


async def test_engines_learn_of_all_that_can_be_read(house: House) -> None:
    house.has_post(published("post", at=NOW - timedelta(days=1)))
    house.has_post(replace(published("about"), kind=PostKind.PAGE, group_id=PostId("group")))
    house.has_post(draft("hidden"))

    found = await addresses(house)()

    assert [(address.kind, address.slug, address.group_id) for address in found] == [
        (PostKind.PAGE, "about", "group"),
        (PostKind.POST, "post", "post"),
    ]


async def test_a_refused_visitor_fetches_nothing(house: House) -> None:
    house.admits(Role.VISITOR)
    house.forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await feed(house)(preferred="en")
    with house.refuses(Unauthenticated):
        await addresses(house)()
