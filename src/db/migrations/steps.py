"""A step of a history as SQL, made by Alembic once and then sent to as many schemas as there are."""

from functools import lru_cache
from io import StringIO
from threading import Lock

from alembic import command
from alembic.config import Config

from db.migrations import FOLDER


def config_of(history: str, buffer: StringIO | None = None) -> Config:
    config = Config(output_buffer=buffer)
    config.set_main_option("script_location", (FOLDER / history).as_posix().replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


_ALEMBIC = Lock()
"""Alembic's environment lives in module globals: one thread at a time."""


def step_sql(history: str, start: str | None, end: str) -> str:
    """What brings a schema of *history* from *start* (None: empty) to *end*, the version table included."""
    with _ALEMBIC:
        return _step_sql(history, start, end)


@lru_cache
def _step_sql(history: str, start: str | None, end: str) -> str:
    buffer = StringIO()
    command.upgrade(config_of(history, buffer), f"{start}:{end}" if start else end, sql=True)
    return buffer.getvalue()
