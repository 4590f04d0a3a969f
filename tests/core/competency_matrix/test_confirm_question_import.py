import pytest

from core.access import Action
from core.competency_matrix.question_imports import (
    KEPT_FOR,
    QuestionImportGone,
    QuestionImportId,
    QuestionImportState,
    have_import_deleted,
    have_import_waiting,
)
from core.competency_matrix.use_cases.confirm_question_import import ConfirmQuestionImport
from core.errors import Forbidden, TerraceError, Unauthenticated, Unavailable
from core.identity import Role
from core.tasks import TaskKind
from tests.core.matrix_files_house import THIS, ImportingHouse
from tests.core.matrix_rows import row

RUN, DELETE = TaskKind.RUN_QUESTION_IMPORT, TaskKind.DELETE_FILES
READY, RUNNING = QuestionImportState.READY, QuestionImportState.RUNNING


@pytest.fixture
def owned(house: ImportingHouse) -> ImportingHouse:
    house.admits(Role.OWNER)
    return house


async def test_the_runner_gets_the_chosen_rows_to_do(owned: ImportingHouse) -> None:
    one = owned.has_file(row(2), row(3), row(4))
    await have_import_deleted(one, owned.tasks)
    owned.transaction.settle()
    owned.clock.pass_(hours=20)

    confirmed = await owned.make(ConfirmQuestionImport)(THIS, numbers=[4, 2, 4])

    assert confirmed == owned.this
    assert (confirmed.state, confirmed.numbers, confirmed.chosen) == (RUNNING, (2, 4), 2)
    assert set(confirmed.totals.values()) == {0}
    (line,) = owned.kept(owned.audit)
    assert (line.action, line.subject, line.after) == (Action.IMPORT_CONTENT, THIS, {"rows": "2"})
    tasks = {task.kind: task for task in owned.kept(owned.tasks).values()}
    assert (tasks[RUN].subject, tasks[RUN].due_at) == (THIS, owned.clock.now())
    assert tasks[DELETE].due_at == confirmed.kept_until == owned.clock.now() + KEPT_FOR


async def test_what_waited_waits_no_more(owned: ImportingHouse) -> None:
    one = owned.has_file(row(2))
    await have_import_waiting(one, owned.tasks)
    owned.transaction.settle()

    await owned.make(ConfirmQuestionImport)(THIS)

    deletions = [task.subject for task in owned.kept(owned.tasks).values() if task.kind is DELETE]
    assert deletions == [THIS]


async def test_confirming_again_changes_nothing_and_is_sure_that_it_runs(owned: ImportingHouse) -> None:
    running = owned.has_file(row(2), row(3), state=RUNNING, numbers=(3,))

    assert await owned.make(ConfirmQuestionImport)(THIS, numbers=[2]) == running

    assert (owned.this, owned.question_imports.saves) == (running, 0)
    assert [task.kind for task in owned.kept(owned.tasks).values()] == [RUN]


@pytest.mark.parametrize("state", [QuestionImportState.DONE, QuestionImportState.FAILED])
async def test_what_is_over_stays_over(owned: ImportingHouse, state: QuestionImportState) -> None:
    over = owned.has_file(row(2), state=state)

    with owned.changes_nothing():
        assert await owned.make(ConfirmQuestionImport)(THIS) == over


async def test_what_was_left_too_long_is_gone(owned: ImportingHouse) -> None:
    with owned.refuses(QuestionImportGone):
        await owned.make(ConfirmQuestionImport)(QuestionImportId("gone"))


async def test_a_store_that_is_silent_is_told(owned: ImportingHouse) -> None:
    owned.has_file(row(2))
    owned.question_imports.is_silent = True

    with owned.refuses(Unavailable):
        await owned.make(ConfirmQuestionImport)(THIS)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_import_is_refused(house: ImportingHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_file(row(2))
    house.admits(role)

    with house.refuses(error):
        await house.make(ConfirmQuestionImport)(THIS)
