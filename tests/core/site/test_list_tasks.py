import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.site.use_cases.list_tasks import ListTasks
from core.tasks import TaskKind
from tests.core.house import House


def list_tasks(house: House) -> ListTasks:
    return ListTasks(access=house.access, tasks=house.tasks)


async def test_the_operator_sees_what_is_due(house: House) -> None:
    task = house.has_task(TaskKind.EMPTY_TRASH, subject="p")
    house.admits(Role.OPERATOR)

    assert await list_tasks(house)() == [task]


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await list_tasks(house)()
