from datetime import timedelta

import pytest

from core.contacts.entities import MessageState
from core.contacts.use_cases.expire_messages import ExpireMessages
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind, TaskTaken
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW

DAY = timedelta(days=1)


async def test_what_has_stayed_long_enough_is_erased_and_clients_are_forgotten(house: ContactsHouse) -> None:
    house.has_form(retention_days=90)
    house.has_message(message("over", received_at=NOW - 90 * DAY))
    house.has_message(message("spam", received_at=NOW - 30 * DAY, state=MessageState.SPAM))
    house.has_message(message("trashed", received_at=NOW - 40 * DAY, trashed_at=NOW - 30 * DAY))
    house.has_message(message("stays", received_at=NOW - 40 * DAY, client="known"))
    house.has_message(message("recent", received_at=NOW - DAY, client="known"))
    task = house.has_task(TaskKind.EXPIRE_MESSAGES)
    house.admits(Role.OPERATOR)

    await house.make(ExpireMessages)(task)

    assert {one.id: one.client for one in house.kept(house.messages).values()} == {"stays": "", "recent": "known"}
    [following] = house.kept(house.tasks).values()
    assert (following.kind, following.due_at) == (TaskKind.EXPIRE_MESSAGES, NOW + 29 * DAY)


async def test_without_messages_nothing_is_planned(house: ContactsHouse) -> None:
    task = house.has_task(TaskKind.EXPIRE_MESSAGES)
    house.admits(Role.OPERATOR)

    await house.make(ExpireMessages)(task)

    assert house.kept(house.tasks) == {}


async def test_a_task_that_was_taken_over_erases_nothing(house: ContactsHouse) -> None:
    house.has_message(message("over", received_at=NOW - 400 * DAY))
    task = house.has_task(TaskKind.EXPIRE_MESSAGES)
    await house.tasks.begin(TaskKind.EXPIRE_MESSAGES, now=NOW)
    house.transaction.settle()
    house.admits(Role.OPERATOR)

    with pytest.raises(TaskTaken):
        await house.make(ExpireMessages)(task)
    assert set(house.kept(house.messages)) == {"over"}


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_message(message("over", received_at=NOW - 400 * DAY))
    task = house.has_task(TaskKind.EXPIRE_MESSAGES)
    house.admits(role)

    with house.refuses(error):
        await house.make(ExpireMessages)(task)
