from dataclasses import replace

from core.blog.use_cases.list_desk_shelves import ListDeskShelves
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft


def list_shelves(house: House) -> ListDeskShelves:
    return ListDeskShelves(access=house.access, posts=house.posts)


async def test_editor_sees_the_tags_and_series_of_drafts_too(house: House) -> None:
    house.has_post(replace(draft(tags=("x",)), series="Deadlines", series_slug="deadlines"))
    house.has_post(draft("gone", tags=("y",), trashed_at=NOW))
    house.admits(Role.EDITOR)

    found = await list_shelves(house)()

    assert [(shelf.name, shelf.count) for shelf in found.tags] == [("x", 1)]
    assert [(shelf.name, shelf.slug) for shelf in found.series] == [("Deadlines", "deadlines")]


async def test_author_may_not_see_what_the_drafts_of_others_are_about(house: House) -> None:
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await list_shelves(house)()


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await list_shelves(house)()
