from dataclasses import replace
from datetime import timedelta

import pytest

from core.competency_matrix.resources import ResourceId
from core.competency_matrix.use_cases.check_resources import BATCH, CheckResources
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.tasks import Task, TaskKind, TaskTaken
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import resource

YESTERDAY = NOW - timedelta(days=1)


def due(house: House) -> Task:
    return house.has_task(TaskKind.CHECK_RESOURCES, since=NOW.isoformat())


async def test_every_link_is_asked_once_and_what_was_found_is_kept(house: House) -> None:
    house.has_resource(resource("well", trouble="404", checked_at=YESTERDAY))
    house.has_resource(resource("gone"))
    house.has_resource(resource("checked", checked_at=NOW + timedelta(seconds=1)))
    house.links.troubles = {"https://gone.example/": "404", "https://checked.example/": "timeout"}
    house.clock.pass_(minutes=1)
    house.admits(Role.OPERATOR)

    await house.make(CheckResources)(due(house))

    kept = house.kept(house.resources)
    found = {str(one.id): (one.trouble, one.checked_at, one.version) for one in kept.values()}
    assert found["well"] == ("", house.clock.now(), 1)
    assert found["gone"] == ("404", house.clock.now(), 1)
    assert found["checked"] == ("", NOW + timedelta(seconds=1), 1)
    assert sorted(house.links.asked) == ["https://gone.example/", "https://well.example/"]
    assert house.kept(house.tasks) == {}
    assert house.transaction.rests == 1


async def test_one_that_was_asked_for_is_checked_alone_however_lately_it_was(house: House) -> None:
    house.has_resource(resource("one", checked_at=NOW + timedelta(seconds=1)))
    house.has_resource(resource("other"))
    house.links.troubles = {"https://one.example/": "404"}
    house.clock.pass_(minutes=1)
    house.admits(Role.OPERATOR)

    await house.make(CheckResources)(house.has_task(TaskKind.CHECK_RESOURCES, subject="one", since=NOW.isoformat()))
    await house.make(CheckResources)(house.has_task(TaskKind.CHECK_RESOURCES, subject="gone", since=NOW.isoformat()))

    assert house.links.asked == ["https://one.example/"]
    assert house.kept(house.resources)[ResourceId("one")].trouble == "404"
    assert house.kept(house.tasks) == {}


async def test_a_great_many_are_checked_by_one_task_after_the_other(house: House) -> None:
    for number in range(BATCH + 1):
        house.has_resource(resource(f"r{number}"))
    house.clock.pass_(minutes=1)
    house.admits(Role.OPERATOR)
    check = house.make(CheckResources)

    await check(due(house))
    assert len(house.links.asked) == BATCH

    following = await house.tasks.begin(TaskKind.CHECK_RESOURCES, now=house.clock.now())
    house.transaction.settle()
    assert following is not None
    assert following.payload == {"since": NOW.isoformat()}
    await check(following)

    assert len(set(house.links.asked)) == len(house.links.asked) == BATCH + 1
    assert house.kept(house.tasks) == {}


async def test_an_empty_library_is_soon_checked(house: House) -> None:
    house.admits(Role.OPERATOR)

    await house.make(CheckResources)(due(house))

    assert (house.links.asked, house.kept(house.tasks)) == ([], {})


class Meanwhile:
    """While it looks, somebody gives the resource another address."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def check(self, url: str) -> str:
        moved = replace(self._house.resources.kept[ResourceId("gone")], url="https://new.example/", version=2)
        self._house.has_resource(moved)
        return "404"


async def test_what_was_found_at_an_address_says_nothing_of_another(house: House) -> None:
    house.has_resource(resource("gone"))
    house.admits(Role.OPERATOR)
    check = replace(house.make(CheckResources), links=Meanwhile(house))

    await check(due(house))

    (kept,) = house.kept(house.resources).values()
    assert (kept.url, kept.trouble, kept.checked_at) == ("https://new.example/", "", None)


async def test_a_task_that_was_taken_over_keeps_nothing(house: House) -> None:
    own = house.has_resource(resource("gone"))
    task = due(house)
    await house.tasks.begin(TaskKind.CHECK_RESOURCES, now=NOW)
    house.transaction.settle()
    house.admits(Role.OPERATOR)

    with pytest.raises(TaskTaken):
        await house.make(CheckResources)(task)
    assert house.kept(house.resources) == {own.id: own}


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_resource(resource("gone"))
    task = due(house)
    house.admits(role)

    with house.refuses(error):
        await house.make(CheckResources)(task)
    assert house.links.asked == []
