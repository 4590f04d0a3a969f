"""MinIO on loopback, where its binary is installed."""

import os
from pathlib import Path

from dev import ports
from dev.keeper import Keeper
from dev.memory import Memory
from dev.ready import until_answers
from dev.store import REGION, Store, StoreKind, find_minio, secret
from dev.supervisor import Command
from dev.trouble import Trouble

ROOT_KEY = "terrace-root"


def server(program: Path, data: Path, address: str, root_secret: str) -> Command:
    settings = {
        "MINIO_ROOT_USER": ROOT_KEY,
        "MINIO_ROOT_PASSWORD": root_secret,
        "MINIO_REGION": REGION,
        "MINIO_BROWSER": "off",
        "MINIO_UPDATE": "off",
    }
    return Command(
        name="minio",
        words=(program, "server", data / "minio", "--address", address, "--quiet"),
        environment=os.environ | settings,
        log=data / "logs" / "minio.log",
        rank=2,
    )


async def start(keeper: Keeper, data: Path, memory: Memory) -> Store:
    program = find_minio()
    if program is None:
        raise Trouble("There is no minio on PATH or in Go's bin folder.")
    (data / "minio").mkdir(mode=0o700, exist_ok=True)
    address = f"{ports.LOOPBACK}:{ports.lasting(memory, 'store')}"
    root_secret = secret(memory, "store.root")
    child = await keeper.keep(server(program, data, address, root_secret))
    await until_answers(f"http://{address}/minio/health/ready", [child])
    return Store(
        kind=StoreKind.MINIO,
        endpoint=f"http://{address}",
        region=REGION,
        root_access_key=ROOT_KEY,
        root_secret_key=root_secret,
        access_key=ROOT_KEY,
        secret_key=root_secret,
    )
