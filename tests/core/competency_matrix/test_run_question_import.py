from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Action
from core.competency_matrix.files import BadMatrixFile
from core.competency_matrix.import_turn import GIVEN_UP, PAUSE, PULSE, TURN, UNFORESEEN
from core.competency_matrix.importing import RowOutcome
from core.competency_matrix.planting import SheetCode
from core.competency_matrix.question_imports import QuestionImport, QuestionImportState
from core.competency_matrix.use_cases.run_question_import import RunQuestionImport
from core.errors import Forbidden, Invalid, Problem, TerraceError, Unauthenticated, Unavailable
from core.identity import Role
from core.markdown import Rendered, Surroundings
from core.tasks import MOST_ATTEMPTS, Task, TaskKind, TaskTaken
from tests.core.fakes.markdown import FakeMarkdown
from tests.core.fakes.matrix_files import MemoryQuestionImports
from tests.core.matrix_files_house import THIS, ImportingHouse
from tests.core.matrix_makers import question, sheet
from tests.core.matrix_rows import row

RUN = TaskKind.RUN_QUESTION_IMPORT
RUNNING, DONE, FAILED = QuestionImportState.RUNNING, QuestionImportState.DONE, QuestionImportState.FAILED
ADDED, PRESENT, REFUSED, SKIPPED = RowOutcome.ADDED, RowOutcome.PRESENT, RowOutcome.REFUSED, RowOutcome.SKIPPED
FIRST, SECOND, THIRD = row(2), row(3, slug="two", question="Two?"), row(4, slug="three", question="Three?")


class Slow(FakeMarkdown):
    """Each text takes as long as *pause*, the first time *breaks* ends it."""

    def __init__(self, house: ImportingHouse, pause: timedelta = timedelta(), breaks: Exception | None = None) -> None:
        super().__init__()
        self._house, self._pause, self._breaks = house, pause, breaks

    async def render(self, source: str, *, lang: str, around: Surroundings | None = None) -> Rendered:
        self._house.clock.pass_(seconds=self._pause.total_seconds())
        if self._breaks is not None:
            error, self._breaks = self._breaks, None
            raise error
        return await super().render(source, lang=lang, around=around)


@pytest.fixture
def working(house: ImportingHouse) -> ImportingHouse:
    house.has_sheet(sheet())
    house.admits(Role.OPERATOR)
    return house


def task_of(house: ImportingHouse, *, attempts: int = 1) -> Task:
    task = replace(house.has_task(RUN, subject=THIS), attempts=attempts)
    house.tasks.kept[task.id] = task
    house.transaction.settle()
    return task


async def run(house: ImportingHouse, *, attempts: int = 1) -> None:
    await house.make(RunQuestionImport)(task_of(house, attempts=attempts))


def runs_left(house: ImportingHouse) -> list[Task]:
    return [task for task in house.kept(house.tasks).values() if task.kind is RUN]


def outcomes(house: ImportingHouse) -> list[tuple[int, RowOutcome]]:
    return [(one.number, one.outcome) for one in house.this.rows]


async def test_the_chosen_rows_come_and_each_has_its_line(working: ImportingHouse) -> None:
    working.has_question(question("lambda", asked="Two?"))
    wrong = row(5, grade="guru")
    working.has_file(
        FIRST, SECOND, THIRD, wrong, sheets=(SheetCode(key="rust", name="Rust"),), state=RUNNING, numbers=(2, 3, 5)
    )

    await run(working)

    one = working.this
    assert (one.state, one.finished_at, one.sheets) == (DONE, working.clock.now(), ("rust",))
    assert outcomes(working) == [(2, ADDED), (3, ADDED), (5, REFUSED)]
    assert one.totals == {ADDED: 2, PRESENT: 0, SKIPPED: 1, REFUSED: 1}
    assert [problem.field for problem in one.rows[2].problems] == ["grade"]
    kept = working.kept(working.questions)
    first = next(each for each in kept.values() if each.slug == "closure")
    assert (one.rows[0].slug, one.rows[0].question_id, first.author_id) == ("closure", first.id, "owner")
    assert not runs_left(working)


