"""Finding an address for a post."""

from dataclasses import replace

import pytest

from core.blog.errors import SlugTaken
from core.blog.free_slug import free_slug
from core.slugs import SLUG_LENGTH, slug_problem
from tests.core.house import House
from tests.core.makers import TEXT, draft


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hello, world", "hello-world"),
        ("", "post"),
        ("…", "post"),
        ("2026", "post-2026"),
        ("Feed", "post-feed"),
        ("x" * 200, "x" * 94),
        ("x" * 93 + " yz", "x" * 93),
    ],
)
async def test_an_address_is_made_from_the_title(house: House, title: str, slug: str) -> None:
    made = await free_slug(replace(TEXT, title=title), house.posts, house.slugs)

    assert made == slug
    assert slug_problem(made) is None


async def test_a_made_address_is_numbered_until_it_is_free(house: House) -> None:
    house.has_post(draft("hello"))
    house.has_post(draft("hello-2"))

    assert await free_slug(TEXT, house.posts, house.slugs) == "hello-3"


async def test_a_numbered_address_is_no_longer_than_addresses_may_be(house: House) -> None:
    house.has_post(draft("x" * 94))

    made = await free_slug(replace(TEXT, title="x" * 200), house.posts, house.slugs)

    assert len(made) <= SLUG_LENGTH


async def test_an_asked_address_is_taken_as_it_is(house: House) -> None:
    assert await free_slug(replace(TEXT, slug="mine"), house.posts, house.slugs) == "mine"


async def test_an_asked_address_of_another_post_is_refused(house: House) -> None:
    house.has_post(draft("mine"))

    with pytest.raises(SlugTaken):
        await free_slug(replace(TEXT, slug="mine"), house.posts, house.slugs)


@pytest.mark.parametrize("asked", ["", "own"])
async def test_a_post_keeps_its_own_address(house: House, asked: str) -> None:
    house.has_post(draft("own"))

    assert await free_slug(replace(TEXT, slug=asked), house.posts, house.slugs, own="own") == "own"


async def test_a_post_moves_to_another_free_address(house: House) -> None:
    assert await free_slug(replace(TEXT, slug="new-one"), house.posts, house.slugs, own="own") == "new-one"
