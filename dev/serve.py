"""`make dev`: services, migrations, demo sites and the app with reload, all under one process."""

import asyncio
import base64
import json
import os
import secrets
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from dev import ports
from dev.child import die_with_parent
from dev.memory import Memory, write_private
from dev.running import run
from dev.services import ServiceAddresses, Services, claimed, running
from dev.sites import ROOT, TERRACE, Site, apply, follow_changes, migrate, open_all
from dev.store import StoreKind
from dev.supervisor import Command
from dev.trouble import Trouble

DATA = ROOT / ".data"
REPORT = DATA / "dev.json"
SETTINGS = DATA / "settings.json"
"""What the app was given, for `dev.shell`."""
STARTED_AT = float(os.environ.get("TERRACE_STARTED_AT") or time.time())


NOT_FOR_THE_APP = ("TERRACE_STORAGE__", "TERRACE_STARTED_AT")
"""What an outer installation may have set, and what only this file reads: `terrace doctor` knows no such setting."""


def elapsed() -> float:
    return time.time() - STARTED_AT


def say(line: str) -> None:
    print(f"[{elapsed():5.1f} s] {line}", flush=True)


def wanted_port() -> int:
    word = os.environ.get("PORT") or "8000"
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise Trouble(f"PORT is {word!r}: a number between 1 and 65535, for example PORT=9000 make dev")
    if not ports.is_free(int(word)):
        other = next(port for port in range(int(word) + 1000, 65536) if ports.is_free(port))
        raise Trouble(f"Port {word} is taken: stop what listens there, or choose another: PORT={other} make dev")
    return int(word)


def new_secrets_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def storage_settings(addresses: ServiceAddresses) -> dict[str, str]:
    kind = addresses.storage_kind
    keys = {StoreKind.MINIO: "minio", StoreKind.SWIFT: "shared"}.get(kind)
    keys = keys or os.environ.get("TERRACE_STORAGE__KEYS", "shared")
    settings = {
        "TERRACE_STORAGE__ENDPOINT": addresses.storage_endpoint,
        "TERRACE_STORAGE__REGION": addresses.storage_region,
        "TERRACE_STORAGE__KEYS": keys,
        "TERRACE_STORAGE__ROOT_ACCESS_KEY": addresses.storage_root_access_key,
        "TERRACE_STORAGE__ROOT_SECRET_KEY": addresses.storage_root_secret_key,
    }
    if keys == "shared":
        settings["TERRACE_STORAGE__ACCESS_KEY"] = addresses.storage_access_key
        settings["TERRACE_STORAGE__SECRET_KEY"] = addresses.storage_secret_key
    return settings


def app_environment(addresses: ServiceAddresses, memory: Memory, port: int) -> dict[str, str]:
    """What production gets from its .env: the same names, local values."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_FOR_THE_APP)}
    return (
        inherited
        | storage_settings(addresses)
        | {
            "PYTHONUNBUFFERED": "1",
            "TERRACE_ENVIRONMENT": "local",
            "TERRACE_PUBLIC_URL": f"http://{{host}}:{port}",
            "TERRACE_DATABASE__URL": addresses.app_url,
            "TERRACE_DATABASE__OWNER_URL": addresses.owner_url,
            "TERRACE_NAME_PREFIX": "terrace",
            "TERRACE_SECRETS__KEYS": json.dumps([memory.once("secrets.key", new_secrets_key)]),
            "TERRACE_OPS_PORT": str(ports.lasting(memory, "ops")),
            "TERRACE_MAIL__FOLDER": str(DATA / "outbox"),
        }
    )


def app_command(environment: dict[str, str], port: int) -> Command:
    """Its words go to our own terminal: they are what a developer looks at."""
    words = (TERRACE, "serve", "--host", ports.LOOPBACK, "--port", str(port), "--reload")
    return Command(name="the app", words=words, environment=environment, rank=3)


async def bring_up(services: Services, environment: dict[str, str], port: int) -> list[Site]:
    keeper = services.keeper
    await migrate(keeper, environment, services.memory)
    say("starting the app and applying tenants/")
    app = await keeper.keep(app_command(environment, port), pause=1)
    found = await apply(keeper, environment, port)
    say("waiting for the first page of " + " and ".join(site.slug for site in found))
    return await open_all(found, app, services.memory)


def write_report(services: Services, found: Sequence[Site], port: int, ops_port: int) -> None:
    addresses = services.addresses
    sites = {
        site.slug: {"url": site.url, "owner": {"email": site.owner_email, "password": site.owner_password}}
        for site in found
    }
    report = {
        "port": port,
        "ops_port": ops_port,
        "pid": os.getpid(),
        "ready_s": round(elapsed(), 2),
        "sites": sites,
        "database": {"app_url": addresses.app_url, "owner_url": addresses.owner_url},
        "storage": {"kind": addresses.storage_kind, "endpoint": addresses.storage_endpoint},
    }
    write_private(REPORT, json.dumps(report, indent=2, ensure_ascii=False) + "\n")


def tell(found: Sequence[Site], ops_port: int) -> None:
    lines = [""]
    for site in found:
        password = site.owner_password or "the password set earlier"
        lines += [f"  {site.url}", f"      sign in at {site.url}/login as {site.owner_email} with {password}"]
    hosts = " ".join(site.url.removeprefix("http://").partition(":")[0] for site in found)
    lines += [
        "",
        f"  Operator's port: http://{ports.LOOPBACK}:{ops_port}; all of this also stands in .data/dev.json",
        f"  Letters are not sent, they lie at http://{ports.LOOPBACK}:{ops_port}/outbox",
        "  Browsers find these names by themselves; for other programs, this line in /etc/hosts:",
        f"      {ports.LOOPBACK} {hosts}",
        "",
        f"  Ready in {elapsed():.1f} s. Ctrl-C stops everything.",
        "",
    ]
    print("\n".join(lines), flush=True)


async def serve() -> None:
    with claimed(DATA):  # says so when another `make dev` runs here, which a taken port would not
        port = wanted_port()
    say("starting PostgreSQL and the object store")
    async with running(DATA, is_fast=False, say=say) as services:
        REPORT.unlink(missing_ok=True)
        services.keeper.supervisor.remove_at_end(REPORT)
        say(f"PostgreSQL and the object store ({services.addresses.storage_kind}) are up")
        environment = app_environment(services.addresses, services.memory, port)
        ops_port = int(environment["TERRACE_OPS_PORT"])
        services.keeper.supervisor.remove_at_end(SETTINGS)
        settings = {name: value for name, value in environment.items() if name.startswith("TERRACE_")}
        write_private(SETTINGS, json.dumps(settings, indent=2) + "\n")
        found = await bring_up(services, environment, port)
        write_report(services, found, port, ops_port)
        tell(found, ops_port)
        following = asyncio.ensure_future(follow_changes(services.keeper, environment, port))
        try:
            raise await asyncio.shield(services.keeper.gave_up)
        finally:
            following.cancel()
            REPORT.unlink(missing_ok=True)
            SETTINGS.unlink(missing_ok=True)
            say("stopping")


def forget_stale_report() -> None:
    """One that a killed start left behind would tell of sites that nobody serves."""
    if REPORT.exists() and not Path(f"/proc/{json.loads(REPORT.read_text())['pid']}").exists():
        REPORT.unlink()


def main() -> int:
    forget_stale_report()
    if "MAKELEVEL" in os.environ:
        die_with_parent(os.getppid(), signal.SIGTERM)
    code = run(serve())
    if code == 0:
        say("stopped")
    return code


if __name__ == "__main__":
    sys.exit(main())
