from dataclasses import replace

import pytest

from core.access import Action
from core.errors import Forbidden
from core.identity import Role
from core.users.credentials import LinkClaims, LinkPurpose
from core.users.entities import User
from core.users.errors import ResetLinkNotFound
from core.users.reset import RESET_LIFE, PasswordReset, reset_bound
from core.users.use_cases.show_password_reset import ShowPasswordReset
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


def link(house: PeopleHouse, user: User) -> str:
    claims = LinkClaims(purpose=LinkPurpose.PASSWORD_RESET, user_id=user.id, expires_at=NOW + RESET_LIFE)
    return house.link_tokens.make(claims, bound=reset_bound(user))


async def test_whoever_has_the_link_sees_whose_password_it_changes(house: PeopleHouse) -> None:
    user = house.has_user(member())

    assert await house.make(ShowPasswordReset)(link(house, user)) == PasswordReset(user=user, tokens=0)
    house.has_token(user.id)
    assert (await house.make(ShowPasswordReset)(link(house, user))).tokens == 1


@pytest.mark.parametrize("change", [{"password_hash": "new:other"}, {"disabled_at": NOW}, {"email": "new@example.org"}])
async def test_a_link_to_what_has_changed_is_worth_nothing(house: PeopleHouse, change: dict[str, str]) -> None:
    user = house.has_user(member())
    token = link(house, user)
    house.has_user(replace(user, **change))  # type: ignore[arg-type]  # each of its own field's type

    with house.refuses(ResetLinkNotFound):
        await house.make(ShowPasswordReset)(token)


async def test_forged_and_expired_links_and_those_of_the_deleted_look_the_same(house: PeopleHouse) -> None:
    token = link(house, house.has_user(member()))
    lost = link(house, member(Role.EDITOR))

    for wrong in ("forged", lost):
        with house.refuses(ResetLinkNotFound):
            await house.make(ShowPasswordReset)(wrong)
    house.clock.pass_(hours=2)
    with house.refuses(ResetLinkNotFound):
        await house.make(ShowPasswordReset)(token)


async def test_who_may_not_use_links_is_refused(house: PeopleHouse) -> None:
    token = link(house, house.has_user(member()))
    house.admits(Role.AUTHOR)
    house.forbids(Action.USE_PASSWORD_RESET)

    with house.refuses(Forbidden):
        await house.make(ShowPasswordReset)(token)
