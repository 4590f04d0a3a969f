from dataclasses import replace

import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, StaleVersion, Unauthenticated
from core.identity import Role
from core.site.entities import SiteWishes
from core.site.use_cases.edit_site import EditSite
from tests.core.house import SETTINGS, House

WISHES = SiteWishes(title="Anna's", locale="ru", time_zone="Europe/Stockholm", accent="#0f766e", about="Hi")
SAME = SiteWishes(title="Anna", locale="en", time_zone="UTC", accent="#c2410c")


def edit(house: House) -> EditSite:
    return house.make(EditSite)


async def test_owner_changes_what_the_site_says_of_itself(house: House) -> None:
    house.admits(Role.OWNER)

    saved = await edit(house)(WISHES, expected=1)

    assert house.kept(house.site) == saved
    (line,) = house.kept(house.audit)
    assert (line.action, line.before["title"], line.after["title"]) == (Action.EDIT_SITE, "Anna", "Anna's")
    assert (saved.title, saved.locale, saved.about_html, saved.version) == ("Anna's", "ru", "<p>Hi</p>", 2)


async def test_the_same_wishes_again_change_nothing(house: House) -> None:
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await edit(house)(SAME, expected=None) == SETTINGS


async def test_changing_over_somebodys_newer_version_is_refused(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await edit(house)(WISHES, expected=2)


async def test_unusable_wishes_are_refused(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await edit(house)(replace(WISHES, title=""), expected=None)

    assert house.markdown.renders == 0


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUTHOR, Role.EDITOR])
async def test_a_refused_member_changes_nothing(house: House, role: Role) -> None:
    house.admits(role)

    with house.refuses(Forbidden):
        await edit(house)(WISHES, expected=None)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await edit(house)(WISHES, expected=None)
