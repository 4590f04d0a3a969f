from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.access import Action
from core.blog.archives import ArchiveFormat, BadArchive, Importable, Note, SkippedItem
from core.blog.import_errors import ArchiveGone
from core.blog.import_plans import NO_PLAN, ImportPlan
from core.blog.import_runs import Import, ImportCounts, ImportId, ImportState
from core.blog.import_walk import BATCH, GIVEN_UP, TURN, UNFORESEEN
from core.blog.imports import Outcome, ReportLine
from core.blog.use_cases.run_import import RunImport
from core.errors import Forbidden, TerraceError, Unauthenticated, Unavailable
from core.identity import Role
from core.tasks import MOST_ATTEMPTS, Task, TaskKind, TaskTaken
from tests.core.blog.imported import SKIPPED, SKIPPED_LINE, an_import, found, line
from tests.core.fakes.imports import FakeArchives, FakeImporter
from tests.core.house import House

CHECKING, RUNNING = ImportState.CHECKING, ImportState.RUNNING
ITEMS = (found("a"), SKIPPED, found("b"))
LINES = [line("a"), SKIPPED_LINE, line("b")]


class Site:
    """A house whose runner works on one import."""

    def __init__(self, house: House, *items: Importable | SkippedItem, breaks: BadArchive | None = None) -> None:
        self.house = house
        self.bring = FakeImporter()
        self.archives = FakeArchives(*items, breaks=breaks)
        house.admits(Role.OPERATOR)

    def has(self, state: ImportState, *lines: ReportLine, foreseen: Sequence[ReportLine] = (), tries: int = 1) -> Task:
        """The import, and the runner's task for it."""
        one = replace(an_import(state), counts=ImportCounts().with_lines(lines), total=len(foreseen))
        self.house.has_import(one, *lines, foreseen=foreseen)
        task = self.house.has_task(TaskKind.RUN_IMPORT, subject="import")
        self.house.tasks.kept[task.id] = replace(task, attempts=tries)
        self.house.transaction.settle()
        return self.house.tasks.kept[task.id]

    async def run(self, task: Task) -> None:
        house = self.house
        await RunImport(
            access=house.access,
            imports=house.imports,
            deposit=house.deposit,
            archives=self.archives,
            plan=self._plan,
            bring=self.bring,
            tasks=house.tasks,
            audit=house.audit,
            clock=house.clock,
            transaction=house.transaction,
        )(task)

    @property
    def one(self) -> Import:
        return self.house.kept(self.house.imports)[ImportId("import")].one

    @property
    def report(self) -> list[ReportLine]:
        return self.house.kept(self.house.imports)[ImportId("import")].report

    @property
    def tasks(self) -> list[tuple[TaskKind, float]]:
        """What waits, and in how many seconds it is due."""
        now = self.house.clock.now()
        waiting = self.house.kept(self.house.tasks).values()
        return [(task.kind, (task.due_at - now).total_seconds()) for task in waiting]

    async def _plan(self, archive: object) -> ImportPlan:
        return NO_PLAN


async def test_an_archive_is_looked_through_and_nothing_is_written(house: House) -> None:
    site = Site(house, *ITEMS)
    await site.run(site.has(CHECKING))

    assert site.report == LINES
    assert (site.one.state, site.one.total, site.one.format) == (ImportState.READY, 3, ArchiveFormat.GHOST)
    assert site.one.counts == ImportCounts(added=2, skipped=1)
    assert (site.bring.brought, site.bring.asked) == ([], [("ghost:a", True), ("ghost:b", True)])
    assert site.tasks == []


async def test_where_nothing_would_come_there_is_nothing_to_ask(house: House) -> None:
    site = Site(house, *ITEMS)
    site.bring.brought += ["ghost:a", "ghost:b"]
    await site.run(site.has(CHECKING))

    assert (site.one.state, site.one.finished_at) == (ImportState.DONE, house.clock.now())
    assert (site.one.total, site.one.counts) == (3, ImportCounts(present=2, skipped=1))
    assert site.tasks == [(TaskKind.DELETE_FILES, 0)], "another import may come at once"


