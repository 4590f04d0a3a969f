"""Of all workers of a node, one runs what is due."""

import asyncio
from pathlib import Path

import pytest
from dishka import Provider, Scope, make_async_container

from entrypoints.runner import beside
from entrypoints.runner.running import Runner

LONG_ENOUGH = 30


class Standing(Runner):
    """Notes that it runs, and that it was started again when it falls."""

    def __init__(self, falls: int = 0) -> None:
        self.starts = 0
        self.falls = falls
        self.runs = asyncio.Event()

    async def run(self) -> None:
        self.starts += 1
        if self.starts <= self.falls:
            raise RuntimeError("a bug")
        self.runs.set()
        await asyncio.Event().wait()


def beside_worker(runner: Runner) -> asyncio.Task[None]:
    provider = Provider(scope=Scope.APP)
    provider.provide(lambda: runner, provides=Runner)
    return asyncio.create_task(beside.run_beside(make_async_container(provider)))


async def end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_one_worker_has_its_turn_and_the_next_when_it_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(beside.FOLDER, str(tmp_path))
    monkeypatch.setattr(beside, "AGAIN_SECONDS", 0.001)
    first, second = Standing(), Standing()
    one = beside_worker(first)
    await asyncio.wait_for(first.runs.wait(), LONG_ENOUGH)
    other = beside_worker(second)
    asked = asyncio.Event()
    is_taken = beside._is_taken

    def ask(file: int) -> bool:
        asked.set()
        return is_taken(file)

    monkeypatch.setattr(beside, "_is_taken", ask)
    await asyncio.wait_for(asked.wait(), LONG_ENOUGH)

    assert second.starts == 0
    await end(one)
    await asyncio.wait_for(second.runs.wait(), LONG_ENOUGH)
    await end(other)


async def test_a_worker_alone_needs_no_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(beside.FOLDER, raising=False)
    runner = Standing()
    task = beside_worker(runner)
    await asyncio.wait_for(runner.runs.wait(), LONG_ENOUGH)
    await end(task)


async def test_a_runner_that_fell_over_stands_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(beside.FOLDER, raising=False)
    monkeypatch.setattr(beside, "AGAIN_SECONDS", 0.001)
    runner = Standing(falls=2)
    task = beside_worker(runner)
    await asyncio.wait_for(runner.runs.wait(), LONG_ENOUGH)
    await end(task)

    assert runner.starts == 3
