from dataclasses import replace

import pytest

from core.blog.entities import Post
from core.blog.errors import SeriesNotFound
from core.blog.use_cases.rename_series import RenameSeries
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft


def rename(house: House) -> RenameSeries:
    return RenameSeries(
        access=house.access,
        posts=house.posts,
        redirects=house.redirects,
        slugs=house.slugs,
        transaction=house.transaction,
    )


def part(name: str, series: str = "Deadlines") -> Post:
    return replace(draft(name), series=series, series_slug=series.lower(), series_part=1)


async def test_editor_gives_series_one_name_and_the_old_addresses_lead_there(house: House) -> None:
    one, two = house.has_post(part("a")), house.has_post(part("b", "Queues"))
    house.admits(Role.EDITOR)

    assert await rename(house)(["deadlines", "queues", "deadlines"], into=" On time ") == 2

    kept = house.kept(house.posts)
    assert {(kept[post.id].series, kept[post.id].series_slug) for post in (one, two)} == {("On time", "on-time")}
    for old in ("deadlines", "queues"):
        found = await house.redirects.find(f"/blog/series/{old}", now=NOW)
        assert found is not None
        assert found.url == "/blog/series/on-time"


async def test_a_name_that_gives_the_same_address_leads_nowhere_else(house: House) -> None:
    post = house.has_post(part("a"))
    house.admits(Role.EDITOR)

    assert await rename(house)(["deadlines"], into="DEADLINES") == 1

    assert house.kept(house.posts)[post.id].series == "DEADLINES"
    assert house.kept(house.redirects) == {}
    assert await rename(house)(["deadlines"], into="DEADLINES") == 0


async def test_a_series_that_no_text_is_in_is_not_found(house: House) -> None:
    house.has_post(part("a"))
    house.admits(Role.EDITOR)

    for series in (["none"], [], [""]):
        with house.refuses(SeriesNotFound):
            await rename(house)(series, into="New")


@pytest.mark.parametrize("name", ["", " ", "x" * 101])
async def test_what_is_no_name_is_invalid(house: House, name: str) -> None:
    house.has_post(part("a"))
    house.admits(Role.EDITOR)

    with house.refuses(Invalid):
        await rename(house)(["deadlines"], into=name)


async def test_author_may_not_rename_series(house: House) -> None:
    house.has_post(part("a"))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await rename(house)(["deadlines"], into="New")


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await rename(house)(["deadlines"], into="New")
