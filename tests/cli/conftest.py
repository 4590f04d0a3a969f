"""The operator's command line in this process, over the run's real services, in a database of its own."""

from __future__ import annotations

import base64
import json
import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import sql
from sqlalchemy.engine import make_url

from config.logging import TerraceHandler
from dev.serve import storage_settings
from dev.services import ServiceAddresses
from entrypoints.cli.terrace import main
from tests.fixtures.database import Database


@dataclass(frozen=True, kw_only=True)
class Answer:
    code: int
    out: str
    err: str
    raw: bytes = b""

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, kw_only=True)
class Operator:
    """*environment* is what the commands get and *says* what is typed; *superuser_url* leads to the same database."""

    environment: dict[str, str]
    superuser_url: str
    says: str | bytes = ""

    def saying(self, words: str | bytes) -> Operator:
        return replace(self, says=words)

    def __call__(self, *words: str | Path, **changed: str | None) -> Answer:
        """What `terrace WORDS` answers; *changed* settings without TERRACE_, None takes one away."""
        others = {f"TERRACE_{name}": value for name, value in changed.items()}
        environment = {**self.environment, **others}
        result = CliRunner().invoke(main, [str(word) for word in words], input=self.says, env=environment)
        root = logging.getLogger()
        root.handlers = [kept for kept in root.handlers if not isinstance(kept, TerraceHandler)]
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(code=result.exit_code, out=result.stdout, err=result.stderr, raw=result.stdout_bytes)

    def asks(self, query: LiteralString, *values: str, names: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
        """What the database says to a superuser; *names* fill ``{}``."""
        with psycopg.connect(self.superuser_url, autocommit=True) as superuser:
            cursor = superuser.execute(sql.SQL(query).format(*map(sql.Identifier, names)), values)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def terrace(database: Database, services: ServiceAddresses) -> Operator:
    name = f"{database.prefix}_cli"
    owner = sql.Identifier(make_url(database.owner_url).username or "")
    with psycopg.connect(database.superuser_url, autocommit=True) as superuser:
        superuser.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), owner))
    taken_away = {variable: "" for variable in os.environ if variable.startswith("TERRACE_")}
    operator = Operator(
        superuser_url=_at(database.superuser_url, name),
        environment={
            **taken_away,
            **storage_settings(services),
            "TERRACE_ENVIRONMENT": "local",
            "TERRACE_PUBLIC_URL": "http://{host}:8000",
            "TERRACE_NAME_PREFIX": database.prefix,
            "TERRACE_DATABASE__URL": _at(database.app_url, name),
            "TERRACE_DATABASE__OWNER_URL": _at(database.owner_url, name),
            "TERRACE_SECRETS__KEYS": json.dumps([base64.urlsafe_b64encode(bytes(range(32))).decode()]),
        },
    )
    assert operator("db", "migrate").code == 0
    return operator


WriteSite = Callable[..., Path]


@pytest.fixture
def site(tmp_path: Path) -> WriteSite:
    """`site("anna")` writes a folder of that slug below tmp_path; *posts* are its files' names and texts."""

    def write(slug: str, *, host: str = "", folder: str = "", posts: dict[str, str] | None = None) -> Path:
        path = tmp_path / (folder or slug)
        (path / "content" / "blog").mkdir(parents=True)
        lines = (f'slug = "{slug}"', 'title = "A site"', f'hosts = ["{host or slug}.example"]', "[owner]")
        (path / "tenant.toml").write_text("\n".join([*lines, f'email = "owner@{slug}.example"', ""]))
        for name, text in (posts or {}).items():
            (path / "content" / "blog" / f"{name}.md").write_text(text)
        return path

    return write


@pytest.fixture
def slug() -> str:
    """A name that no other test has."""
    return f"s{secrets.token_hex(4)}"


def _at(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)
