from core.access import Action
from core.errors import Unauthenticated
from core.site.use_cases.show_site import ShowSite
from tests.core.house import SETTINGS, House


def show(house: House) -> ShowSite:
    return ShowSite(access=house.access, site=house.site)


async def test_visitor_reads_what_the_site_says_of_itself(house: House) -> None:
    assert await show(house)() == SETTINGS


async def test_a_refused_visitor_is_asked_to_sign_in_where_the_site_is_closed(house: House) -> None:
    house.forbids(Action.READ_SITE)

    with house.refuses(Unauthenticated):
        await show(house)()
