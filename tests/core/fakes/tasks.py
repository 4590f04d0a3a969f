from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from core.tasks import Task, TaskId, TaskKind, TaskNotFound, TaskTaken

Payload = Mapping[str, str]


class MemoryTasks:
    """*begun* are the tasks that a runner works on."""

    def __init__(self, *tasks: Task) -> None:
        self.kept = {task.id: task for task in tasks}
        self.begun: set[TaskId] = set()
        self._ids = count(1000)

    async def add(self, kind: TaskKind, *, due_at: datetime, subject: str = "", payload: Payload | None = None) -> None:
        waiting = self.find(kind, subject)
        if waiting is None:
            self._keep(kind, subject, due_at, payload or {})
            return
        asked = replace(waiting, payload={**waiting.payload, **(payload or {})})
        if asked.failed_at:
            asked = replace(asked, attempts=0, failed_at=None, due_at=due_at)
        self.kept[asked.id] = replace(asked, due_at=min(asked.due_at, due_at))

    async def cancel(self, kind: TaskKind, *, subject: str = "") -> None:
        self.kept = {key: task for key, task in self.kept.items() if (task.kind, task.subject) != (kind, subject)}

    async def finish(self, task: Task) -> None:
        if not self._is_of(task):
            raise TaskTaken
        del self.kept[task.id]

    async def list_all(self) -> Sequence[Task]:
        return sorted(self.kept.values(), key=_place)

    async def retry(self, task_id: TaskId, *, now: datetime) -> None:
        if task_id not in self.kept or task_id in self.begun:
            raise TaskNotFound
        self.kept[task_id] = replace(self.kept[task_id], due_at=now, attempts=0, failed_at=None)

    async def drop(self, task_id: TaskId) -> Task:
        if task_id not in self.kept or self.kept[task_id].failed_at is None:
            raise TaskNotFound
        return self.kept.pop(task_id)

    async def begin(self, kind: TaskKind, *, now: datetime) -> Task | None:
        due = [task for task in self.kept.values() if task.kind is kind and task.due_at <= now and not task.failed_at]
        if not due:
            return None
        task = min(due, key=_place)
        self.begun.add(task.id)
        self.kept[task.id] = replace(task, attempts=task.attempts + 1)
        return self.kept[task.id]

    async def postpone(self, task: Task, *, error: str, due_at: datetime | None) -> None:
        if not self._is_of(task):
            return
        self.begun.discard(task.id)
        del self.kept[task.id]
        again = self.find(task.kind, task.subject)
        if again is not None:
            earlier = min(again.due_at, due_at or again.due_at)
            self.kept[again.id] = replace(again, due_at=earlier, last_error=error)
        else:
            failed_at = None if due_at else task.due_at
            later = replace(task, last_error=error, due_at=due_at or task.due_at, failed_at=failed_at)
            self.kept[task.id] = later

    def find(self, kind: TaskKind, subject: str = "") -> Task | None:
        """What waits, or has failed, for *kind* and *subject*."""
        waiting = [task for task in self.kept.values() if task.id not in self.begun]
        return next((task for task in waiting if (task.kind, task.subject) == (kind, subject)), None)

    def has(self, kind: TaskKind, *, now: datetime, subject: str = "", **payload: str) -> Task:
        """A task as a handler gets it from the runner."""
        task = self._keep(kind, subject, now, payload)
        self.begun.add(task.id)
        self.kept[task.id] = replace(task, attempts=1)
        return self.kept[task.id]

    def _keep(self, kind: TaskKind, subject: str, due_at: datetime, payload: Payload) -> Task:
        new = TaskId(next(self._ids))
        self.kept[new] = Task(
            id=new, kind=kind, subject=subject, due_at=due_at, created_at=due_at, payload=dict(payload)
        )
        return self.kept[new]

    def _is_of(self, task: Task) -> bool:
        standing = self.kept.get(task.id)
        return standing is not None and standing.attempts == task.attempts and task.id in self.begun


def _place(task: Task) -> tuple[datetime, TaskId]:
    return task.due_at, task.id
