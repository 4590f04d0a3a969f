"""The runner beside a server's worker: of all workers of a node, one has it."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from dishka import AsyncContainer

from entrypoints.runner.running import Runner

AGAIN_SECONDS = 1.0
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The folder that the workers of one `terrace serve` share; without it there is one worker."""

_log = structlog.get_logger(__name__)


async def run_beside(container: AsyncContainer) -> None:
    """Do what is due as long as it is this worker's turn, which ends with its process. Runs until cancelled."""
    folder = os.environ.get(FOLDER)
    async with _turn(Path(folder) / "runner.lock" if folder else None):
        while True:
            try:
                await (await container.get(Runner)).run()
            except Exception:  # noqa: BLE001 - nobody else would start it again
                _log.exception("the runner fell over")
            await asyncio.sleep(AGAIN_SECONDS)


@asynccontextmanager
async def _turn(path: Path | None) -> AsyncIterator[None]:
    """Within, no other process that shares *path* has its turn; a process that dies gives it back."""
    if path is None:
        yield
        return
    file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        while True:
            if _is_taken(file):
                break
            await asyncio.sleep(AGAIN_SECONDS)
        yield
    finally:
        os.close(file)


def _is_taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
