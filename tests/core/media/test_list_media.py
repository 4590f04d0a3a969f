from datetime import timedelta

from core.access import Action
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from core.media.use_cases.list_media import ListMedia
from tests.core.house import House
from tests.core.makers import NOW, draft, picture


def listed(house: House) -> ListMedia:
    return ListMedia(access=house.access, media=house.media)


async def test_viewer_sees_the_files_newest_first_part_by_part(house: House) -> None:
    for days in range(3):
        house.has_media(picture(f"{days}.webp", at=NOW - timedelta(days=days)))
    house.admits(Role.VIEWER)

    first = await listed(house)(limit=2)
    rest = await listed(house)(limit=2, cursor=first.next_cursor)

    assert [media.key for media in (*first.items, *rest.items)] == ["0.webp", "1.webp", "2.webp"]
    assert rest.next_cursor is None


async def test_the_files_are_searched_by_name_and_description(house: House) -> None:
    for name in ("cat.webp", "dog.webp"):
        house.has_media(picture(name))
    house.admits(Role.VIEWER)

    assert [media.key for media in (await listed(house)(query=" DOG ")).items] == ["dog.webp"]
    assert len((await listed(house)(query="a cat")).items) == 2


async def test_what_nothing_shows_is_found(house: House) -> None:
    used, idle = house.has_media(picture("used.webp")), house.has_media(picture("idle.webp"))
    house.has_post(draft(cover=used.key))
    house.admits(Role.VIEWER)

    assert (await listed(house)(only_unused=True)).items == [idle]


async def test_a_cursor_of_somebody_else_is_refused(house: House) -> None:
    house.has_media(picture())
    house.admits(Role.VIEWER)

    with house.refuses(Invalid):
        await listed(house)(cursor="elsewhere")


async def test_a_refused_member_sees_nothing_where_the_site_says_so(house: House) -> None:
    house.admits(Role.MODERATOR)
    house.forbids(Action.LIST_MEDIA)

    with house.refuses(Forbidden):
        await listed(house)()


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await listed(house)()
