from core.access import Action
from core.errors import TooMany, Unauthenticated
from core.users.limits import PASSKEY_PER_CLIENT
from core.users.proofs import ChallengePurpose
from core.users.use_cases.ask_passkey import AskPasskey
from tests.core.house import CLIENT
from tests.core.makers import NOW
from tests.core.people_house import PeopleHouse


async def test_the_browser_is_asked_for_any_passkey_of_the_site(house: PeopleHouse) -> None:
    asked = await house.make(AskPasskey)(client=CLIENT)

    challenge = house.challenge_tokens.read(asked.token, ChallengePurpose.PASSKEY_SIGN_IN, now=NOW)
    assert challenge is not None
    assert asked.options == challenge.nonce


async def test_asking_without_end_ends(house: PeopleHouse) -> None:
    for _ in range(PASSKEY_PER_CLIENT.times):
        await house.limiter.hit(PASSKEY_PER_CLIENT, CLIENT.key)

    with house.refuses(TooMany):
        await house.make(AskPasskey)(client=CLIENT)


async def test_who_may_not_sign_in_is_refused(house: PeopleHouse) -> None:
    house.forbids(Action.SIGN_IN)

    with house.refuses(Unauthenticated):
        await house.make(AskPasskey)(client=CLIENT)
