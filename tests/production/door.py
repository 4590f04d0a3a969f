"""The real nginx with the real configuration; only addresses and folders are other ones."""

import asyncio
import os
import re
import shutil
import subprocess
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from dev import ports

ROOT = Path(__file__).resolve().parents[2]
NGINX_FOLDER = ROOT / "docker" / "nginx"
FIRST_WITH_HTTP2_DIRECTIVE = (1, 25, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One nginx in *folder*: its ports, its access log and where the application is expected."""

    program: str
    folder: Path
    face: str
    http: int
    https: int
    app: int

    @property
    def config(self) -> Path:
        return self.folder / "terrace" / f"{self.face}.conf"

    @property
    def certs(self) -> Path:
        return self.folder / "certs"

    @property
    def access_log(self) -> Path:
        return self.folder / "access.log"

    def check(self) -> subprocess.CompletedProcess[str]:
        """What `nginx -t` says about the configuration."""
        return self._run("-t")

    def reload(self) -> None:
        self._run("-s", "reload").check_returncode()

    def start(self) -> subprocess.Popen[bytes]:
        command = [self.program, "-c", str(self.config), "-p", str(self.folder), "-g", "daemon off;"]
        return subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [self.program, "-c", str(self.config), "-p", str(self.folder), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)


def find_nginx() -> str:
    """The program, or one clear failure: what stands in front of everything is not skipped in silence."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise AssertionError("nginx was not found: apt-get install nginx-light, then run the tests again")
    return found


def build_door(folder: Path, face: str) -> Door:
    """Copy the configuration with this machine's addresses in the place of the container's."""
    door = Door(program=find_nginx(), folder=folder, face=face, http=ports.pick(), https=ports.pick(), app=ports.pick())
    shutil.copytree(NGINX_FOLDER / "conf", folder / "terrace")
    (folder / "www").mkdir()
    moved = {
        "/tmp/": f"{folder}/",  # noqa: S108  # the container's own tmpfs, replaced here
        "listen 8080": f"listen 127.0.0.1:{door.http}",
        "listen 8443": f"listen 127.0.0.1:{door.https}",
        "listen 127.0.0.1:8081": f"listen 127.0.0.1:{ports.pick()}",
        "app:8000": f"127.0.0.1:{door.app}",
        "/etc/nginx/certs": str(door.certs),
        "/var/www/acme": str(folder / "www"),
        "/dev/stdout": str(door.access_log),
        "/dev/stderr": str(folder / "error.log"),
    }
    if os.geteuid() == 0:
        moved["worker_processes auto"] = "user root; worker_processes auto"
    if _version(door.program) < FIRST_WITH_HTTP2_DIRECTIVE:
        moved |= {"http2 on;": "", " ssl;": " ssl http2;"}
    for file in (folder / "terrace").iterdir():
        file.write_text(_replaced(file.read_text(encoding="utf-8"), moved), encoding="utf-8")
    return door


def run_script(name: str, door: Door, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run one of the image's scripts on the door's certificates."""
    return subprocess.run(
        ["sh", str(NGINX_FOLDER / name), *arguments],
        input=given,
        env={**os.environ, "CERTS": str(door.certs)},
        capture_output=True,
        text=True,
        check=False,
    )


async def eventually(check: Callable[[], Awaitable[bool]]) -> None:
    """Wait up to five seconds until *check* holds."""
    for _ in range(100):
        if await check():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{check.__name__} did not come true within five seconds")


def _replaced(text: str, moved: dict[str, str]) -> str:
    for original, here in moved.items():
        text = text.replace(original, here)
    return text


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
    found = re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", said)
    assert found is not None, said
    return tuple(int(part) for part in found.groups())
