"""A whole deployment of its own: services, operator's commands, the application, and visitors."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import secrets
import signal
import socket
import ssl
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from dev.invitation import accept
from dev.serve import storage_settings
from dev.services import ServiceAddresses

ROOT = Path(__file__).parents[1]
PASSWORD = secrets.token_urlsafe(16)
START_SECONDS = 120.0
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Reading the system's certificates for each client would take longer than most answers."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Deployment:
    """Everything below one *folder*; nothing of it survives `running`."""

    def __init__(self, folder: Path, addresses: ServiceAddresses) -> None:
        self.folder = folder
        self.addresses = addresses
        self.port = free_port()
        self.app: Process | None = None
        self.environment = {
            **os.environ,
            **storage_settings(addresses),
            "TERRACE_ENVIRONMENT": "local",
            "TERRACE_PUBLIC_URL": f"http://{{host}}:{self.port}",
            "TERRACE_DATABASE__URL": addresses.app_url,
            "TERRACE_DATABASE__OWNER_URL": addresses.owner_url,
            "TERRACE_SECRETS__KEYS": json.dumps([base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()]),
            "TERRACE_OPS_PORT": str(free_port()),
            "TERRACE_LOG_LEVEL": "WARNING",
            # All load comes from one address; what is measured are the answers, not the refusals.
            **{
                f"TERRACE_API__{whose}_PER_MINUTE": "1000000000" for whose in ("CLIENT", "TOKEN", "VISITORS", "MEMBERS")
            },
        }

    async def terrace(self, *words: str, source: Path = ROOT / "src") -> Any:
        """The JSON that an operator's command prints; *source* is the code that it runs."""
        code = "from entrypoints.cli.terrace import main; main()"
        environment = {**self.environment, "PYTHONPATH": str(source)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, *words, "--json", env=environment, stdout=PIPE, stderr=PIPE, cwd=ROOT
        )
        out, err = await process.communicate()
        if process.returncode:
            raise RuntimeError(f"terrace {' '.join(words)} ended with {process.returncode}: {err.decode()[-2000:]}")
        return json.loads(out)

    async def start_app(self, **settings: str) -> float:
        """Start the application in one process of its own; the seconds until it is ready."""
        began = time.perf_counter()
        words = ("serve", "--port", str(self.port))
        with (self.folder / "app.log").open("ab") as log:
            self.app = await asyncio.create_subprocess_exec(
                ROOT / ".venv" / "bin" / "terrace", *words, env={**self.environment, **settings}, stdout=log, stderr=log
            )
        async with self.visitor("any.localhost") as visitor:
            while time.perf_counter() - began < START_SECONDS and self.app.returncode is None:
                try:
                    if (await visitor.get("/health/ready")).status_code == httpx.codes.OK:
                        return time.perf_counter() - began
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        told = (self.folder / "app.log").read_text(errors="replace")[-3000:]
        raise RuntimeError(f"the application did not become ready: {told}")

    async def stop_app(self, sign: signal.Signals = signal.SIGTERM) -> None:
        if self.app is not None and self.app.returncode is None:
            self.app.send_signal(sign)
            await self.app.wait()

    def visitor(self, host: str, *, timeout: float = 30.0) -> httpx.AsyncClient:
        """A client whose requests go to the site at *host*."""
        return httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"Host": f"{host}:{self.port}"},
            timeout=timeout,
            verify=NO_CERTIFICATES,
        )

    async def program(self, slug: str, email: str) -> httpx.AsyncClient:
        """A client of the site's API, signed in as its owner."""
        client = self.visitor(f"{slug}.localhost")
        answer = await client.post("/api/v1/sessions", json={"email": email, "password": PASSWORD})
        answer.raise_for_status()
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return client

    async def let_owner_in(self, site: dict[str, Any]) -> None:
        """Accept the invitation of one entry of `tenants apply --json`."""
        if site["invitation_url"]:
            await asyncio.to_thread(accept, site["invitation_url"], name="Owner", password=PASSWORD)

    def service_pids(self, name: str) -> list[int]:
        """The processes of "postgres" or the store, children included."""
        kept = json.loads((Path(self.addresses.data) / "pids.json").read_text())
        names = [key for key in kept if (key == "postgres") is (name == "postgres")]
        return [pid for key in names for pid in family(int(kept[key]))]

    def signal_service(self, name: str, sign: signal.Signals) -> None:
        for pid in self.service_pids(name):
            os.kill(pid, sign)


def family(pid: int) -> list[int]:
    """*pid* and all processes below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in family(int(child)))]


def resident_mb(pid: int) -> float:
    """Resident memory of one process in MB."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) / 1024


def private_mb(pid: int) -> float:
    """Memory that the process shares with no other, in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


@asynccontextmanager
async def running(folder: Path, *, pause: float = 5.0) -> AsyncIterator[Deployment]:
    """Services with an empty platform; a service that dies starts again after *pause* seconds."""
    words = ("-m", "dev.services", "--data", str(folder / "data"), "--until-input-ends", "--pause", str(pause))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=ROOT
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the services have no pipes")
    deployment: Deployment | None = None
    try:
        line = await process.stdout.readline()
        deployment = Deployment(folder, ServiceAddresses.from_json(line.decode()))
        await deployment.terrace("db", "migrate")
        yield deployment
    finally:
        if deployment is not None:
            await deployment.stop_app()
        process.stdin.close()
        await process.wait()
