from core.blog.errors import TagNotFound
from core.blog.use_cases.delete_tags import DeleteTags
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import draft


def delete(house: House) -> DeleteTags:
    return DeleteTags(access=house.access, posts=house.posts, clock=house.clock, transaction=house.transaction)


async def test_editor_takes_tags_away_from_all_texts(house: House) -> None:
    one, two = house.has_post(draft("a", tags=("x", "y"))), house.has_post(draft("b", tags=("z",)))
    house.admits(Role.EDITOR)

    assert await delete(house)(["X", "z"]) == 2

    kept = house.kept(house.posts)
    assert (kept[one.id].tags, kept[two.id].tags) == (("y",), ())


async def test_a_tag_that_no_text_has_is_not_found(house: House) -> None:
    house.has_post(draft(tags=("x",)))
    house.admits(Role.EDITOR)

    for tags in (["none"], []):
        with house.refuses(TagNotFound):
            await delete(house)(tags)


async def test_author_may_not_take_tags_away_from_all(house: House) -> None:
    house.has_post(draft(tags=("x",)))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await delete(house)(["x"])


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await delete(house)(["x"])
