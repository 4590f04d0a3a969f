from dataclasses import replace
from datetime import timedelta

from core.access import Action
from core.blog.entities import PostKind
from core.blog.use_cases.list_addresses import ListAddresses
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def list_addresses(house: House) -> ListAddresses:
    return ListAddresses(access=house.access, posts=house.posts, clock=house.clock)


async def test_anybody_learns_of_all_that_can_be_read_newest_first(house: House) -> None:
    house.has_post(published("old", at=NOW - timedelta(days=1)))
    house.has_post(replace(published("about"), kind=PostKind.PAGE))
    house.has_post(draft("draft"))
    house.has_post(published("later", at=NOW + timedelta(days=1)))

    found = await list_addresses(house)()

    assert [(address.kind, address.slug) for address in found] == [(PostKind.PAGE, "about"), (PostKind.POST, "old")]


async def test_who_may_not_read_is_refused(house: House) -> None:
    house.admits(Role.VISITOR)
    house.forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await list_addresses(house)()
