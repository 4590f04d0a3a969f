from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from core.access import Action
from core.errors import Forbidden, TooMany, Unauthenticated
from core.identity import Role
from core.mail import LetterKind
from core.users.credentials import TokenKind
from core.users.devices import MOST_DEVICES
from core.users.entities import SessionKind
from core.users.errors import WrongCredentials
from core.users.factor_errors import CodeUsed, OtpNeeded, WrongCode
from core.users.limits import SIGN_IN_PER_ACCOUNT, SIGN_IN_PER_CLIENT
from core.users.proofs import ChallengePurpose
from core.users.second_step import SecondStepAsked
from core.users.signed_in import SignedIn
from core.users.use_cases.sign_in import SignIn
from tests.core.fakes.credentials import FakePasswords
from tests.core.fakes.factors import app_of, code_now, drawer_of
from tests.core.house import CLIENT, House
from tests.core.makers import NOW, PASSWORD, member
from tests.core.people_house import PeopleHouse


def sign_in(house: House) -> Callable[..., Awaitable[SignedIn]]:
    """At once: by those who have no second factor, or by programs with a code."""

    async def at_once(email: str, password: str, **rest: Any) -> SignedIn:
        found = await house.make(SignIn)(email, password, **rest)
        assert isinstance(found, SignedIn)
        return found

    return at_once


async def test_member_signs_in_with_a_browser_and_gets_a_cookie(house: House) -> None:
    user = house.has_user(member())

    signed_in = await sign_in(house)(f"  {user.email.upper()}", PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)

    assert house.kept(house.sessions) == {signed_in.session.id: signed_in.session}
    assert signed_in.actor == user.acting(signed_in.session.id)
    assert signed_in.session.user_agent == "Firefox"
    assert signed_in.pair is None
    claims = house.tokens.read(signed_in.cookie or "", TokenKind.BROWSER, now=NOW)
    assert claims is not None
    assert (claims.session_id, claims.expires_at) == (signed_in.session.id, signed_in.session.ends_at)


async def test_program_signs_in_and_gets_a_pair_of_tokens(house: House) -> None:
    user = house.has_user(member())

    signed_in = await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.API)

    assert signed_in.cookie is None
    assert signed_in.pair is not None
    assert house.tokens.read(signed_in.pair.access_token, TokenKind.ACCESS, now=NOW) is not None
    assert signed_in.session.id in house.kept(house.sessions)


async def test_the_connection_rests_while_the_password_is_compared(house: House) -> None:
    user = house.has_user(member())

    await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)

    assert house.transaction.rests == 1


