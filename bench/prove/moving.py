"""Moving: archives of five hundred posts, of each form, into sites that are empty, and out of one again."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bench.deployment import Deployment
from bench.large_archives import LargeArchive
from bench.report import Figure
from core.blog.archives import ArchiveFormat

POSTS = 500
PICTURES = 20
PROMISED = 60.0
TABLES = ("posts", "revisions", "redirects", "media", "tasks")


async def prove(deployment: Deployment) -> list[Figure]:
    figures = []
    for form in ArchiveFormat:
        path = deployment.folder / f"{form.value}.zip"
        await asyncio.to_thread(LargeArchive(POSTS, PICTURES).write, form, path)
        figures += await _moved_in(deployment, form.value, path)
    return [*figures, *await _moved_on(deployment, ArchiveFormat.MARKDOWN.value)]


async def _moved_on(deployment: Deployment, slug: str) -> list[Figure]:
    """Out of the site *slug*, into an empty one, out of that, and back into where it came from."""
    first, second, other = deployment.folder / "first.zip", deployment.folder / "second.zip", f"{slug}-again"
    words = ("--host", f"{other}.example", "--title", "Another", "--owner", "owner@a.example", "--locale", "ru")
    await deployment.terrace("tenants", "create", other, *words)
    began = time.perf_counter()
    told = await deployment.terrace("content", "export", slug, str(first))
    exporting = time.perf_counter() - began
    came, importing = await _imported(deployment, other, first)
    await deployment.terrace("content", "export", other, str(second))
    back, _ = await _imported(deployment, slug, second)
    is_same = await asyncio.to_thread(lambda: first.read_bytes() == second.read_bytes())
    return [
        Figure(name="export: all of it", value=exporting, unit="s"),
        Figure(name="export: posts", value=told["posts"], unit="posts", limit=POSTS, is_minimum=True),
        Figure(name="export: into an empty site", value=importing, unit="s", limit=PROMISED),
        _none("export: items that did not come", came["found"] - came["added"]),
        _none("export: bytes that differ from those of the other site", int(not is_same)),
        _none("export: added where all of it was", back["added"]),
    ]


async def _moved_in(deployment: Deployment, slug: str, path: Path) -> list[Figure]:
    words = ("--host", f"{slug}.example", "--title", slug.title(), "--owner", f"owner@{slug}.example")
    await deployment.terrace("tenants", "create", slug, *words)
    schema = (await deployment.terrace("tenants", "show", slug))["schema"]
    first, seconds = await _imported(deployment, slug, path)
    again_at_once, _ = await _imported(deployment, slug, path)
    began = time.perf_counter()
    await deployment.terrace("tasks", "run")
    rendered = time.perf_counter() - began
    kept = await _kept(deployment, schema)
    second, again = await _imported(deployment, slug, path)
    changed = sum(kept[name] != now for name, now in (await _kept(deployment, schema)).items())
    checked = await deployment.terrace("content", "check", slug)
    return [
        Figure(name=f"{slug}: {POSTS} posts", value=seconds, unit="s", limit=PROMISED),
        Figure(name=f"{slug}: links to what came later", value=rendered, unit="s in the runner"),
        Figure(name=f"{slug}: the same once more", value=again, unit="s"),
        Figure(name=f"{slug}: added", value=first["added"], unit="posts", limit=POSTS, is_minimum=True),
        _none(f"{slug}: items unaccounted for", _unaccounted(first) + _unaccounted(second)),
        _none(f"{slug}: added by two further runs", again_at_once["added"] + second["added"]),
        _none(f"{slug}: tables changed by a further run", changed),
        _none(f"{slug}: broken links and missing pictures", _broken(checked)),
    ]


async def _imported(deployment: Deployment, slug: str, path: Path) -> tuple[dict[str, int], float]:
    """The totals, and how long the whole command took."""
    began = time.perf_counter()
    report: dict[str, Any] = await deployment.terrace("content", "import", slug, str(path), "--yes")
    return report["totals"], time.perf_counter() - began


def _unaccounted(totals: dict[str, int]) -> int:
    return totals["found"] - sum(number for name, number in totals.items() if name != "found")


def _broken(checked: dict[str, Any]) -> int:
    items = (item for site in checked["sites"] for text in site["texts"] for item in text["items"])
    return sum(item["code"] in ("broken_link", "hidden_link", "missing_picture") for item in items)


def _none(name: str, value: int) -> Figure:
    return Figure(name=name, value=value, limit=0)


async def _kept(deployment: Deployment, schema: str) -> dict[str, str]:
    """A digest of each table."""
    name = str(conninfo_to_dict(deployment.addresses.app_url)["dbname"])
    address = make_conninfo(deployment.addresses.superuser_url, dbname=name)
    digest = sql.SQL("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t")
    async with await psycopg.AsyncConnection.connect(address) as database:
        found = {}
        for table in TABLES:
            row = await (await database.execute(digest.format(sql.Identifier(schema, table)))).fetchone()
            found[table] = str(row and row[0])
        return found
