import pytest

from core.competency_matrix.errors import ResourceNotFound
from core.competency_matrix.use_cases.request_resource_check import RequestResourceCheck
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import resource


async def test_editor_has_the_links_checked_at_once(house: House) -> None:
    house.admits(Role.EDITOR)

    await house.make(RequestResourceCheck)()

    (task,) = house.kept(house.tasks).values()
    assert (task.kind, task.subject, task.due_at) == (TaskKind.CHECK_RESOURCES, "", NOW)
    assert task.payload == {"since": NOW.isoformat()}


async def test_asked_for_twice_it_is_done_once_and_for_what_stands_then(house: House) -> None:
    house.admits(Role.EDITOR)
    await house.make(RequestResourceCheck)()
    house.clock.pass_(minutes=1)

    await house.make(RequestResourceCheck)()

    (task,) = house.kept(house.tasks).values()
    assert (task.due_at, task.payload) == (NOW, {"since": house.clock.now().isoformat()})


async def test_one_link_is_checked_beside_those_of_the_whole_library(house: House) -> None:
    one = house.has_resource(resource("one"))
    house.admits(Role.EDITOR)
    ask = house.make(RequestResourceCheck)

    await ask()
    await ask(one.id)
    await ask(one.id)

    assert sorted(task.subject for task in house.kept(house.tasks).values()) == ["", one.id]


async def test_what_the_library_has_not_is_not_checked(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(ResourceNotFound):
        await house.make(RequestResourceCheck)("nowhere")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_the_library_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(RequestResourceCheck)()