async def test_what_was_confirmed_comes_and_the_archive_goes(house: House) -> None:
    site = Site(house, *ITEMS)
    await site.run(site.has(RUNNING, foreseen=LINES))

    assert site.report == LINES
    assert (site.one.state, site.one.finished_at) == (ImportState.DONE, house.clock.now())
    assert (site.one.total, site.one.counts) == (3, ImportCounts(added=2, skipped=1))
    assert site.bring.brought == ["ghost:a", "ghost:b"]
    assert site.tasks == [(TaskKind.DELETE_FILES, 0)]


async def test_what_came_with_an_earlier_import_is_told_so(house: House) -> None:
    site = Site(house, *ITEMS)
    site.bring.brought.append("ghost:a")
    await site.run(site.has(RUNNING, foreseen=LINES))

    assert site.report[0] == line("a", Outcome.PRESENT)
    assert site.one.counts == ImportCounts(added=1, present=1, skipped=1)


async def test_an_interrupted_try_goes_on_and_tells_of_what_came_without_a_line(house: House) -> None:
    names = [f"n{number}" for number in range(BATCH + 5)]
    foreseen = [line(name) for name in names]
    site = Site(house, *map(found, names))
    site.bring.brought = [f"ghost:{name}" for name in (*names[:4], names[-1])]
    await site.run(site.has(RUNNING, *foreseen[:2], foreseen=foreseen, tries=2))

    assert site.bring.asked[0] == ("ghost:n2", False)
    assert site.report[:-1] == foreseen[:-1]
    assert site.report[-1] == line(names[-1], Outcome.PRESENT), "that came from elsewhere: it is too far away"
    assert site.one.counts == ImportCounts(added=BATCH + 4, present=1)


async def test_after_a_minute_it_is_others_turn(house: House) -> None:
    site = Site(house, *ITEMS)
    task = site.has(RUNNING, foreseen=LINES)
    site.bring.meanwhile = lambda: house.clock.pass_(seconds=TURN.total_seconds())
    await site.run(task)
    site.bring.meanwhile = lambda: None

    assert (site.one.state, len(site.report)) == (RUNNING, 1)
    assert [kind for kind, _ in site.tasks] == [TaskKind.RUN_IMPORT]
    (waiting,) = house.tasks.kept.values()
    assert (waiting.subject, waiting.attempts) == ("import", 0)
    house.clock.pass_(seconds=2)
    again = await house.tasks.begin(TaskKind.RUN_IMPORT, now=house.clock.now())
    assert again is not None
    house.transaction.settle()
    await site.run(again)
    assert (site.one.state, site.report) == (ImportState.DONE, LINES)


async def test_lines_are_saved_while_it_works(house: House) -> None:
    site = Site(house, *(found(f"n{number}") for number in range(BATCH * 2 + 1)))
    task = site.has(CHECKING)
    before = house.transaction.commits
    await site.run(task)

    assert house.transaction.commits - before == 1 + 2 + 1 + 1, "the beginning, two batches, the rest, the end"


async def test_a_broken_archive_fails_with_its_reason_and_goes(house: House) -> None:
    site = Site(house, found("a"), breaks=BadArchive("“%(name)s” is broken.", name="b.json"))
    await site.run(site.has(CHECKING))

    assert (site.one.state, site.one.error) == (ImportState.FAILED, Note.of("“%(name)s” is broken.", name="b.json"))
    assert site.tasks == [(TaskKind.DELETE_FILES, 0)]


async def test_an_archive_that_is_gone_fails_with_its_reason(house: House) -> None:
    site = Site(house, *ITEMS)
    task = site.has(RUNNING)
    house.deposit.kept.clear()
    await site.run(task)

    assert (site.one.state, site.one.error) == (ImportState.FAILED, Note.of(ArchiveGone.message))


