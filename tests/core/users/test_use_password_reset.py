from dataclasses import replace

import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, TooMany
from core.identity import Role
from core.mail import LetterKind
from core.users.credentials import LinkClaims, LinkPurpose
from core.users.entities import User
from core.users.errors import ResetLinkNotFound
from core.users.limits import RESET_LINK_PER_CLIENT
from core.users.reset import RESET_LIFE, reset_bound
from core.users.use_cases.use_password_reset import UsePasswordReset
from tests.core.house import CLIENT
from tests.core.makers import NOW, member, stay
from tests.core.people_house import PeopleHouse

NEW = "quite another one"


def link(house: PeopleHouse, user: User) -> str:
    claims = LinkClaims(purpose=LinkPurpose.PASSWORD_RESET, user_id=user.id, expires_at=NOW + RESET_LIFE)
    return house.link_tokens.make(claims, bound=reset_bound(user))


async def test_the_password_is_new_all_sessions_end_and_she_is_told(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.has_session(stay())
    others = house.has_session(stay(Role.EDITOR))

    await house.make(UsePasswordReset)(link(house, user), password=NEW, client=CLIENT)

    assert house.kept(house.users)[user.id] == replace(user, password_hash=f"new:{NEW}")
    assert house.kept(house.sessions) == {others.id: others}
    [letter] = house.kept(house.outbox)
    assert (letter.kind, letter.to) == (LetterKind.SIGN_IN_CHANGED, user.email)
    [recorded] = house.kept(house.audit)
    assert (recorded.action, recorded.subject) == (Action.USE_PASSWORD_RESET, user.id)
    assert house.transaction.rests == 1


@pytest.mark.parametrize("ends_tokens", [True, False])
async def test_tokens_end_when_she_says_so(house: PeopleHouse, ends_tokens: bool) -> None:
    user, other = house.has_user(member()), house.has_user(member(Role.EDITOR))
    hers, others = house.has_token(user.id), house.has_token(other.id)

    await house.make(UsePasswordReset)(link(house, user), password=NEW, client=CLIENT, ends_tokens=ends_tokens)

    tokens = house.kept(house.api_tokens)
    assert (tokens[hers.id].revoked_at, tokens[others.id].revoked_at) == (NOW if ends_tokens else None, None)
    [recorded] = house.kept(house.audit)
    assert recorded.after == ({"revoked_tokens": "1"} if ends_tokens else {})


async def test_a_link_works_once_and_the_second_use_is_noted(house: PeopleHouse) -> None:
    token = link(house, house.has_user(member()))
    await house.make(UsePasswordReset)(token, password=NEW, client=CLIENT)

    with house.refuses(ResetLinkNotFound):
        await house.make(UsePasswordReset)(token, password="and a third one", client=CLIENT)

    [refused] = house.refusals.kept
    assert (refused.action, refused.subject, refused.reason) == (
        Action.USE_PASSWORD_RESET,
        "author",
        "reset_link_not_found",
    )


async def test_forged_links_and_those_of_the_shut_out_are_worth_nothing(house: PeopleHouse) -> None:
    token = link(house, house.has_user(member(disabled_at=NOW)))

    for wrong in ("forged", token):
        with house.refuses(ResetLinkNotFound):
            await house.make(UsePasswordReset)(wrong, password=NEW, client=CLIENT)


async def test_an_expired_link_is_worth_nothing(house: PeopleHouse) -> None:
    token = link(house, house.has_user(member()))
    house.clock.pass_(hours=2)

    with house.refuses(ResetLinkNotFound):
        await house.make(UsePasswordReset)(token, password=NEW, client=CLIENT)


async def test_a_poor_password_is_refused_and_the_link_still_works(house: PeopleHouse) -> None:
    token = link(house, house.has_user(member()))

    with house.refuses(Invalid):
        await house.make(UsePasswordReset)(token, password="short", client=CLIENT)
    await house.make(UsePasswordReset)(token, password=NEW, client=CLIENT)


async def test_guessing_is_limited(house: PeopleHouse) -> None:
    for _ in range(RESET_LINK_PER_CLIENT.times):
        with house.refuses(ResetLinkNotFound):
            await house.make(UsePasswordReset)("forged", password=NEW, client=CLIENT)

    with house.refuses(TooMany):
        await house.make(UsePasswordReset)("forged", password=NEW, client=CLIENT)


async def test_who_may_not_use_links_is_refused(house: PeopleHouse) -> None:
    token = link(house, house.has_user(member()))
    house.admits(Role.AUTHOR)
    house.forbids(Action.USE_PASSWORD_RESET)

    with house.refuses(Forbidden):
        await house.make(UsePasswordReset)(token, password=NEW, client=CLIENT)
