"""Fetch pinned packages from npm and keep note of what came from where."""

import hashlib
import json
import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

VERSIONS = "VERSIONS.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    name: str
    version: str
    licence: str

    @property
    def spec(self) -> str:
        return f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one committed file came from; `sha256` is of the committed file."""

    file: str
    package: str
    version: str
    licence: str
    source: str
    sha256: str


def fetch(package: Package, into: Path) -> Path:
    """Unpack the published tarball, which npm checks against the registry's digest, and return its folder."""
    packed = subprocess.run(
        ["npm", "pack", package.spec, "--json", "--silent", "--pack-destination", str(into)],
        check=True,
        capture_output=True,
        text=True,
    )
    target = into / package.name.replace("/", "-")
    with tarfile.open(into / json.loads(packed.stdout)[0]["filename"]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def place(package: Package, source: Path, target: Path, root: Path, origin: str = "") -> Origin:
    """Copy `source` to `target` and say where it came from."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
    return Origin(
        file=target.relative_to(root).as_posix(),
        package=package.name,
        version=package.version,
        licence=package.licence,
        source=origin or source.name,
        sha256=digest(target),
    )


def write_versions(root: Path, origins: Iterable[Origin]) -> None:
    rows = [asdict(origin) for origin in sorted(origins, key=lambda origin: origin.file)]
    (root / VERSIONS).write_text(json.dumps({"files": rows}, indent=2) + "\n", encoding="utf-8")
