"""“-” in the place of a file: standard input, or standard output, where then stands nothing else."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import Invalid, Problem
from entrypoints.cli.command import Row, can_ask, messages, print_fields

_DASH = Path("-")
_ENDINGS = {b"PK": ".zip", b"{": ".json", b"<": ".xml"}


def is_dash(path: Path) -> bool:
    return path == _DASH


def refuse_unasked(path: Path, *, is_decided: bool) -> None:
    """Where nobody can be asked, or the answer would be taken for the file, it must be said beforehand."""
    if is_decided:
        return
    if is_dash(path):
        raise Invalid(Problem.of("--yes", "the file is read where you would answer: say --yes or --dry-run"))
    if not can_ask():
        raise Invalid(Problem.of("--yes", "nobody can be asked here: say --yes, or --dry-run to see what would come"))


@contextmanager
def at_hand(path: Path) -> Iterator[Path]:
    """*path*, or what comes by standard input under a name that says what it seems to be."""
    if not is_dash(path):
        yield path
        return
    stream = sys.stdin.buffer
    head = stream.read(2)
    ending = next((ending for begin, ending in _ENDINGS.items() if head.startswith(begin)), ".md")
    with tempfile.TemporaryDirectory(prefix="terrace-") as folder:
        kept = Path(folder, f"archive{ending}")
        with kept.open("xb") as file:
            file.write(head)
            shutil.copyfileobj(stream, file)
        yield kept


def report(path: Path, fields: Row, *, as_json: bool) -> None:
    """What was written, on stderr when the file itself went to stdout."""
    if not is_dash(path):
        print_fields(fields, as_json=as_json)
        return
    messages.print(", ".join(f"{name} {value}" for name, value in fields.items() if name != "path"), markup=False)
