from datetime import UTC, datetime, timedelta

import pytest

from core.tasks import Task, TaskId, TaskKind, TaskNotFound, TaskTaken
from tests.contracts.conftest import Site, Storages

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(days=30)
KIND = TaskKind.EMPTY_TRASH
OTHER = TaskKind.DELETE_FILES


async def only(storages: Storages) -> Task:
    (task,) = await storages.tasks.list_all()
    return task


async def begun(storages: Storages, kind: TaskKind = KIND, now: datetime = NOW) -> Task:
    task = await storages.queue.begin(kind, now=now)
    assert task is not None
    return task


async def test_what_is_added_waits_until_it_is_due(storages: Storages) -> None:
    await storages.tasks.add(KIND, subject="one", payload={"a": "1"}, due_at=SOON)
    task = await only(storages)

    assert (task.kind, task.subject, task.payload, task.due_at, task.attempts) == (KIND, "one", {"a": "1"}, SOON, 0)
    assert (task.last_error, task.failed_at) == (None, None)
    assert await storages.queue.begin(KIND, now=NOW) is None
    assert (await begun(storages, now=SOON)).id == task.id


async def test_asked_for_again_it_is_one_task_at_the_earlier_moment(storages: Storages) -> None:
    await storages.tasks.add(KIND, subject="one", payload={"a": "1", "b": "1"}, due_at=SOON)
    await storages.tasks.add(KIND, subject="one", payload={"b": "2"}, due_at=LATER)
    await storages.tasks.add(KIND, subject="one", due_at=NOW)

    task = await only(storages)
    assert (task.due_at, task.payload) == (NOW, {"a": "1", "b": "2"})


async def test_other_kinds_and_subjects_are_other_tasks(storages: Storages) -> None:
    await storages.tasks.add(KIND, due_at=LATER)
    await storages.tasks.add(KIND, subject="one", due_at=SOON)
    await storages.tasks.add(OTHER, due_at=NOW)

    found = [(task.kind, task.subject) for task in await storages.tasks.list_all()]
    assert found == [(OTHER, ""), (KIND, "one"), (KIND, "")]


async def test_the_longest_due_begins_first(storages: Storages) -> None:
    await storages.tasks.add(KIND, subject="second", due_at=NOW)
    await storages.tasks.add(KIND, subject="first", due_at=NOW - timedelta(hours=1))
    await storages.tasks.add(OTHER, subject="other", due_at=NOW - timedelta(hours=2))

    task = await begun(storages)
    assert (task.subject, task.attempts) == ("first", 1)


async def test_what_is_finished_is_gone(storages: Storages) -> None:
    await storages.tasks.add(KIND, due_at=NOW)
    await storages.tasks.finish(await begun(storages))

    assert await storages.tasks.list_all() == []
    assert await storages.queue.begin(KIND, now=LATER) is None


async def test_what_is_asked_for_while_it_is_done_is_done_once_more(storages: Storages) -> None:
    await storages.tasks.add(KIND, due_at=NOW)
    first = await begun(storages)
    await storages.tasks.add(KIND, due_at=SOON)
    await storages.tasks.finish(first)

    second = await begun(storages, now=SOON)
    assert (second.id != first.id, second.attempts) == (True, 1)


async def test_a_task_whose_runner_died_begins_again_and_the_dead_cannot_finish_it(storages: Storages) -> None:
    await storages.tasks.add(KIND, due_at=NOW)
    dead = await begun(storages)
    alive = await begun(storages)

    assert (alive.id, alive.attempts) == (dead.id, 2)
    with pytest.raises(TaskTaken):
        await storages.tasks.finish(dead)
    await storages.queue.postpone(dead, error="too late", due_at=LATER)
    await storages.tasks.finish(alive)


