import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from core.site.use_cases.edit_audit import EditAudit
from core.tasks import TaskKind
from tests.core.house import House


async def test_the_owner_decides_how_long_the_log_is_kept_and_that_is_in_it(house: House) -> None:
    house.admits(Role.OWNER)

    assert await house.make(EditAudit)(90) == 90

    (line,) = house.kept(house.audit)
    assert house.kept(house.audit_log.days) == 90
    assert (line.action, line.before, line.after) == (Action.EDIT_AUDIT, {"days": "365"}, {"days": "90"})
    task = house.tasks.find(TaskKind.TRIM_AUDIT)
    assert task
    assert task.due_at == house.clock.now()


async def test_the_same_again_changes_nothing(house: House) -> None:
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(EditAudit)(365) == 365


async def test_who_decided_on_what_stands_no_longer_hears_of_it(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await house.make(EditAudit)(90, expected=100)
    assert await house.make(EditAudit)(90, expected=365) == 90


@pytest.mark.parametrize("days", [0, 29, 3651])
async def test_a_log_that_is_forgotten_at_once_is_none(house: House, days: int) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(EditAudit)(days)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_else_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(EditAudit)(90)