async def test_a_silent_store_leaves_it_to_be_tried_again(house: House) -> None:
    site = Site(house, *ITEMS)
    task = site.has(RUNNING)
    house.deposit.is_silent = True
    with pytest.raises(Unavailable):
        await site.run(task)

    assert site.one.state is RUNNING
    assert task.id in house.tasks.kept


async def test_after_the_last_try_it_is_given_up(house: House) -> None:
    site = Site(house, *ITEMS)
    task = site.has(RUNNING, tries=MOST_ATTEMPTS)
    house.deposit.is_silent = True
    await site.run(task)

    assert (site.one.state, site.one.error) == (ImportState.FAILED, Note.of(GIVEN_UP))
    assert site.tasks == [(TaskKind.DELETE_FILES, 0)]


async def test_an_item_that_nobody_thought_of_holds_up_no_other(house: House) -> None:
    site = Site(house, *ITEMS)
    site.bring.fails["ghost:a"] = RuntimeError("a bug")
    await site.run(site.has(RUNNING, foreseen=LINES))

    assert site.report[0] == replace(line("a", Outcome.REFUSED), notes=(Note.of(UNFORESEEN),))
    assert site.one.counts == ImportCounts(added=1, skipped=1, refused=1)


async def test_a_store_that_falls_silent_at_an_item_is_no_fault_of_the_item(house: House) -> None:
    site = Site(house, *ITEMS)
    task = site.has(RUNNING, foreseen=LINES)
    site.bring.fails["ghost:b"] = Unavailable()
    with pytest.raises(Unavailable):
        await site.run(task)

    assert site.report == []


@pytest.mark.parametrize(("state", "lines"), [(RUNNING, 1), (CHECKING, 0)])
async def test_what_was_brought_in_has_one_line_in_the_log_and_looking_none(
    house: House, state: ImportState, lines: int
) -> None:
    site = Site(house, *ITEMS)

    await site.run(site.has(state, foreseen=LINES if state is RUNNING else ()))

    told = [(line.label, line.after["state"]) for line in house.kept(house.audit) if line.action is Action.RUN_IMPORT]
    assert told == [("old-site.zip", "done")] * lines


@pytest.mark.parametrize("state", [ImportState.READY, ImportState.CANCELLED, ImportState.DONE])
async def test_a_task_for_what_is_at_rest_is_finished(house: House, state: ImportState) -> None:
    site = Site(house, *ITEMS)
    await site.run(site.has(state))

    assert (site.bring.asked, site.tasks, site.one.version) == ([], [], 1)


async def test_whoever_cancels_stops_it_at_the_next_step(house: House) -> None:
    site = Site(house, *(found(f"n{number}") for number in range(BATCH + 1)))
    task = site.has(RUNNING)

    def cancel() -> None:
        kept = house.imports.kept[ImportId("import")]
        cancelled = replace(kept.one, state=ImportState.CANCELLED, version=kept.one.version + 1)
        house.imports.kept[ImportId("import")] = replace(kept, one=cancelled)
        house.transaction.settle()
        site.bring.meanwhile = lambda: None

    site.bring.meanwhile = cancel
    with pytest.raises(TaskTaken):
        await site.run(task)

    assert (site.one.state, site.report, len(site.bring.asked)) == (ImportState.CANCELLED, [], BATCH)


async def test_a_task_that_was_taken_over_ends_nothing(house: House) -> None:
    site = Site(house, *ITEMS)
    task = site.has(CHECKING)
    await house.tasks.begin(TaskKind.RUN_IMPORT, now=house.clock.now())
    house.transaction.settle()
    with pytest.raises(TaskTaken):
        await site.run(task)

    assert site.one.state is CHECKING


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    site = Site(house, *ITEMS)
    task = site.has(CHECKING)
    house.admits(role)

    with house.refuses(error):
        await site.run(task)
