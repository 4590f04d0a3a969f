from collections.abc import Collection

import pytest

from core.competency_matrix.question_imports import (
    QuestionImportGone,
    QuestionImportId,
    QuestionImportIsOver,
    QuestionImportState,
    count_waiting,
    have_import_waiting,
)
from core.competency_matrix.use_cases.cancel_question_import import CancelQuestionImport
from core.errors import Forbidden, TerraceError, Unauthenticated, Unavailable
from core.identity import Role
from core.tasks import TaskKind
from tests.core.matrix_files_house import THIS, ImportingHouse
from tests.core.matrix_rows import row

CANCELLED = QuestionImportState.CANCELLED


@pytest.fixture
def owned(house: ImportingHouse) -> ImportingHouse:
    house.admits(Role.OWNER)
    return house


def due(house: ImportingHouse) -> Collection[tuple[TaskKind, str, float]]:
    now = house.clock.now()
    found = house.kept(house.tasks).values()
    return [(task.kind, task.subject, (task.due_at - now).total_seconds()) for task in found]


async def test_a_file_that_waits_is_discarded_and_makes_room(owned: ImportingHouse) -> None:
    one = owned.has_file(row(2), row(3))
    await have_import_waiting(one, owned.tasks)
    owned.transaction.settle()

    discarded = await owned.make(CancelQuestionImport)(THIS)

    assert owned.this == discarded
    assert (discarded.state, discarded.is_over, discarded.finished_at) == (CANCELLED, True, owned.clock.now())
    assert set(discarded.totals.values()) == {0}
    assert await count_waiting(owned.tasks) == 0
    assert due(owned) == [(TaskKind.DELETE_FILES, THIS, 0.0)]
    assert await owned.question_imports.is_stopped(one), "whoever confirms it at this moment starts nothing"


async def test_an_import_is_stopped_by_its_runner(owned: ImportingHouse) -> None:
    running = owned.has_file(row(2), state=QuestionImportState.RUNNING)

    assert await owned.make(CancelQuestionImport)(THIS) == running

    assert await owned.question_imports.is_stopped(running)
    assert (owned.this, list(due(owned))) == (running, [])


async def test_one_that_was_stopped_stays_so(owned: ImportingHouse) -> None:
    stopped = owned.has_file(row(2), state=CANCELLED)

    with owned.changes_nothing():
        assert await owned.make(CancelQuestionImport)(THIS) == stopped


@pytest.mark.parametrize("state", [QuestionImportState.DONE, QuestionImportState.FAILED])
async def test_what_is_over_cannot_be_stopped(owned: ImportingHouse, state: QuestionImportState) -> None:
    owned.has_file(row(2), state=state)

    with owned.refuses(QuestionImportIsOver):
        await owned.make(CancelQuestionImport)(THIS)


async def test_what_is_gone_and_a_silent_store_are_told(owned: ImportingHouse) -> None:
    with owned.refuses(QuestionImportGone):
        await owned.make(CancelQuestionImport)(QuestionImportId("none"))
    owned.has_file(row(2))
    owned.question_imports.is_silent = True
    with owned.refuses(Unavailable):
        await owned.make(CancelQuestionImport)(THIS)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_import_is_refused(house: ImportingHouse, role: Role, error: type[TerraceError]) -> None:
    one = house.has_file(row(2))
    house.admits(role)

    with house.refuses(error):
        await house.make(CancelQuestionImport)(THIS)

    assert not await house.question_imports.is_stopped(one)
