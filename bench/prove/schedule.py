"""Scheduled posts: on time, once each, with two workers and two nodes, and whoever is killed in the middle of it."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bench.deployment import Deployment, family, free_port
from bench.report import Figure

PROMISED = 5.0
"""Seconds after its moment, or after the restart, within which a post has been followed up."""
POSTS = 30
SPREAD = 12.0
KILLS = 4
PATIENCE = 60.0
NOTE_FOLLOW_UPS = """
    CREATE TABLE {0}.proof_follow_ups (post text NOT NULL);
    CREATE FUNCTION {0}.proof_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        $$ BEGIN INSERT INTO {0}.proof_follow_ups VALUES (NEW.id); RETURN NULL; END $$;
    CREATE TRIGGER proof_note AFTER UPDATE OF announced_at ON {0}.posts FOR EACH ROW
        WHEN (NEW.announced_at IS NOT NULL) EXECUTE FUNCTION {0}.proof_note();
"""


async def prove(deployment: Deployment) -> list[Figure]:
    report = await deployment.terrace("tenants", "apply", "tenants", "--jobs", "2")
    await deployment.start_app(TERRACE_WORKERS="2")
    for site in report["sites"]:
        await deployment.let_owner_in(site)
    shown = await deployment.terrace("tenants", "show", "anna")
    database = await psycopg.AsyncConnection.connect(_everywhere(deployment), autocommit=True)
    async with database:
        proof = _Proof(deployment, database, shown["schema"])
        await proof.watch()
        figures = [
            await proof.on_time(),
            await proof.killed_with_everything(),
            await proof.killed_worker(),
            *await proof.many_kills(),
        ]
        return [*figures, await proof.resting()]


class _Proof:
    """On Anna's site; *database* may look and lock everywhere."""

    def __init__(self, deployment: Deployment, database: psycopg.AsyncConnection, schema: str) -> None:
        self._deployment = deployment
        self._database = database
        self._schema = sql.Identifier(schema)
        self._numbers = iter(range(10_000))

    async def watch(self) -> None:
        """Have the database itself write down each time that a post is followed up."""
        await self._database.execute(sql.SQL(NOTE_FOLLOW_UPS).format(self._schema))

    async def on_time(self) -> Figure:
        """Nobody is killed."""
        posts = await self._schedule([2.0, 2.5, 3.0])
        lag = await self._latest(posts)
        return Figure(name="on time", value=lag, unit="s after its moment", limit=PROMISED)

    async def killed_with_everything(self) -> Figure:
        """kill -9 of supervisor and workers between the claim and the commit."""
        posts = await self._schedule([1.0])
        await self._hold_up(posts, self._kill_all)
        began = time.monotonic()
        await self._deployment.start_app(TERRACE_WORKERS="2")
        ready = time.monotonic() - began
        await self._latest(posts)
        after = max(0.0, time.monotonic() - began - ready)
        name = "all killed in the middle of it: followed up after the restart"
        return Figure(name=name, value=after, unit="s", limit=PROMISED)

    async def killed_worker(self) -> Figure:
        """kill -9 of the one worker that is at it; another one of the node takes over."""
        posts = await self._schedule([1.0])
        await self._hold_up(posts, self._kill_worker)
        began = time.monotonic()
        await self._latest(posts)
        after = time.monotonic() - began
        return Figure(name="its worker killed: another one has followed up", value=after, unit="s", limit=PROMISED)

    async def many_kills(self) -> list[Figure]:
        """Two nodes of two workers each, of which one after the other is killed at random, and started again."""
        other = Deployment(self._deployment.folder, self._deployment.addresses)
        other.environment = {**self._deployment.environment, "TERRACE_OPS_PORT": str(free_port())}
        await other.start_app(TERRACE_WORKERS="2")
        try:
            posts = await self._schedule([2 + SPREAD * number / POSTS for number in range(POSTS)])
            for node in (self._deployment, other) * (KILLS // 2):
                await asyncio.sleep(random.uniform(0.5, SPREAD / KILLS))
                await self._kill_all(node)
                await node.start_app(TERRACE_WORKERS="2")
            lag = await self._latest(posts)
        finally:
            await other.stop_app()
        again = sum([times != 1 for times in (await self._follow_ups(posts)).values()])
        return [
            Figure(name=f"{KILLS} kills on two nodes: latest of {POSTS} posts", value=lag, unit="s after its moment"),
            Figure(name="followed up twice or not at all", value=again, unit="posts", limit=0),
        ]

    async def resting(self) -> Figure:
        """What is still waiting, failed or marked when everything is done: nothing may be left behind."""
        cursor = await self._database.execute(
            sql.SQL(
                "SELECT (SELECT count(*) FROM {}.tasks WHERE due_at <= now()),"
                " (SELECT count(*) FROM platform.wakeups WHERE due_at <= now())"
            ).format(self._schema)
        )
        row = await cursor.fetchone()
        return Figure(name="left behind", value=sum(row or (1,)), unit="rows", limit=0)

    async def _schedule(self, delays: list[float]) -> list[str]:
        """Posts that become public after *delays* seconds."""
        program = await self._deployment.program("anna", "anna@anna.example")
        posts = []
        drafts = [await self._draft(program) for _ in delays]
        now = datetime.now(UTC)
        for (post, etag), delay in zip(drafts, delays, strict=True):
            moment = (now + timedelta(seconds=delay)).isoformat()
            answer = await program.put(
                f"/api/v1/posts/{post}/publication", json={"published_at": moment}, headers={"If-Match": etag}
            )
            answer.raise_for_status()
            posts.append(post)
        await program.aclose()
        return posts

    async def _draft(self, program: httpx.AsyncClient) -> tuple[str, str]:
        """Its id and ETag."""
        number = next(self._numbers)
        answer = await program.post("/api/v1/posts", json={"title": f"Scheduled {number}", "body": "Soon."})
        answer.raise_for_status()
        return str(answer.json()["id"]), answer.headers["ETag"]

    async def _latest(self, posts: Sequence[str]) -> float:
        """Wait until all are followed up; the longest time after its moment, in seconds."""
        asking = sql.SQL(
            "SELECT count(announced_at), extract(epoch FROM max(announced_at - published_at))::float"
            " FROM {}.posts WHERE id = ANY (%s)"
        ).format(self._schema)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            cursor = await self._database.execute(asking, [list(posts)])
            count, lag = await cursor.fetchone() or (0, None)
            if count == len(posts):
                return float(lag)
            await asyncio.sleep(0.05)
        raise RuntimeError(f"after {PATIENCE:g} s not all posts were followed up")

    async def _follow_ups(self, posts: Sequence[str]) -> dict[str, int]:
        """How often each of *posts* was followed up."""
        asking = sql.SQL("SELECT post, count(*) FROM {}.proof_follow_ups GROUP BY post").format(self._schema)
        found: dict[str, int] = dict(await (await self._database.execute(asking)).fetchall())
        return {post: found.get(post, 0) for post in posts}

    async def _hold_up(self, posts: Sequence[str], kill: Callable[[Deployment], Awaitable[None]]) -> None:
        """Let a runner begin with *posts*, keep it from ending, and kill it there."""
        begun = sql.SQL("SELECT count(*) FROM {}.tasks WHERE started_at IS NOT NULL").format(self._schema)
        async with await psycopg.AsyncConnection.connect(_everywhere(self._deployment)) as holding:
            await holding.execute(sql.SQL("LOCK TABLE {}.posts IN EXCLUSIVE MODE").format(self._schema))
            deadline = time.monotonic() + PATIENCE
            while await self._count(begun) == 0:
                if time.monotonic() > deadline:
                    raise RuntimeError("no runner has begun")
                await asyncio.sleep(0.02)
            await kill(self._deployment)
            await holding.rollback()
        if any((await self._follow_ups(posts)).values()):
            raise RuntimeError("what was killed had ended before")

    async def _count(self, query: sql.Composed) -> int:
        row = await (await self._database.execute(query)).fetchone()
        return int(row[0]) if row else 0

    async def _kill_all(self, node: Deployment) -> None:
        if node.app is None:
            raise RuntimeError("nothing runs")
        for pid in reversed(family(node.app.pid)):
            os.kill(pid, signal.SIGKILL)
        await node.app.wait()

    async def _kill_worker(self, node: Deployment) -> None:
        """The one with the runner's connections."""
        if node.app is None:
            raise RuntimeError("nothing runs")
        cursor = await self._database.execute(
            "SELECT client_port FROM pg_stat_activity WHERE application_name = 'terrace-runner'"
        )
        ports = {port for (port,) in await cursor.fetchall()}
        workers = [pid for pid in family(node.app.pid) if ports & _ports(pid)]
        if len(workers) != 1:
            raise RuntimeError(f"{len(workers)} workers run what is due")
        os.kill(workers[0], signal.SIGKILL)


def _everywhere(deployment: Deployment) -> str:
    """The superuser's address of the application's database."""
    name = str(conninfo_to_dict(deployment.addresses.app_url)["dbname"])
    return make_conninfo(deployment.addresses.superuser_url, dbname=name)


def _ports(pid: int) -> set[int]:
    """The local ports of the TCP connections of one process."""
    sockets = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            sockets.add(str(entry.readlink()))
        except OSError:
            continue
    found = set()
    for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if f"socket:[{fields[9]}]" in sockets:
            found.add(int(fields[1].rpartition(":")[2], 16))
    return found
