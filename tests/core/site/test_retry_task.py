from datetime import timedelta

import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.site.use_cases.retry_task import RetryTask
from core.tasks import Task, TaskId, TaskKind, TaskNotFound
from tests.core.house import House


def retry_task(house: House) -> RetryTask:
    return RetryTask(access=house.access, tasks=house.tasks, clock=house.clock, transaction=house.transaction)


async def failed(house: House) -> Task:
    task = house.has_task(TaskKind.DELETE_FILES, subject="key")
    await house.tasks.postpone(task, error="no", due_at=None)
    house.transaction.settle()
    return house.tasks.kept[task.id]


async def test_the_operator_has_a_failed_task_tried_again(house: House) -> None:
    task = await failed(house)
    house.admits(Role.OPERATOR)
    house.clock.at += timedelta(days=1)
    await retry_task(house)(task.id)

    again = house.kept(house.tasks)[task.id]
    assert (again.failed_at, again.attempts, again.due_at) == (None, 0, house.clock.now())


async def test_what_is_being_done_is_not_there_to_be_retried(house: House) -> None:
    task = house.has_task(TaskKind.DELETE_FILES)
    house.admits(Role.OPERATOR)

    for task_id in (task.id, TaskId(5)):
        with house.refuses(TaskNotFound):
            await retry_task(house)(task_id)


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    task = await failed(house)
    house.admits(role)

    with house.refuses(error):
        await retry_task(house)(task.id)
