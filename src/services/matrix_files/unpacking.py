"""Archives that came as bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def on_disk(content: bytes) -> Iterator[Path]:
    """A file with *content*, for as long as it is looked into."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content)
        yield path
