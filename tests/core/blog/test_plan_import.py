from dataclasses import replace

import pytest

from core.access import Action
from core.blog.archives import FoundItem
from core.blog.entities import PostKind
from core.blog.import_plans import ImportPlan
from core.blog.use_cases.plan_import import BATCH, PlanImport
from core.errors import Forbidden
from core.identity import Role
from tests.core.fakes.archives import MemoryArchive, found_item
from tests.core.house import House
from tests.core.makers import NOW, draft


@pytest.fixture
def owners(house: House) -> House:
    house.admits(Role.OWNER)
    return house


async def plan(house: House, *items: FoundItem) -> ImportPlan:
    return await PlanImport(access=house.access, posts=house.posts)(MemoryArchive(*items))


def origin(house: House, slug: str, *, now_at: str) -> None:
    """What came as *slug* stands at *now_at*."""
    house.has_post(replace(draft(now_at), origin=f"old:{slug}"))


async def test_an_editor_may_not_plan(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await plan(house, found_item())


async def test_in_an_empty_site_all_stands_where_it_asks_to(owners: House) -> None:
    made = await plan(owners, found_item("one"), found_item("two"))

    assert (made.slugs, made.moved, made.slug_of(found_item("one"))) == ({}, {}, "one")
    assert made.led_anew("[one](/blog/one)") == "[one](/blog/one)"


@pytest.mark.parametrize("trashed_at", [None, NOW])
async def test_what_asks_for_a_taken_address_gets_the_next_that_nobody_asks_for(
    owners: House, trashed_at: object
) -> None:
    owners.has_post(draft("one", trashed_at=NOW if trashed_at else None))
    owners.has_post(draft("one-3"))

    made = await plan(owners, found_item("one"), found_item("one-2"), found_item("one", key="p", kind=PostKind.PAGE))

    assert made.slugs == {"old:one": "one-4"}
    assert made.moved == {"/blog/one": "/blog/one-4"}


async def test_an_archive_of_any_size_is_planned(owners: House) -> None:
    owners.has_post(draft(f"s{BATCH}"))

    made = await plan(owners, *(found_item(f"s{number}") for number in range(BATCH + 1)))

    assert made.slugs == {f"old:s{BATCH}": f"s{BATCH}-2"}


async def test_two_that_must_move_do_not_meet(owners: House) -> None:
    long = "a" * 100
    for slug in (long, f"{'a' * 99}b"):
        owners.has_post(draft(slug))

    made = await plan(owners, found_item(long), found_item(f"{'a' * 99}b"))

    assert list(made.slugs.values()) == [f"{'a' * 98}-2", f"{'a' * 98}-3"]


async def test_what_came_before_stands_where_its_owner_put_it(owners: House) -> None:
    origin(owners, "one", now_at="mine")
    origin(owners, "two", now_at="two")

    made = await plan(owners, found_item("one"), found_item("two"))

    assert made.moved == {"/blog/one": "/blog/mine"}


async def test_links_lead_to_where_the_items_will_stand(owners: House) -> None:
    owners.has_post(draft("one"))
    body = "[a](/blog/one#b) [a]( </blog/one>) [[post:one|b]] [[ post : one-more]] [c](/pages/one)\n\n[d]: /blog/one"

    made = await plan(owners, found_item("one"))

    assert made.led_anew(body) == (
        "[a](/blog/one-2#b) [a]( </blog/one-2>) [[post:one-2|b]] [[ post:one-more]] [c](/pages/one)\n\n[d]: /blog/one-2"
    )


async def test_originals_and_translations_know_each_other(owners: House) -> None:
    original = found_item("one")
    others = [found_item(slug, text={"translation_of": "one"}) for slug in ("two", "three")]
    lost = found_item("four", text={"translation_of": "nobody"})
    itself = found_item("five", text={"translation_of": "five"})

    made = await plan(owners, *others, original, lost, itself)

    assert made.kin_of(original) == ["old:two", "old:three"]
    assert made.kin_of(others[0]) == ["old:one"]
    assert [made.kin_of(item) for item in (lost, itself)] == [[], []]


async def test_a_site_may_take_the_right_from_its_owner(owners: House) -> None:
    owners.forbids(Action.IMPORT_CONTENT)

    with owners.refuses(Forbidden):
        await plan(owners)
