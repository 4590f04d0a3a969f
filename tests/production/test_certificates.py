"""make-cert and put-cert: what they put in place, and what they refuse to."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.production.door import Door, build_door, run_script


@pytest.fixture
def closed_door(tmp_path: Path) -> Door:
    """The production configuration with a trial certificate; nginx is not started."""
    door = build_door(tmp_path, "tls")
    run_script("make-cert.sh", door, "anna.example").check_returncode()
    return door


def bundle(door: Door, name: str) -> str:
    return "".join((door.certs / f"{name}.{kind}").read_text() for kind in ("key", "crt"))


def names_in(certificate: Path) -> list[str]:
    command = ["openssl", "x509", "-in", str(certificate), "-noout", "-ext", "subjectAltName"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [part.strip() for part in said.splitlines()[-1].replace("DNS:", "").split(",")]


@pytest.mark.parametrize("face", ["tls", "local"])
def test_nginx_accepts_the_real_configuration(tmp_path: Path, face: str) -> None:
    door = build_door(tmp_path, face)
    run_script("make-cert.sh", door, "anna.example").check_returncode()

    checked = door.check()

    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr


def test_without_a_certificate_nginx_does_not_start(tmp_path: Path) -> None:
    assert "default.crt" in build_door(tmp_path, "tls").check().stderr


def test_a_trial_names_all_hosts_and_may_be_made_again(closed_door: Door) -> None:
    run_script("make-cert.sh", closed_door, "anna.example", "boris.example", "*.trial.example").check_returncode()

    assert names_in(closed_door.certs / "default.crt") == ["anna.example", "boris.example", "*.trial.example"]
    assert (closed_door.certs / "default.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("host", ["", "An na", "anna.example,DNS:bank.example", "../x", "-days", "анна.рф"])
def test_what_is_no_host_name_makes_no_certificate(tmp_path: Path, host: str) -> None:
    door = build_door(tmp_path, "tls")

    assert run_script("make-cert.sh", door, *([host] if host else [])).returncode == 2
    assert not (door.certs / "default.crt").exists()


def test_a_trial_never_replaces_a_real_certificate(closed_door: Door, tmp_path: Path) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=real",
        "-keyout",
        "k",
        "-out",
        "c",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    shutil.copy(tmp_path / "c", closed_door.certs / "default.crt")

    assert run_script("make-cert.sh", closed_door, "anna.example").returncode == 4
    assert (closed_door.certs / "default.crt").read_text() == (tmp_path / "c").read_text()


def test_a_certificate_of_a_name_is_put_in_place(closed_door: Door) -> None:
    given = bundle(closed_door, "default")

    put = run_script("put-cert.sh", closed_door, "anna.example", given=given)

    assert put.returncode == 0, put.stderr
    assert "server_name anna.example;" in (closed_door.certs / "anna.example.conf").read_text()
    ssl.create_default_context().load_cert_chain(
        closed_door.certs / "anna.example.crt", closed_door.certs / "anna.example.key"
    )


@pytest.mark.parametrize(
    ("name", "given", "complaint"),
    [
        ("anna.example", "", "no private key"),
        ("boris.example", "own", "not for boris.example"),
        ("anna.example", "foreign key", "does not belong"),
        ("anna/../x", "own", "name one host"),
    ],
)
def test_a_certificate_that_cannot_work_changes_nothing(
    closed_door: Door, tmp_path: Path, name: str, given: str, complaint: str
) -> None:
    before = sorted(closed_door.certs.iterdir())
    key = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ed25519"], capture_output=True, text=True, check=True
    ).stdout
    texts = {
        "": "",
        "own": bundle(closed_door, "default"),
        "foreign key": key + (closed_door.certs / "default.crt").read_text(),
    }

    put = run_script("put-cert.sh", closed_door, name, given=texts[given])

    assert put.returncode != 0
    assert complaint in put.stderr
    assert sorted(closed_door.certs.iterdir()) == before
