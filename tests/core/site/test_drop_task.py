import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.site.use_cases.drop_task import DropTask
from core.tasks import Task, TaskId, TaskKind, TaskNotFound
from tests.core.house import House


async def failed(house: House) -> Task:
    task = house.has_task(TaskKind.SEND_MAIL, subject="letter")
    await house.tasks.postpone(task, error="550 nobody", due_at=None)
    house.transaction.settle()
    return house.tasks.kept[task.id]


async def test_the_operator_has_what_has_failed_forgotten(house: House) -> None:
    task = await failed(house)
    house.admits(Role.OPERATOR)

    assert await house.make(DropTask)(task.id) == task

    assert house.kept(house.tasks) == {}


async def test_what_is_still_tried_stays(house: House) -> None:
    task = house.has_task(TaskKind.SEND_MAIL)
    house.admits(Role.OPERATOR)

    for task_id in (task.id, TaskId(5)):
        with house.refuses(TaskNotFound):
            await house.make(DropTask)(task_id)


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    task = await failed(house)
    house.admits(role)

    with house.refuses(error):
        await house.make(DropTask)(task.id)
