"""PostgreSQL and the object store of one data folder; `python -m dev.services --data DIR` prints where they are."""

import argparse
import asyncio
import contextlib
import fcntl
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from dev import minio, postgres, store, swift
from dev.keeper import Keeper, Say
from dev.memory import Memory
from dev.running import run
from dev.store import Store, StoreKind
from dev.supervisor import Supervisor
from dev.trouble import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAddresses:
    """Everything that a program needs to use the services; `data` holds logs/ and pids.json."""

    superuser_url: str
    owner_url: str
    app_url: str
    storage_kind: StoreKind
    storage_endpoint: str
    storage_region: str
    storage_root_access_key: str
    storage_root_secret_key: str
    storage_access_key: str
    storage_secret_key: str
    data: str

    @classmethod
    def from_json(cls, line: str) -> "ServiceAddresses":
        entries = json.loads(line)
        return cls(**entries | {"storage_kind": StoreKind(entries["storage_kind"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    addresses: ServiceAddresses
    keeper: Keeper
    memory: Memory


@contextlib.contextmanager
def claimed(data: Path) -> Iterator[Memory]:
    """One user of a data folder at a time; the kernel frees the lock however its holder ends."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "logs").mkdir(exist_ok=True)
    with (data / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Trouble(f"{data} is in use by process {lock.read().strip()}: stop that one first.") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        memory = Memory(data / "state.json")
        memory.once("installation", lambda: uuid4().hex)
        yield memory


async def start_store(keeper: Keeper, data: Path, memory: Memory) -> Store:
    kind = store.choose(memory)
    if kind is StoreKind.EXTERNAL:
        return store.external()
    start = minio.start if kind is StoreKind.MINIO else swift.start
    return await start(keeper, data, memory)


async def start_both(keeper: Keeper, data: Path, memory: Memory, *, is_fast: bool) -> ServiceAddresses:
    database_task = asyncio.ensure_future(postgres.start(keeper, data, memory, is_fast=is_fast))
    objects_task = asyncio.ensure_future(start_store(keeper, data, memory))
    tasks = (database_task, objects_task)
    try:
        database, objects = await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return ServiceAddresses(
        **asdict(database),
        **{f"storage_{name}": value for name, value in asdict(objects).items()},
        data=str(data),
    )


@contextlib.asynccontextmanager
async def running(data: Path, *, is_fast: bool, say: Say, pause: float = 10.0) -> AsyncIterator[Services]:
    """Both services in an absolute folder; what dies is started again after `pause` seconds.

    `is_fast` gives up safety for speed.
    """
    with claimed(data) as memory:
        async with Supervisor() as supervisor:
            supervisor.remove_at_end(data / "pids.json")
            keeper = Keeper(supervisor, pids=data / "pids.json", say=say, pause=pause)
            try:
                addresses = await start_both(keeper, data, memory, is_fast=is_fast)
                yield Services(addresses=addresses, keeper=keeper, memory=memory)
            finally:
                await keeper.stop()


def say_on_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


async def end_of_input() -> None:
    """Whoever started us holds the other end of this pipe; it closes however that process ends."""
    closed = asyncio.Event()
    loop = asyncio.get_running_loop()

    def read() -> None:
        if not os.read(0, 4096):
            closed.set()

    loop.add_reader(0, read)
    try:
        await closed.wait()
    finally:
        loop.remove_reader(0)


async def serve(options: argparse.Namespace) -> None:
    async with running(options.data, is_fast=options.fast, say=say_on_stderr, pause=options.pause) as services:
        print(json.dumps(asdict(services.addresses)), flush=True)
        ends: set[asyncio.Future[object]] = {asyncio.ensure_future(services.keeper.gave_up)}
        if options.until_input_ends:
            ends.add(asyncio.ensure_future(end_of_input()))
        done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if services.keeper.gave_up in done:
            raise services.keeper.gave_up.result()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m dev.services", description=__doc__)
    parser.add_argument(
        "--data", type=lambda word: Path(word).resolve(), required=True, help="the data folder, made when missing"
    )
    parser.add_argument("--fast", action="store_true", help="for tests: nothing survives a loss of power")
    parser.add_argument("--pause", type=float, default=10.0, help="seconds until a dead service starts again")
    parser.add_argument("--until-input-ends", action="store_true", help="stop when standard input is closed")
    return run(serve(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
