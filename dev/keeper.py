"""Keeps services up: what dies unasked is started again after a pause, unless it keeps dying."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

from dev.memory import write_private
from dev.supervisor import Child, Command, Supervisor
from dev.trouble import Trouble

Say = Callable[[str], None]
DEATHS = 3
WITHIN = 60.0


class Keeper:
    """`pids` always names the processes that run now, for those who want to hurt one of them."""

    def __init__(self, supervisor: Supervisor, *, pids: Path, say: Say, pause: float = 10.0) -> None:
        self.supervisor = supervisor
        self.say = say
        self.gave_up: asyncio.Future[Trouble] = asyncio.get_running_loop().create_future()
        self._pids_file = pids
        self._pids: dict[str, int] = {}
        self._pause = pause
        self._watches: set[asyncio.Task[None]] = set()

    async def keep(self, command: Command, *, pause: float | None = None) -> Child:
        child = await self._start(command)
        watch = asyncio.create_task(self._watch(child, self._pause if pause is None else pause))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)
        return child

    async def _start(self, command: Command) -> Child:
        child = await self.supervisor.start(command)
        self._pids[command.name] = child.process.pid
        write_private(self._pids_file, json.dumps(self._pids))
        return child

    async def _watch(self, child: Child, pause: float) -> None:
        deaths: list[float] = []
        while True:
            await child.process.wait()
            if not child.is_wanted:
                return
            self.supervisor.forget(child)
            now = time.monotonic()
            deaths = [*(death for death in deaths if now - death < WITHIN), now]
            if len(deaths) >= DEATHS:
                self.gave_up.set_result(child.why_it_ended())
                return
            self.say(f"{child.command.name} ended ({child.process.returncode}): starting it again in {pause:.0f} s")
            await asyncio.sleep(pause)
            child = await self._start(child.command)

    async def stop(self) -> None:
        for watch in list(self._watches):
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)
        await self.supervisor.stop_all()
