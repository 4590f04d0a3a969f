"""What all of the operator's commands share: a container, clear errors, exit codes, text or JSON."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import sys
import traceback
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

import click
from dishka import AsyncContainer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from config.settings import BadSettings, Settings, load_settings
from entrypoints.cli.errors import ExitCode, exit_code, sentences
from entrypoints.cli.importing import without_collecting

messages = Console(stderr=True, highlight=False, soft_wrap=True)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON with a stable shape.")

Row = Mapping[str, Any]
Result = TypeVar("Result")
UNFOLDED = 10_000
Work = Callable[..., Coroutine[Any, Any, ExitCode | None]]


def operator_command(work: Work) -> Callable[..., None]:
    """Turn ``async def work(container, **options)`` into a command's callback.

    Settings are loaded only when the command runs. Errors end as a line on stderr and their exit code.
    """
    return _callback(work, _operator_container)


def registry_command(work: Work) -> Callable[..., None]:
    """The same for work that looks at sites from outside only: it starts in half the time."""
    return _callback(work, _registry_container)


def runner_command(work: Work) -> Callable[..., None]:
    """The same with a Runner in the container."""
    return _callback(work, _runner_container)


def _callback(work: Work, build: Callable[[Settings], AsyncContainer]) -> Callable[..., None]:
    @functools.wraps(work)
    def callback(**options: Any) -> None:
        sys.exit(finished(_run(work, build, options)))

    return callback


def finished(work: Coroutine[Any, Any, Result]) -> Result:
    """Run *work*; Ctrl-C ends it with a line."""
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        tell(["Interrupted. The same command goes on from here."])
        sys.exit(ExitCode.INTERRUPTED)


def _operator_container(settings: Settings) -> AsyncContainer:
    from config.logging import configure_logging
    from ioc.operator import operator_container

    configure_logging(is_local=True, level="DEBUG" if is_debugging() else "ERROR")  # to people, and to stderr
    return operator_container(settings)


def _runner_container(settings: Settings) -> AsyncContainer:
    from config.logging import configure_logging
    from ioc.runner_at_hand import runner_container

    configure_logging(is_local=True, level="DEBUG" if is_debugging() else "ERROR")
    return runner_container(settings)


def _registry_container(settings: Settings) -> AsyncContainer:
    from ioc.registry import registry_container

    return registry_container(settings)


async def _run(work: Work, build: Callable[[Settings], AsyncContainer], options: dict[str, Any]) -> ExitCode:
    try:
        with without_collecting():
            container = build(load_settings())
        try:
            return await work(container, **options) or ExitCode.OK
        finally:
            await container.close()
    except BadSettings as error:
        tell(error.problems)
        return ExitCode.USAGE
    except Exception as error:  # noqa: BLE001 - an operator gets a line that says what to do, never a traceback
        show_where(error)
        tell(sentences(error))
        return exit_code(error)


def is_debugging() -> bool:
    return os.environ.get("TERRACE_LOG_LEVEL", "").upper() == "DEBUG"


def can_ask() -> bool:
    """Whether somebody sits there who sees a question and can answer it."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def show_where(error: Exception) -> None:
    """The traceback, for those who look for it only."""
    if is_debugging():
        traceback.print_exception(error)


def tell(lines: Sequence[str]) -> None:
    """Say what went wrong."""
    for line in lines:
        messages.print(line, style="red", markup=False)


def print_json(data: Any) -> None:
    """*data* alone on stdout."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def print_rows(rows: Sequence[Row], columns: Sequence[str], *, as_json: bool, name: str) -> None:
    """A list: as ``{name: […]}`` or as a table."""
    if as_json:
        print_json({name: list(rows)})
        return
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(escape(_text(row[column])) for column in columns))
    # What a program reads is one line for each row, however long.
    width = None if sys.stdout.isatty() else UNFOLDED
    Console(highlight=False, width=width).print(table)


def print_fields(fields: Row, *, as_json: bool) -> None:
    """One thing: as an object or as "name  value" lines."""
    if as_json:
        print_json(fields)
        return
    width = max(map(len, fields))
    for name, value in fields.items():
        click.echo(f"{name:<{width}}  {_text(value)}")


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "-"
    return "-" if value is None else str(value)
