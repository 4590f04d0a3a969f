"""The application as a process of its own, with two sites of the demo, reachable by a real browser."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from bench.deployment import NO_CERTIFICATES, PASSWORD, Deployment
from dev.invitation import accept
from dev.services import ServiceAddresses

TENANTS = Path(__file__).parents[2] / "tenants"
POSTS = {
    "anna": ("hello-world", "percentiles-lie", "timeouts-and-retries", "boring-deploys", "logical-replication-notes"),
    "boris": ("hello-world", "path-of-a-packet", "utilization-and-queues", "boring-deploys", "ebpf-notes"),
}
QUESTION_EVERY = 5
QUESTIONS = ("index-portfolio-audit", "beyond-the-btree")
"""Those that are looked for; of the others every fifth is there."""
SHEETS = {"anna": "databases", "boris": "linux"}
HEAVIEST = {"anna": "timeouts-and-retries", "boris": "path-of-a-packet"}
PATIENCE = 20.0
"""Seconds that a letter may take: the runner looks for work by itself."""
OWNERS = {"anna": "Anna Lindqvist", "boris": "Борис Ветров"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One site and its owner. *order* is the path of the order within a cell, *pair* names two resources."""

    slug: str
    url: str
    email: str
    order: str
    pair: str
    password: str = PASSWORD

    @property
    def sheet(self) -> str:
        """The path of a sheet of its matrix."""
        return f"/matrix/{SHEETS[self.slug]}"

    @property
    def heaviest(self) -> str:
        """The path of the post with the most to it: code, a table, footnotes, a picture."""
        return f"/blog/{HEAVIEST[self.slug]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    deployment: Deployment
    anna: Home
    boris: Home

    def home(self, slug: str) -> Home:
        return self.anna if slug == "anna" else self.boris

    async def invite(self, email: str, role: str) -> str:
        """The link of an invitation to Anna's site."""
        told = await self.deployment.terrace("users", "invite", "anna", "--email", email, "--role", role)
        url: str = told["invitation_url"]
        return url

    async def member(self, name: str, role: str) -> Home:
        """Somebody who has come to Anna's site by an invitation."""
        email = f"{role}-{secrets.token_hex(4)}@anna.example"
        await asyncio.to_thread(accept, await self.invite(email, role), name=name, password=PASSWORD)
        return replace(self.anna, email=email)

    async def letter(self, email: str, about: str) -> str:
        """The text of the letter to *email* whose subject holds *about*, as soon as it lies in the outbox."""
        outbox = f"http://127.0.0.1:{self.deployment.environment['TERRACE_OPS_PORT']}/outbox.json"
        async with httpx.AsyncClient(verify=NO_CERTIFICATES) as client, asyncio.timeout(PATIENCE):
            while True:
                for letter in (await client.get(outbox)).json()["letters"]:
                    if letter["to"] == email and about in letter["subject"]:
                        return str(letter["text"])
                await asyncio.sleep(0.1)

    def nowhere(self, path: str = "/") -> str:
        """An address whose host is nobody's."""
        return f"http://nobody.localhost:{self.deployment.port}{path}"


@asynccontextmanager
async def standing_town(services: ServiceAddresses, folder: Path) -> AsyncIterator[Town]:
    name = f"b{secrets.token_hex(4)}"
    await asyncio.to_thread(_make_database, services, name)
    own = replace(services, owner_url=_at(services.owner_url, name), app_url=_at(services.app_url, name))
    deployment = Deployment(folder, own)
    deployment.environment |= {
        "TERRACE_NAME_PREFIX": name,
        "TERRACE_WEBHOOKS__ALLOW_LOOPBACK": "true",
        "TERRACE_MAIL__FOLDER": str(folder / "outbox"),
    }
    await asyncio.to_thread(_copy_sites, folder / "tenants")
    await deployment.terrace("db", "migrate")
    applied, _ = await asyncio.gather(
        deployment.terrace("tenants", "apply", str(folder / "tenants"), "--jobs", "2"), deployment.start_app()
    )
    try:
        anna, boris = [await _move_in(site, deployment) for site in sorted(applied["sites"], key=lambda s: s["slug"])]
        yield Town(deployment=deployment, anna=anna, boris=boris)
    finally:
        await deployment.stop_app()


async def _move_in(site: dict[str, Any], deployment: Deployment) -> Home:
    slug = site["slug"]
    await asyncio.to_thread(accept, site["invitation_url"], name=OWNERS[slug], password=PASSWORD)
    async with aclosing(await deployment.program(slug, site["owner_email"])) as owner:
        await _open_the_matrix(owner)
        await _write(deployment, slug)
        await _subscribe(owner)
        question = (await owner.get(f"/api/v1/matrix/sheets/{SHEETS[slug]}")).json()["questions"][0]
        cell = urlencode({"place": question["subsection_id"], "grade": question["grade"]})
        pair = (await owner.get("/api/v1/matrix/resources?limit=2")).json()["items"]
    return Home(
        slug=slug,
        url=f"http://{slug}.localhost:{deployment.port}",
        email=site["owner_email"],
        order=f"/admin/matrix/sheets/{SHEETS[slug]}/order?{cell}",
        pair=urlencode({f"is-{resource['id']}": "on" for resource in pair}),
    )


async def _write(deployment: Deployment, slug: str) -> None:
    """Somebody has written to the site already."""
    words = {"name": "Vera K.", "telegram": "@vera_k", "email": "vera@example.org", "text": "Salut!"}
    async with deployment.visitor(f"{slug}.localhost") as visitor:
        (await visitor.post("/api/v1/contacts/messages", json=words)).raise_for_status()


async def _subscribe(owner: httpx.AsyncClient) -> None:
    """A receiver that nobody is, and what it was told."""
    wanted = {"url": "http://localhost:9/hook", "events": ["user.joined"], "description": "Zapier"}
    made = await owner.post("/api/v1/webhooks", json=wanted)
    made.raise_for_status()
    (await owner.post(f"{made.headers['location']}/tests")).raise_for_status()


async def _open_the_matrix(owner: httpx.AsyncClient) -> None:
    """All of it is looked at: visitors see what it covers and have proposed something."""
    path = "/api/v1/matrix/settings"
    settings = await owner.get(path)
    switched = {"accepts_suggestions": True, "shows_coverage": True, "grades": settings.json()["grades"]}
    for answer in (
        await owner.put(path, json=switched, headers={"If-Match": settings.headers["etag"]}),
        await owner.post("/api/v1/matrix/suggestions", json={"question": "What would you like to be asked?"}),
    ):
        answer.raise_for_status()


def _make_database(services: ServiceAddresses, name: str) -> None:
    owner = str(conninfo_to_dict(services.owner_url)["user"])
    with psycopg.connect(services.superuser_url, autocommit=True) as connection:
        making = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(making.format(sql.Identifier(name), sql.Identifier(owner)))


def _at(url: str, database: str) -> str:
    return f"{url.rpartition('/')[0]}/{database}"


def _copy_sites(folder: Path) -> None:
    """A few posts and questions of each demo site: all of them would only take longer."""
    for slug, posts in POSTS.items():
        site = folder / slug
        shutil.copytree(TENANTS / slug, site, ignore=shutil.ignore_patterns("blog"))
        for sheet in (site / "content" / "matrix").glob("*/"):
            for place, question in enumerate(sorted(sheet.glob("*.md"))):
                if place % QUESTION_EVERY and question.stem not in QUESTIONS:
                    question.unlink()
        (site / "content" / "blog").mkdir()
        for post in posts:
            shutil.copy(TENANTS / slug / "content" / "blog" / f"{post}.md", site / "content" / "blog")
