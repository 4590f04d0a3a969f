"""The embedded PostgreSQL: TCP on loopback, scram, and the roles that production has."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from signal import SIGINT

import psycopg
from psycopg import sql

from dev import ports
from dev.account import stand_in
from dev.cluster import SUPERUSER, Cluster, locate
from dev.keeper import Keeper
from dev.memory import Memory
from dev.supervisor import Child, Command
from dev.trouble import Trouble

OWNER, APP, DATABASE = "terrace_owner", "terrace_app", "terrace"
PATIENCE = 60.0
SETTINGS = {
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "max_locks_per_transaction": "256",
    "jit": "off",
    "log_checkpoints": "off",
}
SPEED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    superuser_url: str
    owner_url: str
    app_url: str


def url(user: str, password: str, port: int, database: str) -> str:
    return f"postgresql://{user}:{password}@{ports.LOOPBACK}:{port}/{database}"


def server(cluster: Cluster, port: int, log: Path, *, is_fast: bool) -> Command:
    settings = SETTINGS | (SPEED if is_fast else {}) | {"port": str(port)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return Command(
        name="postgres",
        words=(cluster.programs / "postgres", "-D", cluster.folder, *options),
        folder=Path("/"),
        log=log,
        account=cluster.account,
        stop_signal=SIGINT,
        is_gentle=True,
        rank=1,
    )


async def connect(child: Child, address: str) -> psycopg.AsyncConnection:
    """As soon as it accepts; raises Trouble when it died instead or takes a minute."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return await psycopg.AsyncConnection.connect(address, autocommit=True, connect_timeout=5)
        except psycopg.OperationalError as error:
            if not child.is_running:
                raise child.why_it_ended() from None
            if "authentication failed" in str(error) or time.monotonic() > deadline:
                raise Trouble(f"PostgreSQL does not let us in: {str(error).splitlines()[0]}") from None
            await asyncio.sleep(0.05)


async def create_roles(connection: psycopg.AsyncConnection, cluster: Cluster) -> None:
    """Each only where it is missing: an interrupted start finishes at the next."""
    passwords = cluster.passwords()
    found = await connection.execute("SELECT rolname FROM pg_roles UNION SELECT datname FROM pg_database")
    known = {name for (name,) in await found.fetchall()}
    owner, app, database = sql.Identifier(OWNER), sql.Identifier(APP), sql.Identifier(DATABASE)
    if OWNER not in known:
        create = sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}")
        await connection.execute(create.format(owner, sql.Literal(passwords.owner)))
    if APP not in known:
        create = sql.SQL("CREATE ROLE {} LOGIN NOINHERIT PASSWORD {}")
        await connection.execute(create.format(app, sql.Literal(passwords.app)))
    if DATABASE not in known:
        await connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))


async def check_folding(connection: psycopg.AsyncConnection) -> None:
    answer = await (await connection.execute("SELECT lower('Ё') = 'ё'")).fetchone()
    if answer != (True,):
        raise Trouble("This database does not know Cyrillic letters: delete its data folder to make it anew.")


async def start(keeper: Keeper, data: Path, memory: Memory, *, is_fast: bool) -> Database:
    installation = memory.recall("installation") or ""
    cluster = locate(data, installation, stand_in(), keeper.say)
    await cluster.make_ready(keeper.supervisor, keeper.say)
    port = ports.lasting(memory, "postgres")
    child = await keeper.keep(server(cluster, port, data / "logs" / "postgres.log", is_fast=is_fast))
    passwords = cluster.passwords()
    superuser_url = url(SUPERUSER, passwords.superuser, port, "postgres")
    async with await connect(child, superuser_url) as connection:
        await check_folding(connection)
        await create_roles(connection, cluster)
    return Database(
        superuser_url=superuser_url,
        owner_url=url(OWNER, passwords.owner, port, DATABASE),
        app_url=url(APP, passwords.app, port, DATABASE),
    )
