"""OpenStack Swift with its S3 face: real signatures, no root, no download but from the package index."""

import asyncio
import fcntl
import getpass
import hashlib
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from dev import ports
from dev.installation import fetch_uv, find_uv
from dev.keeper import Keeper
from dev.memory import Memory
from dev.ready import until_answers
from dev.store import REGION, Store, StoreKind, secret
from dev.supervisor import Command, Supervisor
from dev.trouble import Trouble

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "dev" / "swift-requirements.txt"
VENV = ROOT / ".data" / "swift-venv"
BACKENDS = ("account", "container", "object")
PIPELINE = (
    "catch_errors gatekeeper healthcheck listing_formats bulk s3api tempauth copy slo dlo versioned_writes "
    "symlink proxy-server"
)
FILTERS = tuple(name for name in PIPELINE.split() if name not in ("s3api", "tempauth", "proxy-server"))
PACES = "workers = 0\nmount_check = false\ndisable_fallocate = true\nbind_ip = 127.0.0.1\nlog_level = WARNING\n"


def base_python() -> Path:
    """The interpreter that our own environment was made from."""
    named = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    return named if named.exists() else Path(sys.executable).resolve()


async def install(supervisor: Supervisor) -> Path:
    """Once for the checkout, whoever asks first; others wait for the lock."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / "installed"
    VENV.parent.mkdir(exist_ok=True)
    with (VENV.parent / "swift-venv.lock").open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        if not (stamp.exists() and stamp.read_text() == wanted):
            shutil.rmtree(VENV, ignore_errors=True)
            uv = find_uv() or fetch_uv()
            venv = (uv, "venv", "--quiet", "-p", base_python(), VENV)
            await supervisor.run(Command(name="uv venv", words=venv))
            words = (uv, "pip", "install", "--quiet", "-p", VENV / "bin" / "python", "-r", REQUIREMENTS)
            await supervisor.run(Command(name="the installation of Swift", words=words))
            stamp.write_text(wanted)
    return VENV / "bin"


def check_attributes(folder: Path) -> None:
    """Swift keeps what it knows of a file in the file's extended attributes."""
    probe = folder / "probe"
    probe.touch()
    try:
        os.setxattr(probe, "user.terrace", b"1")
    except OSError:
        raise Trouble(f"The file system of {folder} has no extended attributes, which Swift needs.") from None
    finally:
        probe.unlink()


def backend(name: str, port: int, folder: Path) -> str:
    return (
        f"[DEFAULT]\nswift_dir = {folder}\ndevices = {folder / 'devices'}\nbind_port = {port}\n"
        f"user = {getpass.getuser()}\n{PACES}"
        f"[pipeline:main]\npipeline = {name}-server\n[app:{name}-server]\nuse = egg:swift#{name}\n"
        f"[{name}-replicator]\n[{name}-auditor]\n"
    )


def proxy(port: int, folder: Path, keys: Mapping[str, str]) -> str:
    users = "".join(f"user_terrace_{name} = {key} .admin\n" for name, key in keys.items())
    filters = "".join(f"[filter:{name}]\nuse = egg:swift#{name}\n" for name in FILTERS)
    return (
        f"[DEFAULT]\nswift_dir = {folder}\nbind_port = {port}\nuser = {getpass.getuser()}\n{PACES}"
        f"[pipeline:main]\npipeline = {PIPELINE}\n"
        "[app:proxy-server]\nuse = egg:swift#proxy\nallow_account_management = true\naccount_autocreate = true\n"
        f"[filter:s3api]\nuse = egg:swift#s3api\nlocation = {REGION}\n"
        f"[filter:tempauth]\nuse = egg:swift#tempauth\n{users}{filters}"
    )


def configure(folder: Path, given: Mapping[str, int], keys: Mapping[str, str], memory: Memory) -> None:
    (folder / "devices" / "disk").mkdir(parents=True, exist_ok=True)
    pepper = secret(memory, "swift.pepper")
    settings = {"swift": f"[swift-hash]\nswift_hash_path_prefix = {pepper}\nswift_hash_path_suffix = {pepper}\n"}
    settings |= {f"{name}-server": backend(name, given[name], folder) for name in BACKENDS}
    settings["proxy-server"] = proxy(given["proxy"], folder, keys)
    for name, text in settings.items():
        (folder / f"{name}.conf").write_text(text)


async def make_rings(supervisor: Supervisor, programs: Path, folder: Path, given: Mapping[str, int]) -> None:
    """Ports are baked into the rings: made anew when one of them has changed."""
    words = [f"{name}={given[name]}" for name in BACKENDS]
    made = folder / "rings"
    if made.exists() and made.read_text() == " ".join(words):
        return
    script = ROOT / "dev" / "swift_rings.py"
    await supervisor.run(
        Command(name="Swift's rings", words=(programs / "python", "-P", "-W", "ignore", script, folder, *words))
    )
    made.write_text(" ".join(words))


async def start_servers(keeper: Keeper, programs: Path, data: Path, given: Mapping[str, int]) -> None:
    """All at once, then each until it answers."""
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    children = {}
    for name in given:
        words = (programs / "python", programs / f"swift-{name}-server", data / "swift" / f"{name}-server.conf")
        log = data / "logs" / f"swift-{name}.log"
        command = Command(name=f"swift-{name}", words=words, environment=environment, log=log, rank=2)
        children[name] = await keeper.keep(command)
    for name, child in children.items():
        address = f"http://{ports.LOOPBACK}:{given[name]}/healthcheck"
        await until_answers(address, [child], is_good=lambda answer: answer.status < 500)


async def start(keeper: Keeper, data: Path, memory: Memory) -> Store:
    folder = data / "swift"
    folder.mkdir(mode=0o700, exist_ok=True)
    check_attributes(folder)
    if not VENV.exists():
        keeper.say("installing Swift, the object store, into its own environment")
    programs = await install(keeper.supervisor)
    given = {name: ports.lasting(memory, f"swift.{name}") for name in (*BACKENDS, "proxy")}
    keys = {"root": secret(memory, "store.root"), "app": secret(memory, "store.app")}
    configure(folder, given, keys, memory)
    await make_rings(keeper.supervisor, programs, folder, given)
    await start_servers(keeper, programs, data, given)
    return Store(
        kind=StoreKind.SWIFT,
        endpoint=f"http://{ports.LOOPBACK}:{given['proxy']}",
        region=REGION,
        root_access_key="terrace:root",
        root_secret_key=keys["root"],
        access_key="terrace:app",
        secret_key=keys["app"],
    )
