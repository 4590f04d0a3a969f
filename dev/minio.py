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


async def start(keeper: Keeper, data: Path, memory: Memory) -> Store:
    program = find_minio()
    if program is None:
        raise Trouble("There is no minio on PATH or in Go's bin folder.")
    folder = data / "minio"
    folder.mkdir(mode=0o700, exist_ok=True)
    endpoint = f"http://{ports.LOOPBACK}:{ports.lasting(memory, 'store')}"
    root_secret = secret(memory, "store.root")
    settings = {
        "MINIO_ROOT_USER": ROOT_KEY,
        "MINIO_ROOT_PASSWORD": root_secret,
        "MINIO_REGION": REGION,
        "MINIO_BROWSER": "off",
        "MINIO_UPDATE": "off",
    }
    command = Command(
        name="minio",
        words=(program, "server", folder, "--address", endpoint.removeprefix("http://"), "--quiet"),
        environment=os.environ | settings,
        log=data / "logs" / "minio.log",
        rank=2,
    )
    child = await keeper.keep(command)
    await until_answers(f"{endpoint}/minio/health/ready", [child])
    return Store(
        kind=StoreKind.MINIO,
        endpoint=endpoint,
        region=REGION,
        root_access_key=ROOT_KEY,
        root_secret_key=root_secret,
        access_key=ROOT_KEY,
        secret_key=root_secret,
    )
