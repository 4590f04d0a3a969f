import asyncio
import subprocess
from collections.abc import AsyncIterator

import pytest

from tests.production.door import Door, build_door, eventually, run_script
from tests.production.echo import Echo

HOSTS = ("anna.example", "boris.example")


@pytest.fixture(scope="session")
async def door(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Door]:
    """nginx as in production, with a trial certificate for two hosts."""
    built = build_door(tmp_path_factory.mktemp("door"), "tls")
    run_script("make-cert.sh", built, *HOSTS).check_returncode()
    async for started in _running(built):
        yield started


@pytest.fixture(scope="session")
async def local_door(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Door]:
    """nginx of the local profile, without TLS."""
    async for started in _running(build_door(tmp_path_factory.mktemp("local"), "local")):
        yield started


@pytest.fixture
async def echo(door: Door) -> AsyncIterator[Echo]:
    server = Echo()
    await server.start(door.app)
    yield server
    await server.stop()


async def _running(door: Door) -> AsyncIterator[Door]:
    process = door.start()
    try:
        await _listening(door, process)
        yield door
    finally:
        process.terminate()
        process.wait(timeout=10)


async def _listening(door: Door, process: subprocess.Popen[bytes]) -> None:
    async def listens() -> bool:
        assert process.poll() is None, door.check().stderr
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", door.http)
        except OSError:
            return False
        writer.close()
        return True

    await eventually(listens)
