"""Two thousand questions in one matrix: grid, list and search as visitors get them, nothing kept from before."""

from __future__ import annotations

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bench.deployment import Deployment
from bench.prove.many_posts import measured
from bench.report import Figure

QUESTIONS = 2_000
PROMISED_MS = 60.0
PAGES = {
    "sheets": "/matrix",
    "grid": "/matrix/databases",
    "list": "/matrix/databases?view=list",
    "grid of one grade": "/matrix/databases?grade=senior",
    "search in a sheet": "/matrix/databases?q=index",
    "search: two words": "/matrix/databases?q=index+scan",
    "search: a slip of the pen": "/matrix/databases?q=indxe",
    "one question": "/matrix/databases/index-portfolio-audit",
}
COPY = """
    INSERT INTO questions ({columns})
    SELECT {values} FROM questions AS one, generate_series(1, %(times)s) AS n
"""
CHANGED = {
    "id": "md5(one.id || n::text)",
    "slug": "left(one.slug, 90) || '-' || n::text",
    "position": "one.position + n * 100",
    "folded": "one.folded || ' ' || n::text",
    "fingerprint": "md5(one.fingerprint || n::text)",
}


async def prove(deployment: Deployment) -> list[Figure]:
    await deployment.terrace("tenants", "apply", "tenants/anna")
    await deployment.terrace("tasks", "run")  # what follows planting is not what is measured
    shown = await deployment.terrace("tenants", "show", "anna")
    count = await _multiply(deployment, shown["schema"])
    await deployment.start_app(TERRACE_WORKERS="1")
    async with deployment.visitor("anna.localhost") as visitor:
        figures = [await measured(visitor, name, path, promised_ms=PROMISED_MS) for name, path in PAGES.items()]
    return [Figure(name="questions", value=count, limit=QUESTIONS, is_minimum=True), *figures]


async def _multiply(deployment: Deployment, schema: str) -> int:
    """Put copies of the site's own questions beside them until there are enough; how many there are then."""
    name = str(conninfo_to_dict(deployment.addresses.app_url)["dbname"])
    address = make_conninfo(deployment.addresses.superuser_url, dbname=name)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as database:
        await database.execute(sql.SQL("SET search_path = {}, extensions").format(sql.Identifier(schema)))
        cursor = await database.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = 'questions'",
            [schema],
        )
        names = [row[0] for row in await cursor.fetchall() if row[0] not in {"heading", "search"}]
        values = [sql.SQL(CHANGED.get(column, "one." + column)) for column in names]
        copy = sql.SQL(COPY).format(
            columns=sql.SQL(", ").join(map(sql.Identifier, names)), values=sql.SQL(", ").join(values)
        )
        times = QUESTIONS // await _count(database)
        await database.execute(copy, {"times": times})
        await database.execute("VACUUM ANALYZE questions")
        return await _count(database)


async def _count(database: psycopg.AsyncConnection) -> int:
    row = await (await database.execute("SELECT count(*) FROM questions")).fetchone()
    return int(row[0]) if row else 0
