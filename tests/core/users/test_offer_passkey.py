import pytest

from core.access import Action
from core.errors import Invalid, TooMany, Unauthenticated
from core.users.errors import InvitationNotFound
from core.users.limits import INVITATION_PER_CLIENT
from core.users.use_cases.offer_passkey import OfferPasskey
from tests.core.house import CLIENT
from tests.core.makers import invitation
from tests.core.people_house import PeopleHouse


@pytest.fixture
def link(house: PeopleHouse) -> str:
    return house.invitation_tokens.make(house.has_invitation(invitation()).id)


async def test_the_browser_is_told_for_whom_it_makes_a_passkey(house: PeopleHouse, link: str) -> None:
    with house.changes_nothing():
        asked = await house.make(OfferPasskey)(link, name=" Nina ", client=CLIENT)

    [challenge] = house.challenge_tokens.issued.values()
    assert asked.options.split() == [challenge.nonce, challenge.subject, "new@example.org", "Nina"]


async def test_a_name_is_needed_and_an_open_invitation(house: PeopleHouse, link: str) -> None:
    with house.refuses(Invalid):
        await house.make(OfferPasskey)(link, name=" ", client=CLIENT)
    with house.refuses(InvitationNotFound):
        await house.make(OfferPasskey)("forged", name="Nina", client=CLIENT)


async def test_asking_without_end_ends(house: PeopleHouse, link: str) -> None:
    for _ in range(INVITATION_PER_CLIENT.times):
        await house.limiter.hit(INVITATION_PER_CLIENT, CLIENT.key)

    with house.refuses(TooMany):
        await house.make(OfferPasskey)(link, name="Nina", client=CLIENT)


async def test_who_may_not_accept_is_refused(house: PeopleHouse, link: str) -> None:
    house.forbids(Action.ACCEPT_INVITATION)

    with house.refuses(Unauthenticated):
        await house.make(OfferPasskey)(link, name="Nina", client=CLIENT)
