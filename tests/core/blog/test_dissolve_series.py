from dataclasses import replace

from core.blog.errors import SeriesNotFound
from core.blog.use_cases.dissolve_series import DissolveSeries
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import draft


def dissolve(house: House) -> DissolveSeries:
    return DissolveSeries(access=house.access, posts=house.posts, transaction=house.transaction)


async def test_editor_ends_a_series_and_its_texts_stay(house: House) -> None:
    post = house.has_post(replace(draft(), series="Deadlines", series_slug="deadlines", series_part=2))
    house.admits(Role.EDITOR)

    assert await dissolve(house)(["deadlines"]) == 1

    kept = house.kept(house.posts)[post.id]
    assert (kept.series, kept.series_slug, kept.series_part) == ("", "", None)


async def test_a_series_that_no_text_is_in_is_not_found(house: House) -> None:
    house.has_post(draft())
    house.admits(Role.EDITOR)

    for series in (["none"], [""], []):
        with house.refuses(SeriesNotFound):
            await dissolve(house)(series)


async def test_author_may_not_end_series(house: House) -> None:
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await dissolve(house)(["deadlines"])


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await dissolve(house)(["deadlines"])
