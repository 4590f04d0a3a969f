"""One process whose children never outlive it, however it ends."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from dev.account import Account
from dev.trouble import Trouble, diagnosis, last_lines

HERE = Path(__file__).resolve().parent
ISOLATED = (sys.executable, "-I", "-S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What to run and how it wants to end; `rank` orders the stopping, highest first."""

    name: str
    words: Sequence[str | Path]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    folder: Path = HERE.parent
    log: Path | None = None
    account: Account | None = None
    stop_signal: int = signal.SIGTERM
    is_gentle: bool = False
    patience: float = 10.0
    rank: int = 0


@dataclass(slots=True, kw_only=True)
class Child:
    command: Command
    process: asyncio.subprocess.Process
    is_wanted: bool = True

    @property
    def is_running(self) -> bool:
        return self.process.returncode is None

    def told(self) -> str:
        """The end of its log, for the one line that explains its death."""
        log = self.command.log
        return log.read_text(errors="replace")[-4000:] if log and log.exists() else ""

    def why_it_ended(self) -> Trouble:
        told = self.told()
        words = last_lines(told) if self.command.log else "what it said stands above"
        return Trouble(diagnosis(told) or f"{self.command.name} ended ({self.process.returncode}): {words}")


def failure(command: Command, code: int, told: str) -> Trouble:
    """One line; a command with a log leaves the rest of its words there."""
    line = diagnosis(told) or f"{command.name} failed ({code}): {last_lines(told)}"
    if command.log is None:
        return Trouble(line)
    command.log.write_text(told)
    return Trouble(f"{line} (all of it: {command.log})")


def post_sentinel() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*ISOLATED, HERE / "sentinel.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        bufsize=1,
        start_new_session=True,
    )


class Supervisor:
    def __init__(self) -> None:
        self.children: list[Child] = []
        self._sentinel: subprocess.Popen[str] | None = None

    async def __aenter__(self) -> Self:
        self._sentinel = post_sentinel()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop_all()
        if self._sentinel and self._sentinel.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._sentinel.stdin.close()
            await asyncio.to_thread(self._sentinel.wait)

    def remove_at_end(self, file: Path) -> None:
        """It speaks of our processes: gone with them, also when we are killed."""
        self._note("!", file)

    def _note(self, mark: str, subject: int | Path) -> None:
        if self._sentinel is None or self._sentinel.stdin is None:
            raise Trouble("The supervisor has not begun")
        with contextlib.suppress(BrokenPipeError):
            self._sentinel.stdin.write(f"{mark}{subject}\n")

    async def _spawn(self, command: Command, out: int, errors: int) -> asyncio.subprocess.Process:
        """Called on the main thread only: the kernel's promise follows the thread that forked."""
        account = f"{command.account.uid}:{command.account.gid}" if command.account else "-"
        death = signal.SIGINT if command.is_gentle else signal.SIGKILL
        process = await asyncio.create_subprocess_exec(
            *ISOLATED, HERE / "child.py", str(os.getpid()), str(int(death)), account, *command.words,
            env=command.environment, cwd=command.folder, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=out, stderr=errors,
        )  # fmt: skip
        self._note("~" if command.is_gentle else "+", process.pid)
        return process

    async def start(self, command: Command) -> Child:
        """It runs until stopped; its words go to its log, or to ours when it has none."""
        if command.log:
            command.log.parent.mkdir(parents=True, exist_ok=True)
            with command.log.open("wb") as log:
                process = await self._spawn(command, log.fileno(), log.fileno())
        else:
            process = await self._spawn(command, sys.stdout.fileno(), sys.stderr.fileno())
        child = Child(command=command, process=process)
        self.children.append(child)
        return child

    async def run(self, command: Command) -> str:
        """It ends by itself; what it wrote on stdout. Raises Trouble in one line."""
        process = await self._spawn(command, subprocess.PIPE, subprocess.PIPE)
        child = Child(command=command, process=process)
        self.children.append(child)
        try:
            out, errors = await process.communicate()
        except asyncio.CancelledError:
            await self.stop(child)
            raise
        self.forget(child)
        if process.returncode:
            raise failure(command, process.returncode, (out + b"\n" + errors).decode(errors="replace"))
        return out.decode()

    def forget(self, child: Child) -> None:
        if child in self.children:
            self.children.remove(child)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, signal.SIGKILL)  # what it left behind in its session
            self._note("-", child.process.pid)

    async def stop(self, child: Child) -> None:
        child.is_wanted = False
        if child.is_running:
            for number in (child.command.stop_signal, signal.SIGCONT):
                with contextlib.suppress(ProcessLookupError):
                    child.process.send_signal(number)
            try:
                await asyncio.wait_for(child.process.wait(), child.command.patience)
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    child.process.kill()
                await child.process.wait()
        self.forget(child)

    async def stop_all(self) -> None:
        """In order of rank: who uses a service goes before the service."""
        for rank in sorted({child.command.rank for child in self.children}, reverse=True):
            await asyncio.gather(*(self.stop(c) for c in list(self.children) if c.command.rank == rank))
