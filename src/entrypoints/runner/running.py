"""The runner: does what is due at all sites, a few things at a time."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import structlog
from dishka import AsyncContainer

from core.clock import Clock
from core.errors import TerraceError, Unavailable
from core.tasks import MOST_ATTEMPTS, Task, TaskId, TaskInVain, TaskKind, TaskTaken, next_attempt
from core.tenancy.entities import Tenant, TenantId
from entrypoints.http.metrics import Metrics
from entrypoints.runner.bell import Bell
from entrypoints.runner.claims import Claim, TaskQueues, Wakeups
from entrypoints.runner.handlers import HANDLERS, SECONDS, USUAL_SECONDS, Handler
from entrypoints.runner.watching import watched

LANES = 2
LONG = frozenset({TaskKind.RUN_IMPORT, TaskKind.RUN_QUESTION_IMPORT})
"""Kinds that keep a lane for a minute: one lane of each runner is never theirs."""
OUTSIDE = frozenset({TaskKind.DELIVER_WEBHOOK})
OUTSIDE_LANES = 2
"""Kinds that wait for strangers: they have lanes of their own, and no others."""
ALL_LANES = LANES + OUTSIDE_LANES
BELT = 3.0
"""Seconds after which it looks by itself: for what another node left behind, and when the bell is broken."""
BATCH = 20
OUTSIDE_BATCH = 5
"""So many tasks of one kind at one site, then others have their turn."""
GRACE = 5.0
SHUNNED = timedelta(seconds=60)
"""How long a site is left alone whose tasks cannot even be read."""

_log = structlog.get_logger(__name__)


class Runner:
    """*sites* is opened with a Tenant for each task. What it takes a claim for is done by nobody else; what it was
    doing when it was killed is claimed again at once."""

    def __init__(
        self,
        sites: AsyncContainer,
        wakeups: Wakeups,
        queues: TaskQueues,
        clock: Clock,
        metrics: Metrics,
        bell: Bell,
        handlers: Mapping[TaskKind, type[Handler]] = HANDLERS,
    ) -> None:
        self._sites = sites
        self._wakeups = wakeups
        self._queues = queues
        self._clock = clock
        self._metrics = metrics
        self._bell = bell
        self._handlers = handlers
        self._shunned: dict[TenantId, datetime] = {}
        self._lanes = asyncio.Semaphore(ALL_LANES)
        self._inside_lanes = LANES
        self._long_lanes = LANES - 1
        self._outside_lanes = OUTSIDE_LANES
        self._working: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    async def run(self) -> None:
        """Until cancelled; the tasks that have begun then have GRACE seconds to end."""
        self._is_stopping = False
        looking = asyncio.create_task(self._look())
        try:
            await asyncio.wait({looking})
        finally:
            await self._stop(looking)
        looking.result()

    async def _look(self) -> None:
        """Fill the lanes with what is due."""
        while True:
            await self._lanes.acquire()
            claim = await self._claim_if_possible()
            if claim is None:
                self._lanes.release()
                await self._rest()
            else:
                self._take_lane(claim.kind, 1)
                working = asyncio.create_task(self._work_in_lane(claim))
                self._working.add(working)
                working.add_done_callback(self._working.discard)

    async def run_due(self) -> Counter[str]:
        """Everything that is due now, one after the other; how many tasks had which outcome."""
        outcomes: Counter[str] = Counter()
        while (claim := await self._wakeups.claim(self._handlers, now=self._clock.now())) is not None:
            outcomes += await self._work(claim)
        return outcomes

    async def _claim_if_possible(self) -> Claim | None:
        now = self._clock.now()
        self._shunned = {tenant: until for tenant, until in self._shunned.items() if until > now}
        try:
            return await self._wakeups.claim(self._kinds(), now=now, without=self._shunned)
        except Unavailable:
            _log.warning("the runner does not reach the database")
        except Exception:  # noqa: BLE001 - a runner that ended for one bad claim would do nothing for anybody
            _log.exception("nothing could be claimed")
        return None

    def _kinds(self) -> Collection[TaskKind]:
        """Those that may take a free lane."""
        return [kind for kind in self._handlers if self._has_lane(kind)]

    def _has_lane(self, kind: TaskKind) -> bool:
        if kind in OUTSIDE:
            return self._outside_lanes > 0
        return self._inside_lanes > 0 and (kind not in LONG or self._long_lanes > 0)

    def _take_lane(self, kind: TaskKind, lanes: int) -> None:
        """Give it back with -1."""
        self._outside_lanes -= lanes * (kind in OUTSIDE)
        self._inside_lanes -= lanes * (kind not in OUTSIDE)
        self._long_lanes -= lanes * (kind in LONG)

    async def _rest(self) -> None:
        """Until the next thing is due, or the bell rings."""
        now, seconds = self._clock.now(), BELT
        try:
            due = await self._wakeups.next_due(self._kinds(), now=now)
        except Exception as error:  # noqa: BLE001 - as above; the claim that follows tells what is wrong
            _log.debug("the next moment is not known", error=str(error))
        else:
            seconds = min(BELT, (due - now).total_seconds()) if due else BELT
        await self._bell.wait(seconds)

    async def _work_in_lane(self, claim: Claim) -> None:
        try:
            await self._work(claim)
        except Exception:  # noqa: BLE001 - whatever is wrong with one site, the others have their turn
            self._shunned[claim.tenant.id] = self._clock.now() + SHUNNED
            _log.exception("a site's tasks cannot be done", tenant=claim.tenant.slug, task=claim.kind.value)
        finally:
            self._take_lane(claim.kind, -1)
            self._lanes.release()
            self._bell.ring()

    async def _work(self, claim: Claim) -> Counter[str]:
        try:
            outcomes = await self._do_batch(claim)
        except BaseException:
            await claim.drop()
            raise
        await claim.settle()
        return outcomes

    async def _do_batch(self, claim: Claim) -> Counter[str]:
        outcomes: Counter[str] = Counter()
        last: TaskId | None = None
        for _ in range(OUTSIDE_BATCH if claim.kind in OUTSIDE else BATCH):
            if self._is_stopping:
                break
            task = await self._queues.begin(claim.tenant, claim.kind, now=self._clock.now())
            if task is None:
                return outcomes
            outcomes[await self._do(claim, task, is_left_over=task.id == last)] += 1
            last = task.id
        await self._queues.wake(claim.tenant, claim.kind, due_at=self._clock.now())
        return outcomes

    async def _do(self, claim: Claim, task: Task, *, is_left_over: bool) -> str:
        """One attempt, what became of it in log and metrics."""
        lag = (self._clock.now() - task.due_at).total_seconds()
        began = asyncio.get_running_loop().time()
        error: Exception | None = None
        try:
            if is_left_over:
                raise RuntimeError("its use case ended without finishing it")
            if task.attempts > MOST_ATTEMPTS:
                raise RuntimeError("the process died over it again and again")
            seconds = SECONDS.get(task.kind, USUAL_SECONDS)
            await watched(self._handle(claim.tenant, task), keep=claim.keep, seconds=seconds)
        except Exception as caught:  # noqa: BLE001 - becomes the task's last error; it is tried again
            error = caught
        outcome = await self._conclude(claim.tenant, task, error)
        self._metrics.count_task(task.kind.value, outcome, lag=lag, seconds=asyncio.get_running_loop().time() - began)
        return outcome

    async def _handle(self, tenant: Tenant, task: Task) -> None:
        structlog.contextvars.bind_contextvars(tenant=tenant.slug, task=task.kind.value, task_id=task.id)
        async with self._sites({Tenant: tenant}) as site:
            handler = await site.get(self._handlers[task.kind])
            await handler(task)

    async def _conclude(self, tenant: Tenant, task: Task, error: Exception | None) -> str:
        words = {"tenant": tenant.slug, "task": task.kind.value, "task_id": task.id, "subject": task.subject}
        if error is None:
            _log.info("task done", **words)
            return "done"
        if isinstance(error, TaskTaken):
            _log.info("task was cancelled or taken over", **words)
            return "taken"
        due_at = _again(task, error, now=self._clock.now())
        await self._queues.postpone(tenant, task, error=f"{type(error).__name__}: {error}", due_at=due_at)
        is_expected = isinstance(error, TerraceError) and (due_at is not None or isinstance(error, TaskInVain))
        level = logging.WARNING if is_expected else logging.ERROR
        trace = None if is_expected else error
        again = due_at.isoformat() if due_at else None
        _log.log(level, "task not done", exc_info=trace, error=str(error), attempt=task.attempts, again=again, **words)
        return "postponed" if due_at else "failed"

    async def _stop(self, looking: asyncio.Task[None]) -> None:
        """The lanes know at once that nothing more may begin: a query takes its time to be cancelled."""
        self._is_stopping = True
        looking.cancel()
        _, unfinished = await asyncio.wait({looking, *self._working}, timeout=GRACE)
        for one in unfinished:
            one.cancel()
        await asyncio.gather(looking, *unfinished, return_exceptions=True)


def _again(task: Task, error: Exception, *, now: datetime) -> datetime | None:
    if isinstance(error, TaskInVain):
        return None
    return next_attempt(task, now=now, chance=random.random())  # noqa: S311 - spreads, hides nothing
