from dataclasses import replace

import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role, UserId
from core.links import Link
from core.users.errors import UserNotFound
from core.users.profiles import BIO_LENGTH, LINKS_LENGTH, ProfileWishes
from core.users.use_cases.edit_profile import EditProfile
from tests.core.makers import member
from tests.core.people_house import PeopleHouse

LINK = Link(label="Code", url="https://code.example")
WISHES = ProfileWishes(name=" Olga ", locale="ru", bio="I *write*.", picture="key", picture_alt="Olga", links=(LINK,))


async def test_a_member_tells_of_herself(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.AUTHOR)

    await house.make(EditProfile)(user.id, WISHES, lang="en")

    assert house.kept(house.users)[user.id] == replace(user, name="Olga", locale="ru")
    profile, _ = house.kept(house.users.beside)[user.id]
    assert (profile.bio, profile.picture, profile.picture_alt, profile.links) == (
        "I *write*.",
        "key",
        "Olga",
        (LINK,),
    )
    assert profile.bio_html
    [recorded] = house.kept(house.audit)
    assert (recorded.action, recorded.before["name"], recorded.after["name"]) == (Action.EDIT_USER, "Author", "Olga")


async def test_what_she_wrote_goes_under_her_new_name(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.AUTHOR)

    await house.make(EditProfile)(user.id, replace(WISHES, name=user.name), lang="en")
    assert house.belongings.renamed == {}

    await house.make(EditProfile)(user.id, WISHES, lang="en")
    assert house.belongings.renamed == {user.id: ("Author", "Olga")}


async def test_without_a_picture_nothing_describes_it(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.OWNER)

    saved = await house.make(EditProfile)(user.id, replace(WISHES, picture=None), lang="en")

    assert saved.profile.picture_alt == ""


@pytest.mark.parametrize(
    ("field", "wishes"),
    [
        ("name", replace(WISHES, name=" ")),
        ("locale", replace(WISHES, locale="de")),
        ("bio", replace(WISHES, bio="x" * (BIO_LENGTH + 1))),
        ("picture", replace(WISHES, picture="x" * 200)),
        ("picture_alt", replace(WISHES, picture_alt="x" * 301)),
        ("links.0.url", replace(WISHES, links=(Link(label="x", url="javascript:alert(1)"),))),
        ("links", replace(WISHES, links=(LINK,) * (LINKS_LENGTH + 1))),
    ],
)
async def test_what_is_wrong_is_named(house: PeopleHouse, field: str, wishes: ProfileWishes) -> None:
    user = house.has_user(member())
    house.admits(Role.AUTHOR)

    with house.refuses(Invalid) as refused:
        await house.make(EditProfile)(user.id, wishes, lang="en")

    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == [field]


async def test_nobody_is_not_found(house: PeopleHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(UserNotFound):
        await house.make(EditProfile)(UserId("nobody"), WISHES, lang="en")


async def test_a_refused_member_does_not_change_another(house: PeopleHouse) -> None:
    user = house.has_user(member(Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(EditProfile)(user.id, WISHES, lang="en")


async def test_a_refused_visitor_changes_nobody(house: PeopleHouse) -> None:
    user = house.has_user(member())

    with house.refuses(Unauthenticated):
        await house.make(EditProfile)(user.id, WISHES, lang="en")
