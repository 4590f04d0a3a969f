from dataclasses import replace

import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.mail import LetterKind
from core.tasks import Task, TaskKind, TaskTaken
from core.users.credentials import LinkPurpose
from core.users.use_cases.send_reset_link import SendResetLink
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


def asked(house: PeopleHouse, email: str) -> Task:
    return house.has_task(TaskKind.SEND_RESET_LINK, subject="random", email=house.box.seal(email))


async def test_whoever_has_the_address_gets_a_link(house: PeopleHouse) -> None:
    user = house.has_user(replace(member(), locale="ru"))
    house.admits(Role.OPERATOR)

    await house.make(SendResetLink)(asked(house, user.email))

    [letter] = house.kept(house.outbox)
    assert (letter.kind, letter.to, letter.lang) == (LetterKind.RESET_LINK, user.email, "ru")
    token = letter.values["path"].removeprefix("/password-reset/")
    claims = house.link_tokens.read(token, LinkPurpose.PASSWORD_RESET, now=NOW)
    assert claims is not None
    assert claims.user_id == user.id
    assert house.kept(house.tasks) == {}


async def test_nobody_gets_one_where_nobody_has_the_address_or_who_has_it_is_shut_out(house: PeopleHouse) -> None:
    house.has_user(member(disabled_at=NOW))
    house.admits(Role.OPERATOR)

    for email in ("nobody@example.org", member().email):
        await house.make(SendResetLink)(asked(house, email))

    assert house.kept(house.outbox) == []
    assert house.kept(house.tasks) == {}


async def test_what_another_runner_does_is_done_once(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.OPERATOR)
    task = asked(house, user.email)
    await house.make(SendResetLink)(task)

    with pytest.raises(TaskTaken):
        await house.make(SendResetLink)(task)

    assert len(house.kept(house.outbox)) == 1


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_nobody_at_the_site_may_not_do_without_the_runner(
    house: PeopleHouse, role: Role, error: type[Forbidden | Unauthenticated]
) -> None:
    task = asked(house, house.has_user(member()).email)
    house.admits(role)

    with house.refuses(error):
        await house.make(SendResetLink)(task)
