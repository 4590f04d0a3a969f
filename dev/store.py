"""Which object store serves: named from outside, MinIO where it is installed, else Swift. Once chosen, kept."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from secrets import token_urlsafe

from dev.memory import Memory
from dev.trouble import Trouble

REGION = "us-east-1"


class StoreKind(StrEnum):
    MINIO = "minio"
    SWIFT = "swift"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    kind: StoreKind
    endpoint: str
    region: str
    root_access_key: str
    root_secret_key: str
    access_key: str
    secret_key: str


def find_minio() -> Path | None:
    """On PATH or where `go install` puts it."""
    folders = [os.environ.get("GOBIN"), *(f"{p}/bin" for p in os.environ.get("GOPATH", "").split(":") if p)]
    candidates = [shutil.which("minio"), *(f"{folder}/minio" for folder in folders if folder)]
    candidates.append(str(Path("~/go/bin/minio").expanduser()))
    return next((Path(path) for path in candidates if path and os.access(path, os.X_OK)), None)


def available() -> StoreKind:
    forced = os.environ.get("TERRACE_DEV_STORE")
    if forced:
        if forced not in (StoreKind.MINIO, StoreKind.SWIFT):
            raise Trouble(f"TERRACE_DEV_STORE is {forced!r}: minio or swift")
        return StoreKind(forced)
    if os.environ.get("TERRACE_STORAGE__ENDPOINT"):
        return StoreKind.EXTERNAL
    return StoreKind.MINIO if find_minio() else StoreKind.SWIFT


def choose(memory: Memory) -> StoreKind:
    """What the data was made with; Swift data stays with Swift when MinIO appears later."""
    kept, now = memory.recall("store"), available()
    is_named = bool(os.environ.get("TERRACE_DEV_STORE") or now is StoreKind.EXTERNAL)
    if now is StoreKind.MINIO and find_minio() is None:
        raise Trouble("There is no minio on PATH or in Go's bin folder: install it, or unset TERRACE_DEV_STORE.")
    if kept is None:
        return StoreKind(memory.remember("store", now))
    if kept == StoreKind.SWIFT and not is_named:
        return StoreKind.SWIFT
    if kept != now:
        raise Trouble(
            f"The files in {memory.path.parent} are kept in {kept}, this start would use {now}: "
            f"bring {kept} back, or delete that folder to begin anew."
        )
    return now


def external(environment: Mapping[str, str] = os.environ) -> Store:
    """The store that the environment names, with the keys that it gives."""
    access = environment.get("TERRACE_STORAGE__ACCESS_KEY", "")
    secret = environment.get("TERRACE_STORAGE__SECRET_KEY", "")
    root = environment.get("TERRACE_STORAGE__ROOT_ACCESS_KEY", access)
    root_secret = environment.get("TERRACE_STORAGE__ROOT_SECRET_KEY", secret)
    if not (root and root_secret):
        raise Trouble(
            "TERRACE_STORAGE__ENDPOINT is set without TERRACE_STORAGE__ROOT_ACCESS_KEY and __ROOT_SECRET_KEY."
        )
    return Store(
        kind=StoreKind.EXTERNAL,
        endpoint=environment["TERRACE_STORAGE__ENDPOINT"],
        region=environment.get("TERRACE_STORAGE__REGION", REGION),
        root_access_key=root,
        root_secret_key=root_secret,
        access_key=access or root,
        secret_key=secret or root_secret,
    )


def secret(memory: Memory, name: str) -> str:
    return memory.once(name, lambda: token_urlsafe(24))