class Slow(FakePasswords):
    """Something happens while it makes a hash."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    async def hash(self, password: str) -> str:
        self._meanwhile()
        return await super().hash(password)


async def test_what_changed_while_a_hash_was_made_stays_changed(house: House) -> None:
    user = house.has_user(member(password_hash=f"old:{PASSWORD}"))
    changed = replace(user, role=Role.VIEWER)
    use_case = replace(house.make(SignIn), passwords=Slow(lambda: house.has_user(changed)))

    await use_case(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)

    assert house.kept(house.users)[user.id] == replace(changed, password_hash=f"new:{PASSWORD}")


@pytest.mark.parametrize("change", [{"disabled_at": NOW}, {"password_hash": "new:another"}])
async def test_who_was_shut_out_meanwhile_stays_out(house: House, change: dict[str, Any]) -> None:
    user = house.has_user(member(password_hash=f"old:{PASSWORD}"))
    changed = replace(user, **change)
    use_case = replace(house.make(SignIn), passwords=Slow(lambda: house.has_user(changed)))

    with pytest.raises(WrongCredentials):
        await use_case(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)
    assert house.kept(house.users)[user.id] == changed
    assert house.kept(house.sessions) == {}


async def test_a_hash_of_weaker_times_is_strengthened(house: House) -> None:
    user = house.has_user(member(password_hash=f"old:{PASSWORD}"))

    await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)

    assert house.kept(house.users)[user.id].password_hash == f"new:{PASSWORD}"


async def test_an_unknown_address_is_refused_after_the_same_work(house: House) -> None:
    with house.refuses(WrongCredentials):
        await sign_in(house)("nobody@example.org", PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)

    assert house.passwords.comparisons == 1


@pytest.mark.parametrize("password", ["", "open sesamE", PASSWORD + " "])
async def test_a_wrong_password_is_refused(house: House, password: str) -> None:
    user = house.has_user(member())

    with house.refuses(WrongCredentials):
        await sign_in(house)(user.email, password, client=CLIENT, kind=SessionKind.BROWSER)

    assert house.passwords.comparisons == 1


async def test_who_has_no_password_yet_is_refused(house: House) -> None:
    user = house.has_user(member(password_hash=None))

    with house.refuses(WrongCredentials):
        await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)


async def test_a_refused_disabled_member_hears_what_everybody_hears(house: House) -> None:
    user = house.has_user(member(disabled_at=NOW))

    with house.refuses(WrongCredentials):
        await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)

    assert house.passwords.comparisons == 1


async def test_guessing_at_one_account_ends_wherever_it_comes_from(house: House) -> None:
    user = house.has_user(member())
    for _ in range(SIGN_IN_PER_ACCOUNT.times):
        await house.limiter.hit(SIGN_IN_PER_ACCOUNT, user.email)

    with house.refuses(TooMany):
        await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)

    assert house.passwords.comparisons == 0


async def test_guessing_from_one_place_ends_whatever_the_account(house: House) -> None:
    user = house.has_user(member())
    for _ in range(SIGN_IN_PER_CLIENT.times):
        await house.limiter.hit(SIGN_IN_PER_CLIENT, CLIENT.key)

    with house.refuses(TooMany):
        await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)


async def test_failed_tries_count(house: House) -> None:
    user = house.has_user(member())
    for _ in range(SIGN_IN_PER_ACCOUNT.times):
        with house.refuses(WrongCredentials):
            await sign_in(house)(user.email, "a guess", client=CLIENT, kind=SessionKind.BROWSER)

    with house.refuses(TooMany):
        await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.VIEWER, Forbidden)])
async def test_a_refused_actor_does_not_sign_in_where_the_site_says_so(
    house: House, role: Role, error: type[Unauthenticated | Forbidden]
) -> None:
    user = house.has_user(member())
    house.admits(role)
    house.forbids(Action.SIGN_IN)

    with house.refuses(error):
        await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)

    assert house.limiter.hits == {}


async def test_somebody_disabled_while_the_password_is_compared_stays_out(house: House) -> None:
    user = house.has_user(member())

    class Slow(FakePasswords):
        async def verify(self, password: str, password_hash: str | None) -> bool:
            await house.users.save(replace(user, disabled_at=NOW))
            return await super().verify(password, password_hash)

    with pytest.raises(WrongCredentials):
        await replace(house.make(SignIn), passwords=Slow())(
            user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER
        )
    assert house.kept(house.sessions) == {}


async def test_the_first_device_is_news_to_nobody_and_a_second_one_is_told_by_mail(house: PeopleHouse) -> None:
    user = house.has_user(member())

    first = await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)
    assert house.kept(house.outbox) == []
    await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER, mark=first.mark)
    assert house.kept(house.outbox) == []
    second = await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER, mark="forged")

    assert second.mark not in ("forged", first.mark)
    [letter] = house.kept(house.outbox)
    assert (letter.kind, letter.to, letter.values["device"]) == (LetterKind.NEW_DEVICE, user.email, "Firefox")
    assert letter.values["at"] == NOW.isoformat()
    assert len(house.kept(house.users.beside)[user.id][1]) == 2


async def test_programs_are_known_by_name_and_place(house: PeopleHouse) -> None:
    user = house.has_user(member())

    for client in (CLIENT, CLIENT, replace(CLIENT, key="elsewhere")):
        await sign_in(house)(user.email, PASSWORD, client=client, kind=SessionKind.API)

    assert [letter.kind for letter in house.kept(house.outbox)] == [LetterKind.NEW_DEVICE]


async def test_the_oldest_devices_are_forgotten(house: PeopleHouse) -> None:
    user = house.has_user(member())

    for number in range(MOST_DEVICES + 2):
        client = replace(CLIENT, key=f"place {number // 5}")
        await sign_in(house)(user.email, PASSWORD, client=client, kind=SessionKind.BROWSER)
        house.clock.pass_(days=1)

    assert len(house.kept(house.users.beside)[user.id][1]) == MOST_DEVICES


async def test_a_refused_sign_in_is_noted_with_the_account_if_there_is_one(house: PeopleHouse) -> None:
    user = house.has_user(member())

    for email in (user.email, "my password"):
        with house.refuses(WrongCredentials):
            await sign_in(house)(email, "wrong password", client=CLIENT, kind=SessionKind.BROWSER)

    assert [(one.action, one.label) for one in house.refusals.kept] == [
        (Action.SIGN_IN, user.email),
        (Action.SIGN_IN, ""),
    ]


async def test_a_browser_is_asked_for_the_second_step_and_nothing_begins(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.has_factor(app_of(user.id, NOW))

    asked = await house.make(SignIn)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)

    assert isinstance(asked, SecondStepAsked)
    challenge = house.challenge_tokens.read(asked.token, ChallengePurpose.SECOND_STEP, now=NOW)
    assert challenge is not None
    assert challenge.subject == user.id
    assert house.kept(house.sessions) == {}


async def test_a_program_is_asked_for_a_code_after_the_right_password_only(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.has_factor(app_of(user.id, NOW))

    with house.refuses(OtpNeeded):
        await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.API)
    with house.refuses(WrongCredentials):
        await sign_in(house)(user.email, "wrong password", client=CLIENT, kind=SessionKind.API, otp=code_now(NOW))


async def test_a_program_signs_in_with_a_code_once(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.has_factor(app_of(user.id, NOW))
    house.has_factor(drawer_of(user.id, NOW, "spare-1"))

    signed_in = await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.API, otp=code_now(NOW))
    assert signed_in.pair is not None
    with house.refuses(CodeUsed):
        await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.API, otp=code_now(NOW))
    with house.refuses(WrongCode):
        await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.API, otp="000000")
    await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.API, otp="spare-1")
    with house.refuses(WrongCode):
        await sign_in(house)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.API, otp="spare-1")

    assert [one.reason for one in house.refusals.kept] == ["code_used", "wrong_code", "wrong_code"]
