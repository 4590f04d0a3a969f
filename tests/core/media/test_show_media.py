from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.media.entities import MediaKey
from core.media.errors import MediaNotFound
from core.media.use_cases.show_media import ShowMedia
from tests.core.house import House
from tests.core.makers import picture


def show(house: House) -> ShowMedia:
    return ShowMedia(access=house.access, media=house.media)


async def test_viewer_sees_what_is_known_of_a_file(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.VIEWER)

    assert await show(house)(media.key) == media


async def test_an_unknown_file_is_refused(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(MediaNotFound):
        await show(house)(MediaKey("nowhere.webp"))


async def test_a_refused_member_learns_nothing_where_the_site_says_so(house: House) -> None:
    media = house.has_media(picture(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)
    house.forbids(Action.LIST_MEDIA)

    with house.refuses(Forbidden):
        await show(house)(media.key)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    media = house.has_media(picture())

    with house.refuses(Unauthenticated):
        await show(house)(media.key)
