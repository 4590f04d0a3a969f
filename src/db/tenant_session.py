"""The only place that enters a schema: the first message of every transaction names schema and role."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from psycopg.errors import InsufficientPrivilege
from psycopg.pq import TransactionStatus
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from core.errors import Unavailable
from core.tenancy.entities import Tenant

PLATFORM = "platform"
EXTENSIONS = "extensions"
SCHEMAS_PER_CONNECTION = 60
_BINDING = "terrace_binding"
_RESERVE = "terrace_reserve"
_SERVED = "terrace_schemas"
_ANNOUNCED = "terrace_announced"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")

Follower = Callable[[str], None]


class NoTenantBound(RuntimeError):
    """A statement outside of any tenant and of the platform: a bug, refused before it reaches the database."""


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a transaction takes place and as whom (None: as the role that connected)."""

    schema: str
    role: str | None = None
    begin: str = field(init=False)

    def __post_init__(self) -> None:
        role = f"; SET LOCAL ROLE {quoted(self.role)}" if self.role else ""
        object.__setattr__(self, "begin", f"BEGIN; SET LOCAL search_path TO {quoted(self.schema)}, {EXTENSIONS}{role}")


class TenantSessions:
    """Sessions in the schema and the role of a tenant. *follow* hears at once what this process committed."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._followers: list[Follower] = []

    def follow(self, follower: Follower) -> None:
        self._followers.append(follower)

    def open_short(self, tenant: Tenant) -> AsyncSession:
        """For a few statements in between, by somebody who may hold a connection of `open` already: from a reserve, so
        that those who hold one never wait for each other."""
        return _session(reserve_of(self._engine), Binding(tenant.schema, tenant.role))

    def open(self, tenant: Tenant) -> AsyncSession:
        """No connection is taken before the first statement."""
        session = _session(self._engine, Binding(tenant.schema, tenant.role))
        session.info[_ANNOUNCED] = announced = set[str]()
        event.listen(session.sync_session, "after_commit", lambda done: self._tell(done, announced, tenant))
        return session

    def _tell(self, session: Session, announced: set[str], tenant: Tenant) -> None:
        while announced and not session.in_nested_transaction():  # a savepoint is not for others yet
            payload = f"{announced.pop()}:{tenant.id}"
            for follower in self._followers:
                follower(payload)


class PlatformSessions:
    """Sessions in the platform's schema, as the role that connected; all of them short, and so from the reserve."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = reserve_of(engine)

    def open(self) -> AsyncSession:
        return _session(self._engine, Binding(PLATFORM))


def with_reserve(engine: AsyncEngine, reserve: AsyncEngine) -> AsyncEngine:
    return engine.execution_options(**{_RESERVE: reserve})


def reserve_of(engine: AsyncEngine) -> AsyncEngine:
    found = engine.sync_engine.get_execution_options().get(_RESERVE)
    return found if isinstance(found, AsyncEngine) else engine


def bound(engine: AsyncEngine, binding: Binding) -> AsyncEngine:
    """The same pool, its transactions in *binding*."""
    return engine.execution_options(**{_BINDING: binding})


def announce(session: AsyncSession, kind: str) -> None:
    """After the commit tell the followers in this process; the other processes hear it from a trigger."""
    session.info.setdefault(_ANNOUNCED, set()).add(kind)


def guard_transactions(engine: Engine) -> None:
    """Make every transaction of *engine* begin in a binding, and let go of connections that remember too much."""
    event.listen(engine, "begin", _enter)
    event.listen(engine, "commit", _refuse_failed)
    event.listen(engine.pool, "checkin", _retire)


def quoted(name: str) -> str:
    """*name* as an identifier. Raises ValueError for what we never name anything."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name of ours: {name!r}")
    return f'"{name}"'


def _session(engine: AsyncEngine, binding: Binding) -> AsyncSession:
    return AsyncSession(bound(engine, binding), autoflush=False, expire_on_commit=False)


def _enter(connection: Connection) -> None:
    binding = connection.get_execution_options().get(_BINDING)
    if not isinstance(binding, Binding):
        raise NoTenantBound
    try:
        _send(connection, binding)
    except Unavailable:
        # The pool's connection had died unnoticed, and nothing was done on it yet: a fresh one is as good.
        if not connection.invalidated:
            raise
        _send(connection, binding)
    except ProgrammingError as error:
        # A backend that reads its memberships while another role is being granted may keep what it read before the
        # grant until the next one (seen while making a thousand sites with 4 jobs); a fresh one reads them anew.
        if not isinstance(error.orig, InsufficientPrivilege):
            raise
        connection.invalidate()
        _send(connection, binding)
    connection.info.setdefault(_SERVED, set()).add(binding.schema)


def _send(connection: Connection, binding: Binding) -> None:
    # Without parameters psycopg uses the simple protocol, which takes several statements in one message.
    connection.exec_driver_sql(binding.begin, execution_options={"no_parameters": True})


def _refuse_failed(connection: Connection) -> None:
    """PostgreSQL answers COMMIT of a failed transaction with a quiet rollback: nobody may take that for saved."""
    if _status(connection.connection.driver_connection) is TransactionStatus.INERROR:
        connection.connection.rollback()
        raise RuntimeError("commit after a failed statement")


def _retire(connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    """Nobody gets a connection with a transaction on it; nor one whose backend knows too many schemas: it keeps the
    catalogue of each that it met, as many tables as 75 sites of ADR 28 (docs/adr/0036-thirty-tables-a-site.md)."""
    if connection is not None and _status(entry.driver_connection) is not TransactionStatus.IDLE:
        entry.invalidate()
    elif len(entry.info.get(_SERVED, ())) >= SCHEMAS_PER_CONNECTION:
        entry.invalidate(soft=True)


def _status(driver_connection: Any) -> TransactionStatus:
    status: TransactionStatus = driver_connection.info.transaction_status
    return status
