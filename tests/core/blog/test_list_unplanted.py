from core.blog.use_cases.list_unplanted import ListUnplanted
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft


def list_unplanted(house: House) -> ListUnplanted:
    return ListUnplanted(access=house.access, posts=house.posts)


async def test_operator_learns_what_is_missing_in_the_order_of_the_folder(house: House) -> None:
    here = house.has_post(draft(trashed_at=NOW))
    house.admits(Role.OPERATOR)

    assert await list_unplanted(house)(["second", here.slug, "first"]) == ["second", "first"]


async def test_a_refused_owner_learns_nothing(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Forbidden):
        await list_unplanted(house)(["first"])


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await list_unplanted(house)(["first"])
