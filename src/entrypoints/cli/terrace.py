"""The operator's command line: our nouns, and the Litestar CLI with this app loaded."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import click

from entrypoints.cli.errors import ExitCode
from entrypoints.cli.importing import without_collecting

if TYPE_CHECKING:
    from litestar.cli._utils import LitestarEnv

APP = "main:create_app"
NOUNS = {
    "serve": "entrypoints.cli.serve:serve",
    "tenants": "entrypoints.cli.tenants:tenants",
    "users": "entrypoints.cli.users:users",
    "access": "entrypoints.cli.access:access",
    "tokens": "entrypoints.cli.tokens:tokens",
    "content": "entrypoints.cli.content:content",
    "matrix": "entrypoints.cli.matrix:matrix",
    "db": "entrypoints.cli.db:db",
    "tasks": "entrypoints.cli.tasks:tasks",
    "doctor": "entrypoints.cli.doctor:doctor",
}
LITESTAR_COMMANDS = ("info", "routes", "schema")


class TerraceGroup(click.Group):
    """Imports a noun when it is asked for, so that help, completion and doctor load no settings."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return [*NOUNS, *LITESTAR_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in NOUNS:
            return _load(NOUNS[cmd_name])
        if cmd_name in LITESTAR_COMMANDS:
            return _litestar_command(ctx, cmd_name)
        return None


def _load(target: str) -> click.Command:
    module, _, name = target.partition(":")
    with without_collecting():
        command: click.Command = getattr(importlib.import_module(module), name)
    return command


def _loaded() -> LitestarEnv:
    from litestar.cli._utils import LitestarEnv

    from config.settings import BadSettings

    try:
        return LitestarEnv.from_env(APP)
    except BadSettings as error:
        click.echo("\n".join(error.problems), err=True)
        raise click.exceptions.Exit(ExitCode.USAGE) from None


def _litestar_command(ctx: click.Context, name: str) -> click.Command | None:
    from litestar.cli.main import litestar_group

    ctx.obj = _loaded
    return litestar_group.commands.get(name)


@click.group(cls=TerraceGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="terrace")
def main() -> None:
    """Run many personal sites from one deployment."""
