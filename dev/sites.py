"""The demo sites of `make dev`: applied, their owners let in, their first pages awaited."""

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

from watchfiles import awatch

from dev.invitation import accept
from dev.keeper import Keeper
from dev.memory import Memory
from dev.ready import until_answers
from dev.supervisor import Child, Command
from dev.trouble import Trouble

ROOT = Path(__file__).resolve().parent.parent
TERRACE = ROOT / ".venv" / "bin" / "terrace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    slug: str
    url: str
    owner_email: str
    invitation_url: str | None
    owner_password: str | None = None


async def terrace(keeper: Keeper, environment: Mapping[str, str], *words: str) -> str:
    """One command of the operator's command line; its standard output."""
    name = f"terrace {' '.join(words)}"
    log = ROOT / ".data" / "logs" / "terrace.log"
    command = Command(name=name, words=(TERRACE, *words), environment=environment, log=log, rank=3)
    return await keeper.supervisor.run(command)


def migrations_of(environment: Mapping[str, str]) -> str:
    """Changes with any migration and with the database itself, whose address holds a password of its own."""
    digest = hashlib.sha256(environment["TERRACE_DATABASE__OWNER_URL"].encode())
    for file in sorted((ROOT / "src" / "db" / "migrations").rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


async def migrate(keeper: Keeper, environment: Mapping[str, str], memory: Memory) -> None:
    """Left out when nothing is new since the last time that it succeeded: it takes two seconds to find that out."""
    wanted = migrations_of(environment)
    if memory.recall("migrated") != wanted:
        keeper.say("migrating the database")
        await terrace(keeper, environment, "db", "migrate")
        memory.remember("migrated", wanted)


def read_report(report: str, port: int) -> list[Site]:
    try:
        entries = json.loads(report)["sites"]
        return [
            Site(
                slug=entry["slug"],
                url=f"http://{entry['slug']}.localhost:{port}",
                owner_email=entry["owner_email"],
                invitation_url=entry["invitation_url"],
            )
            for entry in entries
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise Trouble(f"`terrace tenants apply --json` gave a report that cannot be read: {error!r}") from None


async def apply(keeper: Keeper, environment: Mapping[str, str], port: int) -> list[Site]:
    words = ("tenants", "apply", "tenants", "--jobs", "2", "--json")
    return read_report(await terrace(keeper, environment, *words), port)


def let_in(site: Site, memory: Memory) -> Site:
    """An owner who has not accepted yet gets a password of ours, kept before it is used."""
    key = f"owner.{site.slug}"
    if site.invitation_url:
        password = memory.once(key, lambda: token_urlsafe(12))
        accept(site.invitation_url, name=site.slug.capitalize(), password=password)
    return Site(
        slug=site.slug,
        url=site.url,
        owner_email=site.owner_email,
        invitation_url=None,
        owner_password=memory.recall(key),
    )


async def follow_changes(keeper: Keeper, environment: Mapping[str, str], port: int) -> None:
    """What somebody edits under tenants/ is applied as soon as it is saved; a mistake there is told, no more."""
    async for _ in awatch(ROOT / "tenants"):
        keeper.say("tenants/ has changed: applying it")
        try:
            await apply(keeper, environment, port)
        except Trouble as trouble:
            keeper.say(str(trouble))
        else:
            keeper.say("applied")


async def first_page(site: Site, children: Sequence[Child]) -> None:
    await until_answers(f"{site.url}/", children)


async def open_all(found: Sequence[Site], app: Child, memory: Memory) -> list[Site]:
    """Every site's first page has answered and every owner can sign in."""
    await asyncio.gather(*(first_page(site, [app]) for site in found))
    return list(await asyncio.gather(*(asyncio.to_thread(let_in, site, memory) for site in found)))