async def test_what_is_cancelled_cannot_be_finished(storages: Storages) -> None:
    await storages.tasks.add(KIND, subject="one", due_at=NOW)
    await storages.tasks.add(KIND, subject="two", due_at=LATER)
    task = await begun(storages)
    await storages.tasks.cancel(KIND, subject="one")
    await storages.tasks.cancel(KIND, subject="never was")

    with pytest.raises(TaskTaken):
        await storages.tasks.finish(task)
    assert (await only(storages)).subject == "two"


async def test_what_is_postponed_keeps_its_attempts_and_its_reason(storages: Storages) -> None:
    await storages.tasks.add(KIND, payload={"a": "1"}, due_at=NOW)
    await storages.queue.postpone(await begun(storages), error="the store is away", due_at=SOON)

    task = await only(storages)
    assert (task.due_at, task.attempts, task.last_error, task.payload) == (SOON, 1, "the store is away", {"a": "1"})
    assert await storages.queue.begin(KIND, now=NOW) is None
    assert (await begun(storages, now=SOON)).attempts == 2


async def test_what_is_postponed_joins_what_was_asked_for_meanwhile(storages: Storages) -> None:
    await storages.tasks.add(KIND, due_at=NOW)
    task = await begun(storages)
    await storages.tasks.add(KIND, due_at=LATER)
    await storages.queue.postpone(task, error="no", due_at=SOON)

    waiting = await only(storages)
    assert (waiting.due_at, waiting.last_error) == (SOON, "no")


async def test_what_has_failed_for_good_waits_for_somebody(storages: Storages) -> None:
    await storages.tasks.add(KIND, due_at=NOW)
    await storages.queue.postpone(await begun(storages), error="no", due_at=None)

    failed = await only(storages)
    assert failed.failed_at is not None
    assert await storages.queue.begin(KIND, now=LATER) is None
    await storages.tasks.retry(failed.id, now=SOON)
    again = await only(storages)
    assert (again.failed_at, again.due_at, again.attempts) == (None, SOON, 0)


async def test_only_what_has_failed_is_forgotten(storages: Storages) -> None:
    await storages.tasks.add(KIND, due_at=NOW)
    task = await begun(storages)
    for task_id in (task.id, TaskId(2**60)):
        with pytest.raises(TaskNotFound):
            await storages.tasks.drop(task_id)
    await storages.queue.postpone(task, error="no", due_at=None)

    assert (await storages.tasks.drop(task.id)).id == task.id

    assert await storages.tasks.list_all() == []


async def test_what_had_failed_starts_anew_when_it_is_asked_for(storages: Storages) -> None:
    await storages.tasks.add(KIND, due_at=NOW)
    await storages.queue.postpone(await begun(storages), error="no", due_at=None)
    await storages.tasks.add(KIND, due_at=LATER)

    task = await only(storages)
    assert (task.failed_at, task.due_at, task.attempts) == (None, LATER, 0)


async def test_a_failure_does_not_take_what_was_asked_for_meanwhile_with_it(storages: Storages) -> None:
    await storages.tasks.add(KIND, due_at=NOW)
    task = await begun(storages)
    await storages.tasks.add(KIND, due_at=SOON)
    await storages.queue.postpone(task, error="no", due_at=None)

    waiting = await only(storages)
    assert (waiting.failed_at, waiting.due_at, waiting.attempts) == (None, SOON, 0)


async def test_what_is_being_done_cannot_be_retried_nor_what_is_not_there(storages: Storages) -> None:
    await storages.tasks.add(KIND, due_at=NOW)
    task = await begun(storages)

    for task_id in (task.id, TaskId(2**60)):
        with pytest.raises(TaskNotFound):
            await storages.tasks.retry(task_id, now=NOW)


async def test_what_was_committed_is_there_for_the_next_request(tenant_site: Site) -> None:
    async with tenant_site.open() as storages:
        await storages.tasks.add(KIND, due_at=NOW)
        await storages.transaction.commit()
    async with tenant_site.open() as storages:
        assert (await only(storages)).kind is KIND
