from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.media.use_cases.measure_media import MeasureMedia, MediaUsage
from tests.core.house import House
from tests.core.makers import picture


def measure(house: House) -> MeasureMedia:
    return MeasureMedia(access=house.access, media=house.media, limits=house.limits)


async def test_viewer_sees_how_much_the_files_take(house: House) -> None:
    house.has_media(picture("a.webp", size=1))
    house.has_media(picture("b.webp", size=2))
    house.admits(Role.VIEWER)

    assert await measure(house)() == MediaUsage(files=2, size=3, limit=house.limits.site_bytes)


async def test_a_refused_member_learns_nothing_where_the_site_says_so(house: House) -> None:
    house.admits(Role.MODERATOR)
    house.forbids(Action.LIST_MEDIA)

    with house.refuses(Forbidden):
        await measure(house)()


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await measure(house)()
