"""Ten thousand posts in one site: lists, search and feeds as visitors get them, nothing kept from before."""

from __future__ import annotations

import random
import re
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.types.json import Jsonb

from bench.deployment import ROOT, Deployment
from bench.report import Figure
from services.markdown_html import VERSION, MarkdownHtml

POSTS = 10_000
SECTIONS = 5
"""Of the demo site's posts, which each of the ten thousand is put together from."""
TAG_EVERY = 5
"""Two thousand posts have the tag that is looked at."""
ROUNDS = 21
PROMISED_MS = 50.0
PAGES = {
    "list, first page": "/blog",
    "list, page 700": "/blog?page=700",
    "tag, first page": "/blog/tags/everywhere",
    "tag, page 100": "/blog/tags/everywhere?page=100",
    "year": "/blog/2020",
    "search: a word of one post": "/blog?q=unique{number}",
    "search: a word of many posts": "/blog?q=transaction",
    "search: two words": "/blog?q=backup+restore",
    "search: a slip of the pen": "/blog?q=tranzaction",
    "search: nothing": "/blog?q=qqqqqqqq",
    "search: a phrase": "/blog?q=%22two+transactions%22",
    "Atom": "/blog/feed.atom",
    "RSS": "/blog/feed.rss",
    "JSON Feed": "/blog/feed.json",
    "Atom of a tag": "/blog/tags/everywhere/feed.atom",
    "API, list": "/api/v1/posts",
    "API, search": "/api/v1/posts?q=transaction",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    source: str
    html: str
    plain: str
    words: int


async def prove(deployment: Deployment) -> list[Figure]:
    report = await deployment.terrace("tenants", "apply", "tenants/anna")
    await deployment.terrace("tasks", "run")  # what follows planting is not what is measured
    shown = await deployment.terrace("tenants", "show", "anna")
    await _fill(deployment, shown["schema"])
    await deployment.start_app(TERRACE_WORKERS="1")
    for site in report["sites"]:
        await deployment.let_owner_in(site)
    async with deployment.visitor("anna.localhost") as visitor:
        figures = [await measured(visitor, name, path) for name, path in PAGES.items()]
        return [*figures, await _sitemap(visitor)]


async def measured(visitor: httpx.AsyncClient, name: str, path: str, *, promised_ms: float = PROMISED_MS) -> Figure:
    """The median of ROUNDS answers; each asks for something a little different where the address allows for it."""
    taken = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        answer = await visitor.get(path.format(number=number * 37))
        taken.append((time.perf_counter() - began) * 1000)
        answer.raise_for_status()
    return Figure(name=name, value=statistics.median(taken), unit="ms", limit=promised_ms)


async def _sitemap(visitor: httpx.AsyncClient) -> Figure:
    """It names all posts: printed for its own sake."""
    found = await measured(visitor, "sitemap of all", "/sitemap.xml")
    return Figure(name=found.name, value=found.value, unit=found.unit)


async def _fill(deployment: Deployment, schema: str) -> None:
    """Put the posts into the *schema*, past the application: it would take an hour."""
    name = str(conninfo_to_dict(deployment.addresses.app_url)["dbname"])
    sections, chance = await _sections(), random.Random(10_000)
    address = make_conninfo(deployment.addresses.superuser_url, dbname=name)
    async with await psycopg.AsyncConnection.connect(address) as database:
        path = sql.SQL("SET search_path = {}, extensions").format(sql.Identifier(schema))
        await database.execute(path)
        rows = [_row(number, sections, chance) for number in range(POSTS)]
        names = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
        holes = sql.SQL(", ").join(sql.Placeholder() * len(rows[0]))
        async with database.cursor() as cursor:
            await cursor.executemany(
                sql.SQL("INSERT INTO posts ({}) VALUES ({})").format(names, holes), [list(row.values()) for row in rows]
            )
        await database.commit()
        await database.set_autocommit(True)
        await database.execute("VACUUM ANALYZE posts")
        await database.execute("VACUUM ANALYZE search_words")


async def _sections() -> list[Section]:
    """The sections of the demo site's posts, rendered."""
    markdown, found = MarkdownHtml(), []
    for path in sorted((ROOT / "tenants" / "anna" / "content" / "blog").glob("*.md")):
        body = path.read_text(encoding="utf-8").split("---", 2)[2]
        for source in re.split(r"\n(?=## )", re.sub(r"!\[[^\]]*\]\([^)]*\)", "", body)):
            rendered = await markdown.render(source, lang="en")
            found.append(Section(source=source, html=rendered.html, plain=rendered.plain, words=rendered.words))
    return found


def _row(number: int, sections: list[Section], chance: random.Random) -> dict[str, object]:
    chosen = chance.sample(sections, SECTIONS)
    at = datetime(2015, 1, 1, 8, tzinfo=UTC) + timedelta(hours=10 * number)
    title = f"Post {number} of many, about unique{number}"
    return {
        "id": f"{number:032x}",
        "group_id": f"{number:032x}",
        "slug": f"post-{number}",
        "title": title,
        "description": " ".join(chosen[0].plain.split()[:30]),
        "body": "\n\n".join(section.source for section in chosen),
        "html": "\n".join(section.html for section in chosen),
        "plain": "\n".join(section.plain for section in chosen),
        "renderer_version": VERSION,
        "words": sum(section.words for section in chosen),
        "lang": "en",
        "tags": [f"topic-{number % 40}", *(["everywhere"] if number % TAG_EVERY == 0 else [])],
        "cover": None,
        "cover_alt": "",
        "author_id": None,
        "author_name": "Anna Lindqvist",
        "author_slug": "anna-lindqvist",
        "is_public": True,
        "published_at": at,
        "announced_at": at,
        "trashed_at": None,
        "created_at": at,
        "updated_at": at,
        "version": 1,
        "mentions": [],
        "findings": Jsonb([]),
    }