async def test_without_a_choice_those_that_are_new_come(working: ImportingHouse) -> None:
    working.has_question(question("lambda", asked="Two?"))
    working.has_file(FIRST, SECOND, state=RUNNING)

    await run(working)

    assert outcomes(working) == [(2, ADDED), (3, PRESENT)]
    assert (working.this.rows[1].slug, working.this.rows[1].question_id) == ("lambda", "lambda")


async def test_after_a_minute_others_have_their_turn_and_then_it_goes_on(working: ImportingHouse) -> None:
    working.has_file(FIRST, SECOND, THIRD, state=RUNNING)
    working.markdown = Slow(working, TURN / 4)

    await run(working)

    assert (working.this.state, outcomes(working)[0]) == (RUNNING, (2, ADDED))
    assert len(working.this.rows) < 3
    (waiting,) = runs_left(working)
    assert (waiting.subject, waiting.due_at) == (THIS, working.clock.now() + PAUSE)
    working.tasks.kept.clear()
    working.markdown = FakeMarkdown()
    await run(working)

    assert outcomes(working) == [(2, ADDED), (3, ADDED), (4, ADDED)]
    assert working.this.state is DONE


async def test_who_looks_at_it_sees_it_move(working: ImportingHouse) -> None:
    working.has_file(FIRST, SECOND, THIRD, state=RUNNING)
    working.markdown = Slow(working, PULSE)

    await run(working)

    assert working.question_imports.saves == 3


async def test_an_interrupted_try_brings_no_double_a_second_time(working: ImportingHouse) -> None:
    working.has_question(question("lambda", asked="Two?"))
    working.has_file(FIRST, SECOND, state=RUNNING, numbers=(2, 3))

    await run(working, attempts=2)

    assert outcomes(working) == [(2, ADDED), (3, PRESENT)]


async def test_somebody_who_changes_a_sheet_meanwhile_ends_the_turn(working: ImportingHouse) -> None:
    working.has_file(FIRST, row(3, slug="two", question="Two?", subsection="Closures"), state=RUNNING)
    working.sheets.kept = (sheet(),)
    working.markdown = Meddling(working)

    await run(working)

    assert (working.this.state, outcomes(working)) == (RUNNING, [(2, ADDED)])
    working.tasks.kept.clear()
    await run(working)
    assert (working.this.state, outcomes(working)) == (DONE, [(2, ADDED), (3, ADDED)])


class Meddling(FakeMarkdown):
    """While it renders for the first time, somebody saves the sheet."""

    def __init__(self, house: ImportingHouse) -> None:
        super().__init__()
        self._house = house

    async def render(self, source: str, *, lang: str, around: Surroundings | None = None) -> Rendered:
        if not self.renders:
            self._house.sheets.kept = (replace(sheet(), version=2),)
            self._house.transaction.settle()
        return await super().render(source, lang=lang, around=around)


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (RuntimeError("nobody thought of it"), Problem.of("row", UNFORESEEN)),
        (Invalid(Problem.of("answer", "Too long.")), Problem.of("answer", "Too long.")),
    ],
)
async def test_one_row_that_fails_holds_up_none_of_the_others(
    working: ImportingHouse, error: Exception, problem: Problem
) -> None:
    working.has_file(FIRST, SECOND, state=RUNNING)
    working.markdown = Slow(working, breaks=error)

    await run(working)

    assert outcomes(working) == [(2, REFUSED), (3, ADDED)]
    assert working.this.rows[0].problems == (problem,)


async def test_a_file_that_cannot_be_read_any_more_is_told(working: ImportingHouse) -> None:
    working.has_file(FIRST, state=RUNNING)
    working.matrix_files.breaks = BadMatrixFile("Broken.")

    await run(working)

    assert (working.this.state, working.this.error) == (FAILED, Problem.of("file", "Broken."))
    assert not runs_left(working)


