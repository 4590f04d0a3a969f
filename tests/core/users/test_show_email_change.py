from dataclasses import replace

from core.access import Action
from core.errors import Forbidden
from core.identity import Role
from core.users.credentials import LinkClaims, LinkPurpose
from core.users.entities import User
from core.users.errors import EmailChangeNotFound
from core.users.reset import EMAIL_CHANGE_LIFE, email_bound
from core.users.use_cases.show_email_change import ShowEmailChange
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


def link(house: PeopleHouse, user: User, email: str = "new@example.org") -> str:
    until = NOW + EMAIL_CHANGE_LIFE
    claims = LinkClaims(purpose=LinkPurpose.EMAIL_CHANGE, user_id=user.id, expires_at=until, email=email)
    return house.link_tokens.make(claims, bound=email_bound(user))


async def test_whoever_has_the_link_sees_the_address(house: PeopleHouse) -> None:
    assert await house.make(ShowEmailChange)(link(house, house.has_user(member()))) == "new@example.org"


async def test_forged_used_and_expired_links_look_the_same(house: PeopleHouse) -> None:
    user = house.has_user(member())
    token, lost = link(house, user), link(house, member(Role.EDITOR))

    for wrong in ("forged", lost):
        with house.refuses(EmailChangeNotFound):
            await house.make(ShowEmailChange)(wrong)
    house.has_user(replace(user, password_hash="new:other"))
    with house.refuses(EmailChangeNotFound):
        await house.make(ShowEmailChange)(token)


async def test_who_may_not_use_links_is_refused(house: PeopleHouse) -> None:
    token = link(house, house.has_user(member()))
    house.admits(Role.AUTHOR)
    house.forbids(Action.CONFIRM_EMAIL_CHANGE)

    with house.refuses(Forbidden):
        await house.make(ShowEmailChange)(token)
