"""Children die with their supervisor, however it ends."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dev.supervisor import Command, Supervisor
from dev.trouble import Trouble
from tests.dev.processes import alive, below, eventually

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import asyncio, sys
from pathlib import Path
from dev.running import run
from dev.supervisor import Command, Supervisor

async def work():
    async with Supervisor() as supervisor:
        supervisor.remove_at_end(Path(sys.argv[1]))
        for name in ("one", "two"):
            await supervisor.start(Command(name=name, words=("sh", "-c", "sleep 1000 & sleep 1001 & wait"), patience=2))
        await asyncio.sleep(0.3)
        Path(sys.argv[1]).touch()
        await asyncio.sleep(1000)

sys.exit(run(work()))
"""
ONE_SENTINEL_TWO_SHELLS_FOUR_SLEEPERS = 7


def start(report: Path) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, report], cwd=ROOT, stderr=subprocess.DEVNULL)
    assert eventually(report.exists)
    return process


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_no_process_outlives_the_supervisor(tmp_path: Path, ending: signal.Signals) -> None:
    report = tmp_path / "report"
    supervisor = start(report)
    family = below(supervisor.pid)
    assert len(family) == ONE_SENTINEL_TWO_SHELLS_FOUR_SLEEPERS

    supervisor.send_signal(ending)
    supervisor.wait(10)

    assert eventually(lambda: not alive(family), 5), alive(family)
    assert not report.exists()


def test_stopped_grandchildren_die_with_a_killed_supervisor(tmp_path: Path) -> None:
    supervisor = start(tmp_path / "report")
    family = below(supervisor.pid)
    sleepers = {pid for pid in family if "sleep\0" in Path(f"/proc/{pid}/cmdline").read_text()}
    for pid in sleepers:
        os.kill(pid, signal.SIGSTOP)

    supervisor.kill()
    supervisor.wait(10)

    assert len(sleepers) == 4
    assert eventually(lambda: not alive(family), 5), alive(family)


async def test_a_failed_command_is_told_in_one_line() -> None:
    async with Supervisor() as supervisor:
        command = Command(name="copying", words=("sh", "-c", "echo cp: No space left on device >&2; exit 1"))
        with pytest.raises(Trouble, match=r"^The disk is full: free some space, then run the same command again\.$"):
            await supervisor.run(command)


async def test_who_uses_a_service_is_stopped_before_the_service(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    async with Supervisor() as supervisor:
        for rank, name in ((1, "database"), (3, "app"), (2, "store")):
            script = f"trap 'sleep 0.1; echo {name} >> {diary}; exit' TERM; while :; do sleep 0.05; done"
            await supervisor.start(Command(name=name, words=("sh", "-c", script), rank=rank))
        await asyncio.sleep(0.3)
    assert diary.read_text().split() == ["app", "store", "database"]