async def test_what_fails_again_and_again_is_given_up(working: ImportingHouse) -> None:
    working.has_file(FIRST, state=RUNNING)
    working.matrix_files.breaks = RuntimeError("again")

    with pytest.raises(RuntimeError):
        await run(working)
    assert working.this.state is RUNNING
    working.tasks.kept.clear()
    await run(working, attempts=MOST_ATTEMPTS)

    assert (working.this.state, working.this.error) == (FAILED, Problem.of("file", GIVEN_UP))


@pytest.mark.parametrize("state", [QuestionImportState.READY, DONE, FAILED])
async def test_what_does_not_run_is_left_alone(working: ImportingHouse, state: QuestionImportState) -> None:
    standing = working.has_file(FIRST, state=state)

    await run(working)

    assert working.this == standing
    assert not runs_left(working)


class Going(MemoryQuestionImports):
    """Somebody deletes what is asked for just before."""

    async def content(self, one: QuestionImport) -> bytes:
        self.kept.clear()
        return await super().content(one)


async def test_what_was_deleted_is_done_with(working: ImportingHouse) -> None:
    await run(working)
    working.question_imports = Going()
    working.has_file(FIRST, state=RUNNING)
    await run(working)

    assert not runs_left(working)
    assert not working.kept(working.questions)


async def test_a_silent_store_has_it_tried_again(working: ImportingHouse) -> None:
    working.has_file(FIRST, state=RUNNING)
    task = task_of(working)
    working.question_imports.is_silent = True

    with working.refuses(Unavailable):
        await working.make(RunQuestionImport)(task)


async def test_a_task_that_another_runner_has_is_left_to_it(working: ImportingHouse) -> None:
    working.has_file(FIRST, state=DONE)
    task = task_of(working)
    await working.tasks.cancel(RUN, subject=THIS)
    working.transaction.settle()

    with working.refuses(TaskTaken):
        await working.make(RunQuestionImport)(task)


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_an_actor_who_is_not_the_runner_is_refused(
    working: ImportingHouse, role: Role, error: type[TerraceError]
) -> None:
    working.has_file(FIRST, state=RUNNING)
    task = task_of(working)
    working.admits(role)

    with working.refuses(error):
        await working.make(RunQuestionImport)(task)


async def test_its_end_has_one_line_in_the_log(working: ImportingHouse) -> None:
    working.has_file(FIRST, row(5, grade="guru"), state=RUNNING, numbers=(2, 5))

    await run(working)

    ends = [line for line in working.kept(working.audit) if line.action is Action.RUN_IMPORT]
    totals = {"added": "1", "present": "0", "skipped": "0", "refused": "1"}
    assert [(line.subject, line.label, line.after) for line in ends] == [
        (THIS, "matrix.csv", {"state": "done", **totals})
    ]


async def test_one_that_was_stopped_before_its_turn_brings_nothing(working: ImportingHouse) -> None:
    one = working.has_file(FIRST, SECOND, state=RUNNING)
    await working.question_imports.stop(one)

    await run(working)

    assert (working.this.state, working.this.rows) == (QuestionImportState.CANCELLED, ())
    assert not working.kept(working.questions)
    assert not runs_left(working)
    [line] = working.kept(working.audit)
    assert line.after["state"] == "cancelled"


async def test_one_that_is_stopped_meanwhile_keeps_what_has_come(working: ImportingHouse) -> None:
    one = working.has_file(FIRST, SECOND, THIRD, state=RUNNING)

    class Stopping(Slow):
        async def render(self, source: str, *, lang: str, around: Surroundings | None = None) -> Rendered:
            await working.question_imports.stop(one)
            return await super().render(source, lang=lang, around=around)

    working.markdown = Stopping(working, PULSE)
    await run(working)

    assert working.this.state is QuestionImportState.CANCELLED
    assert outcomes(working) == [(2, ADDED)]
    assert len(working.kept(working.questions)) == 1
    assert not runs_left(working)
