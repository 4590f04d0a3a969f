"""`terrace content export`: a site's posts, pages and pictures, into an archive on this machine."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import sys
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from dishka import AsyncContainer

from core.blog.exports import MANIFEST, MANIFEST_FORMAT, ArchiveWriter, ExportedFile
from core.blog.use_cases.export_content import ExportContent
from core.errors import Conflict, Invalid, Problem
from core.tenancy.entities import Tenant
from core.tenancy.use_cases.show_tenant import ShowTenant
from entrypoints.cli.command import json_option, operator_command
from entrypoints.cli.dash import is_dash, report

_OURS = re.compile(r"(?:blog|pages|media)/[a-z0-9][a-z0-9.-]*\.(?:md|webp)")


class WouldOverwrite(Conflict):
    message = "“%(path)s” is there already. --yes writes over it; a folder keeps its other files."


@click.command("export")
@click.argument("slug")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--yes", "is_sure", is_flag=True, help="Write over an earlier export.")
@json_option
@operator_command
async def export_content(container: AsyncContainer, slug: str, path: Path, is_sure: bool, as_json: bool) -> None:
    """Write all posts, pages and pictures of the site SLUG to PATH: a zip when it ends with .zip, else a folder; “-”
    is a zip on standard output.

    The trash and earlier versions stay behind. `content import` takes it in, and so does a site's folder as content/.
    """
    tenant = await (await container.get(ShowTenant))(slug)
    _refuse_overwriting(path, is_sure=is_sure)
    written: Counter[str] = Counter()
    async with container({Tenant: tenant}) as at_site:
        export, writer = await at_site.get(ExportContent), await at_site.get(ArchiveWriter)
        files = _counted(await export(), written)
        if is_dash(path):
            await _write_to(sys.stdout.buffer, writer, files)
        elif _is_zip(path):
            await _write_zip(path, writer, files)
        else:
            await _write_folder(path, files)
    numbers = {"posts": written["blog"], "pages": written["pages"], "pictures": written["media"]}
    report(path, {"slug": slug, "path": str(path), **numbers, "bytes": written["bytes"]}, as_json=as_json)


def _is_zip(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


def _refuse_overwriting(path: Path, *, is_sure: bool) -> None:
    if is_dash(path):
        return
    if not path.absolute().parent.is_dir():
        raise Invalid(Problem.of("PATH", "there is no folder “%(folder)s”", folder=path.absolute().parent))
    if path.exists() and path.is_dir() is _is_zip(path):
        words = "“%(path)s” is a folder" if path.is_dir() else "“%(path)s” is a file; a zip ends with .zip"
        raise Invalid(Problem.of("PATH", words, path=path))
    is_empty = not path.exists() or (path.is_dir() and not any(path.iterdir()))
    if not is_empty and not is_sure:
        raise WouldOverwrite(path=path)


async def _counted(
    files: AsyncGenerator[ExportedFile, None], written: Counter[str]
) -> AsyncGenerator[ExportedFile, None]:
    async for file in files:
        written[file.path.partition("/")[0]] += 1
        written["bytes"] += len(file.content)
        yield file


async def _write_zip(path: Path, writer: ArchiveWriter, files: AsyncGenerator[ExportedFile, None]) -> None:
    with _beside(path) as half:
        with half.open("xb") as stream:
            await _write_to(stream, writer, files)
        half.replace(path)


async def _write_to(stream: BinaryIO, writer: ArchiveWriter, files: AsyncGenerator[ExportedFile, None]) -> None:
    async for chunk in writer.zipped(files):
        stream.write(chunk)
    stream.flush()


async def _write_folder(path: Path, files: AsyncGenerator[ExportedFile, None]) -> None:
    """Beside it first: what is there stays whole until all has come."""
    names = []
    with _beside(path) as half:
        async for file in files:
            names.append(file.path)
            target = half / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.content)
        _put_in_place(half, path, names)


def _put_in_place(half: Path, path: Path, names: list[str]) -> None:
    if not path.exists():
        half.rename(path)
        return
    for name in _written_before(path) - set(names):
        (path / name).unlink(missing_ok=True)
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (half / name).replace(path / name)


def _written_before(path: Path) -> set[str]:
    """What an earlier export put there, by its own list."""
    try:
        manifest = json.loads((path / MANIFEST).read_bytes())
        names = manifest["files"] if manifest["format"] == MANIFEST_FORMAT else ()
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in names if isinstance(name, str) and _OURS.fullmatch(name)}


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A name in the same folder; whatever is left there in the end goes."""
    half = path.absolute().with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        yield half
    finally:
        if half.is_dir():
            shutil.rmtree(half)
        elif os.path.lexists(half):
            half.unlink()
