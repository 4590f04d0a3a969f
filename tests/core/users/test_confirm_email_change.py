from core.access import Action
from core.errors import Forbidden, TooMany
from core.identity import Role
from core.mail import LetterKind
from core.users.credentials import LinkClaims, LinkPurpose
from core.users.entities import User
from core.users.errors import EmailChangeNotFound, EmailTaken
from core.users.limits import EMAIL_LINK_PER_CLIENT
from core.users.reset import EMAIL_CHANGE_LIFE, email_bound
from core.users.use_cases.confirm_email_change import ConfirmEmailChange
from tests.core.house import CLIENT
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


def link(house: PeopleHouse, user: User, email: str = "new@example.org") -> str:
    until = NOW + EMAIL_CHANGE_LIFE
    claims = LinkClaims(purpose=LinkPurpose.EMAIL_CHANGE, user_id=user.id, expires_at=until, email=email)
    return house.link_tokens.make(claims, bound=email_bound(user))


async def test_the_new_address_signs_her_in_and_the_old_one_is_told(house: PeopleHouse) -> None:
    user = house.has_user(member())

    await house.make(ConfirmEmailChange)(link(house, user), client=CLIENT)

    assert house.kept(house.users)[user.id].email == "new@example.org"
    [letter] = house.kept(house.outbox)
    assert (letter.kind, letter.to, letter.values["new_email"]) == (
        LetterKind.EMAIL_CHANGED,
        user.email,
        "new@example.org",
    )
    [recorded] = house.kept(house.audit)
    assert (recorded.before, recorded.after) == ({"email": user.email}, {"email": "new@example.org"})


async def test_a_link_works_once_and_the_second_use_is_noted(house: PeopleHouse) -> None:
    token = link(house, house.has_user(member()))
    await house.make(ConfirmEmailChange)(token, client=CLIENT)

    for wrong in (token, "forged"):
        with house.refuses(EmailChangeNotFound):
            await house.make(ConfirmEmailChange)(wrong, client=CLIENT)

    assert [one.subject for one in house.refusals.kept] == ["author", ""]


async def test_an_address_that_somebody_has_by_now_is_refused(house: PeopleHouse) -> None:
    other = house.has_user(member(Role.EDITOR))

    token = link(house, house.has_user(member()), other.email)

    with house.refuses(EmailTaken):
        await house.make(ConfirmEmailChange)(token, client=CLIENT)


async def test_guessing_is_limited(house: PeopleHouse) -> None:
    for _ in range(EMAIL_LINK_PER_CLIENT.times):
        with house.refuses(EmailChangeNotFound):
            await house.make(ConfirmEmailChange)("forged", client=CLIENT)

    with house.refuses(TooMany):
        await house.make(ConfirmEmailChange)("forged", client=CLIENT)


async def test_who_may_not_use_links_is_refused(house: PeopleHouse) -> None:
    token = link(house, house.has_user(member()))
    house.admits(Role.AUTHOR)
    house.forbids(Action.CONFIRM_EMAIL_CHANGE)

    with house.refuses(Forbidden):
        await house.make(ConfirmEmailChange)(token, client=CLIENT)
