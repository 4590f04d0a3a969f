from dataclasses import replace

import pytest

from core.access import Action
from core.blog.import_errors import ArchiveGone, ImportIsOver, ImportNotFound, ImportNotReady
from core.blog.import_runs import KEPT_FOR, ImportCounts, ImportId, ImportState
from core.blog.use_cases.confirm_import import ConfirmImport
from core.errors import Forbidden, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind
from tests.core.blog.imported import an_import, line
from tests.core.house import House


def confirm_import(house: House) -> ConfirmImport:
    return ConfirmImport(
        access=house.access,
        imports=house.imports,
        tasks=house.tasks,
        clock=house.clock,
        audit=house.audit,
        transaction=house.transaction,
    )


async def test_what_the_report_promises_is_brought_in(house: House) -> None:
    house.has_import(an_import(added=2, total=2), line("a"), line("b"))
    house.admits(Role.OWNER)
    house.clock.pass_(hours=23)
    one = await confirm_import(house)(ImportId("import"), expected=1)
    kept = house.kept(house.imports)[one.id]
    tasks = {task.kind: task for task in house.kept(house.tasks).values()}

    assert kept.one == one
    assert [(line.action, line.label) for line in house.kept(house.audit)] == [(Action.IMPORT_CONTENT, one.filename)]
    assert (one.state, one.counts, one.total, one.version) == (ImportState.RUNNING, ImportCounts(), 2, 2)
    assert (kept.report, kept.foreseen) == ([], [line("a"), line("b")])
    assert tasks[TaskKind.RUN_IMPORT].due_at == house.clock.now()
    assert tasks[TaskKind.DELETE_FILES].due_at == house.clock.now() + KEPT_FOR
    assert set(tasks[TaskKind.DELETE_FILES].payload) == set(one.parts)


@pytest.mark.parametrize("state", [ImportState.RUNNING, ImportState.DONE])
async def test_confirming_again_changes_nothing(house: House, state: ImportState) -> None:
    one = house.has_import(an_import(state))
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await confirm_import(house)(one.id, expected=99) == one


async def test_what_is_still_looked_through_cannot_be_confirmed(house: House) -> None:
    house.has_import(an_import(ImportState.CHECKING))
    house.admits(Role.OWNER)

    with house.refuses(ImportNotReady):
        await confirm_import(house)(ImportId("import"))


@pytest.mark.parametrize("state", [ImportState.FAILED, ImportState.CANCELLED])
async def test_what_came_to_nothing_cannot_be_confirmed(house: House, state: ImportState) -> None:
    house.has_import(an_import(state))
    house.admits(Role.OWNER)

    with house.refuses(ImportIsOver):
        await confirm_import(house)(ImportId("import"))


async def test_after_a_day_there_is_nothing_left_to_bring_in(house: House) -> None:
    house.has_import(an_import())
    house.admits(Role.OWNER)
    house.clock.pass_(hours=24)

    with house.refuses(ArchiveGone):
        await confirm_import(house)(ImportId("import"))


async def test_another_version_than_the_one_that_was_read_is_refused(house: House) -> None:
    house.has_import(replace(an_import(), version=3))
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await confirm_import(house)(ImportId("import"), expected=2)


async def test_what_never_was_is_not_found(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(ImportNotFound):
        await confirm_import(house)(ImportId("none"))


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_others_are_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_import(an_import())
    house.admits(role)

    with house.refuses(error):
        await confirm_import(house)(ImportId("import"))
