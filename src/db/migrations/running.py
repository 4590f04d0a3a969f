"""Both histories' env.py: SQL to a buffer (how schemas are really migrated), or a connection somebody hands in."""

from alembic import context
from sqlalchemy import MetaData
from sqlalchemy.engine import Connection


def run(tables: MetaData) -> None:
    connection: Connection | None = context.config.attributes.get("connection")
    if context.is_offline_mode():
        # "named" leaves each % alone. The transaction is whoever's who sends the SQL.
        context.configure(
            dialect_name="postgresql",
            target_metadata=tables,
            literal_binds=True,
            dialect_opts={"paramstyle": "named"},
            transactional_ddl=False,
        )
    elif connection is not None:
        context.configure(connection=connection, target_metadata=tables, compare_server_default=True)
    else:
        raise SystemExit("Use `terrace db migrate`, or --sql to see what it would run.")
    context.run_migrations()
