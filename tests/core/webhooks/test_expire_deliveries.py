from datetime import timedelta

import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind, TaskTaken
from core.webhooks.deliveries import KEPT
from core.webhooks.use_cases.expire_deliveries import ExpireDeliveries
from tests.core.makers import NOW
from tests.core.webhooks_house import WebhooksHouse

DAY = timedelta(days=1)


async def test_what_is_a_month_old_is_forgotten_and_the_next_is_waited_for(house: WebhooksHouse) -> None:
    for days in (29, 30, 31):
        house.has_delivery(str(days), created_at=NOW - days * DAY)
    task = house.has_task(TaskKind.EXPIRE_DELIVERIES)
    house.admits(Role.OPERATOR)

    await house.make(ExpireDeliveries)(task)

    assert [*house.kept(house.deliveries)] == ["29"]
    (following,) = house.kept(house.tasks).values()
    assert (following.kind, following.due_at) == (TaskKind.EXPIRE_DELIVERIES, NOW - 29 * DAY + KEPT)


async def test_without_deliveries_nothing_is_planned(house: WebhooksHouse) -> None:
    task = house.has_task(TaskKind.EXPIRE_DELIVERIES)
    house.admits(Role.OPERATOR)

    await house.make(ExpireDeliveries)(task)

    assert house.kept(house.tasks) == {}


async def test_what_somebody_else_has_done_meanwhile_is_not_done_again(house: WebhooksHouse) -> None:
    task = house.has_task(TaskKind.EXPIRE_DELIVERIES)
    house.admits(Role.OPERATOR)
    await house.tasks.cancel(task.kind, subject=task.subject)
    house.transaction.settle()

    with house.refuses(TaskTaken):
        await house.make(ExpireDeliveries)(task)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    task = house.has_task(TaskKind.EXPIRE_DELIVERIES)
    house.admits(role)

    with house.refuses(error):
        await house.make(ExpireDeliveries)(task)
