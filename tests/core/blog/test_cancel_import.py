import pytest

from core.blog.import_errors import ImportIsOver, ImportNotFound
from core.blog.import_runs import ImportId, ImportState
from core.blog.use_cases.cancel_import import CancelImport
from core.errors import Forbidden, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind
from tests.core.blog.imported import an_import, line
from tests.core.house import House


def cancel_import(house: House) -> CancelImport:
    return CancelImport(
        access=house.access,
        imports=house.imports,
        tasks=house.tasks,
        clock=house.clock,
        transaction=house.transaction,
    )


@pytest.mark.parametrize("state", [ImportState.CHECKING, ImportState.READY, ImportState.RUNNING])
async def test_the_owner_stops_it_and_what_came_stays_told(house: House, state: ImportState) -> None:
    house.has_import(an_import(state, added=1, total=2), line("a"))
    house.has_task(TaskKind.RUN_IMPORT, subject="import")
    house.admits(Role.OWNER)
    one = await cancel_import(house)(ImportId("import"), expected=1)
    (task,) = house.kept(house.tasks).values()
    kept = house.kept(house.imports)[one.id]

    assert (kept.one.state, kept.one.finished_at, kept.one.done) == (ImportState.CANCELLED, house.clock.now(), 1)
    assert kept.report == [line("a")]
    assert (task.kind, task.due_at, set(task.payload)) == (
        TaskKind.DELETE_FILES,
        house.clock.now(),
        set(one.parts),
    )


async def test_stopping_it_again_changes_nothing(house: House) -> None:
    one = house.has_import(an_import(ImportState.CANCELLED))
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await cancel_import(house)(one.id, expected=99) == one


@pytest.mark.parametrize("state", [ImportState.DONE, ImportState.FAILED])
async def test_what_is_over_cannot_be_stopped(house: House, state: ImportState) -> None:
    house.has_import(an_import(state))
    house.admits(Role.OWNER)

    with house.refuses(ImportIsOver):
        await cancel_import(house)(ImportId("import"))


async def test_another_version_than_the_one_that_was_read_is_refused(house: House) -> None:
    house.has_import(an_import())
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await cancel_import(house)(ImportId("import"), expected=2)


async def test_what_never_was_is_not_found(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(ImportNotFound):
        await cancel_import(house)(ImportId("none"))


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_others_are_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_import(an_import())
    house.admits(role)

    with house.refuses(error):
        await cancel_import(house)(ImportId("import"))
