from datetime import timedelta

import pytest

from core.access import Action
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.site.use_cases.trim_audit import TrimAudit
from core.tasks import TaskKind, TaskTaken
from tests.core.house import House
from tests.core.site.lines import written


async def test_the_runner_takes_away_what_is_too_old(house: House) -> None:
    written(house, "old", days_ago=366)
    (young,) = written(house, "young", days_ago=364.9)
    task = house.has_task(TaskKind.TRIM_AUDIT)
    house.admits(Role.OPERATOR)

    await house.make(TrimAudit)(task)

    left = house.kept(house.audit_log)
    assert [event.subject for event in left if event.action is not Action.TRIM_AUDIT] == ["young"]
    again = house.tasks.find(TaskKind.TRIM_AUDIT)
    assert again
    assert again.due_at == house.clock.now() + timedelta(days=1) > young.at + timedelta(days=365)


async def test_it_looks_again_when_there_will_be_something_to_do(house: House) -> None:
    (line,) = written(house, "young", days_ago=100)
    task = house.has_task(TaskKind.TRIM_AUDIT)
    house.admits(Role.OPERATOR)

    await house.make(TrimAudit)(task)

    again = house.tasks.find(TaskKind.TRIM_AUDIT)
    assert again
    assert again.due_at == line.at + timedelta(days=365)


async def test_an_empty_log_needs_nobody(house: House) -> None:
    task = house.has_task(TaskKind.TRIM_AUDIT)
    house.admits(Role.OPERATOR)

    await house.make(TrimAudit)(task)

    assert not house.kept(house.tasks)


async def test_a_task_that_another_has_taken_trims_nothing(house: House) -> None:
    written(house, "old", days_ago=366)
    task = house.has_task(TaskKind.TRIM_AUDIT)
    await house.tasks.cancel(TaskKind.TRIM_AUDIT)
    house.transaction.settle()
    house.admits(Role.OPERATOR)

    with house.refuses(TaskTaken):
        await house.make(TrimAudit)(task)


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    task = house.has_task(TaskKind.TRIM_AUDIT)
    house.admits(role)

    with house.refuses(error):
        await house.make(TrimAudit)(task)
