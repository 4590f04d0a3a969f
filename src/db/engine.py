"""Connections to PostgreSQL; nothing at module level."""

from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from db.failures import PatientPool, translate_errors
from db.tenant_session import PLATFORM, Binding, bound, guard_transactions, with_reserve

PATIENCE = 3
RESERVE = 2
RECYCLE = 15 * 60
KEEPALIVE = {
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A peer that vanished without a word is noticed within 20 s."""

_LIMITS = {
    "search_path": "",
    "timezone": "UTC",
    "statement_timeout": "10s",
    "lock_timeout": "4s",
    "idle_in_transaction_session_timeout": "60s",
}


class UnsafeRole(RuntimeError):
    """The database role could reach more than one site at a time."""


def build_engine(url: str, *, pool_size: int = 5, application: str = "terrace") -> AsyncEngine:
    """An engine whose transactions must be bound to a tenant or the platform, and whose errors are core errors.

    Beside its pool it has a small reserve for what a request needs while it holds a connection already.
    """
    reserve = _engine(url, RESERVE, application)
    engine = _engine(url, pool_size, application)
    event.listen(engine.sync_engine, "engine_disposed", lambda _: reserve.sync_engine.dispose())
    return with_reserve(engine, reserve)


def _engine(url: str, size: int, application: str) -> AsyncEngine:
    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",  # our own BEGIN carries schema and role
        poolclass=PatientPool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=PATIENCE,
        pool_recycle=RECYCLE,
        connect_args={
            "application_name": application,
            "connect_timeout": PATIENCE,
            "options": " ".join(f"-c {name}={value}" for name, value in _LIMITS.items()),
            # A plan is good for one schema only: with many tenants it is made anew anyway, and a prepared
            # statement would fail where two schemas differ in a column's type.
            "prepare_threshold": None,
            **KEEPALIVE,
        },
    )
    translate_errors(engine.sync_engine)
    guard_transactions(engine.sync_engine)
    return engine


def pool_size(engine: AsyncEngine) -> int:
    pool = engine.sync_engine.pool
    return pool.size() if isinstance(pool, PatientPool) else 1


_RIGHTS = text("""
    SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole,
           EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND d.datdba = r.oid)
           OR EXISTS (SELECT FROM pg_namespace n WHERE n.nspowner = r.oid AND n.nspname !~ '^pg_')
           OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relnamespace <> pg_my_temp_schema()),
           EXISTS (SELECT FROM pg_namespace n
                   WHERE n.nspname = 'platform' AND pg_has_role(r.oid, n.nspowner, 'MEMBER')),
           EXISTS (SELECT FROM pg_roles o
                   WHERE o.oid <> r.oid AND pg_has_role(r.oid, o.oid, 'MEMBER')
                   AND (o.rolsuper OR o.rolbypassrls OR o.rolcreaterole OR o.rolname ~ '^pg_')),
           EXISTS (SELECT FROM pg_roles o WHERE o.oid <> r.oid AND pg_has_role(r.oid, o.oid, 'USAGE')),
           has_database_privilege(r.oid, current_database(), 'TEMP, CREATE')
    FROM pg_roles r WHERE r.rolname = current_user
""")
_REASONS = (
    "is a superuser",
    "may bypass row security",
    "may make and grant roles",
    "owns the database, a schema or a table",
    "may become the owner of the platform's schema",
    "may become a role with rights beyond the sites",
    "inherits the rights of the sites' roles: make it NOINHERIT",
    "may make schemas or temporary tables in the database: run `terrace db migrate`",
)


async def assert_safe_role(engine: AsyncEngine) -> None:
    """Raise UnsafeRole when the role that *engine* connects as could see or change more than the bound tenant."""
    async with bound(engine, Binding(PLATFORM)).connect() as connection:
        flags = (await connection.execute(_RIGHTS)).one()
    found = [why for is_so, why in zip(flags, _REASONS, strict=True) if is_so]
    if found:
        raise UnsafeRole(f"The database role {engine.url.username} {', '.join(found)}. The application refuses it.")
