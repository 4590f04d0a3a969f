"""The production files say what they must: valid for their tools, and nothing open that should be closed."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILES = sorted(ROOT.glob("docker/*/Dockerfile"))
SCRIPTS = sorted(ROOT.glob("docker/**/*.sh"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
OWNERS_SECRETS = {"database_owner_url", "storage_root_access_key", "storage_root_secret_key"}
TOOLS = Path(sys.executable).parent


def read_yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(ROOT / "docker-compose.yml")
    return loaded


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose["services"]
    return found


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_compose_file_fits_its_schema() -> None:
    run(str(TOOLS / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_fits_its_schema(workflow: Path) -> None:
    run(str(TOOLS / "check-jsonschema"), "--builtin-schema", "vendor.github-workflows", str(workflow))


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.parent.name)
def test_a_dockerfile_passes_hadolint(dockerfile: Path) -> None:
    run(str(TOOLS / "hadolint"), str(dockerfile))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_parses_and_can_be_executed(script: Path) -> None:
    run("sh", "-n", str(script))
    assert script.stat().st_mode & 0o111
    assert "set -eu" in script.read_text(encoding="utf-8")


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.parent.name)
def test_an_image_is_pinned_unprivileged_and_checked(dockerfile: Path) -> None:
    text = dockerfile.read_text(encoding="utf-8")
    last_stage = text[text.rindex("\nFROM ") :]

    assert re.search(r"^USER \d+:\d+$", last_stage, re.MULTILINE)
    assert "\nHEALTHCHECK " in last_stage
    assert not re.search(r"^ARG \w+_(TAG|VERSION)=(latest|\S*@)", text, re.MULTILINE)
    assert not re.search(r"^FROM \S+:latest", text, re.MULTILINE)


def test_only_nginx_publishes_ports(services: dict[str, dict[str, Any]]) -> None:
    assert {name for name, service in services.items() if "ports" in service} == {"nginx", "nginx-local"}
    (local,) = services["nginx-local"]["ports"]
    assert local.startswith("127.0.0.1:")


def test_store_and_database_are_out_of_the_front_doors_reach(
    compose: dict[str, Any], services: dict[str, dict[str, Any]]
) -> None:
    reachable = {name: set(service.get("networks", ())) for name, service in services.items()}

    assert reachable["nginx"] == reachable["nginx-local"] == {"edge", "front"}
    assert reachable["postgres"] == {"database"}
    assert reachable["minio"] == {"storage"}
    for name in ("front", "database", "storage"):
        assert compose["networks"][name]["internal"] is True


def test_only_migrations_and_the_operator_see_the_owners_secrets(services: dict[str, dict[str, Any]]) -> None:
    of_terrace = {name: service for name, service in services.items() if "/app:" in service["image"]}

    holders = {name for name, service in of_terrace.items() if OWNERS_SECRETS & set(service["secrets"])}
    named = {
        name
        for name, service in of_terrace.items()
        if any("OWNER_URL" in key or "ROOT_" in key for key in service["environment"])
    }

    assert holders == named == {"migrate", "operator"}
    assert set(services["app"]["secrets"]) == {"database_app_url", "secrets_keys"}


def test_no_service_may_more_than_it_needs(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["logging"]["options"]["max-size"], name
        assert "privileged" not in service, name
        assert "cap_add" not in service, name


def test_a_service_is_checked_or_runs_once(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        is_once = service["restart"] == "no"
        assert service.get("healthcheck", {}).get("disable", False) is is_once, name


def test_the_job_does_not_fail_a_waiting_start(services: dict[str, dict[str, Any]]) -> None:
    """`up --wait` takes a finished job for a failure unless a running service waits for its success."""
    started = {name for name, service in services.items() if "profiles" not in service}
    jobs = {name for name in started if services[name]["restart"] == "no"}

    assert jobs == {"migrate"}
    assert services["app"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_every_secret_is_made_and_used(compose: dict[str, Any], services: dict[str, dict[str, Any]]) -> None:
    made = set(re.findall(r"^put (\w+) ", (ROOT / "docker" / "make-secrets.sh").read_text(), re.MULTILINE))
    used = {secret for service in services.values() for secret in service.get("secrets", ())}

    assert made == used == set(compose["secrets"])


def test_made_secrets_are_kept_and_closed_to_others(tmp_path: Path) -> None:
    script = ROOT / "docker" / "make-secrets.sh"
    run("sh", str(script), str(tmp_path / "secrets"))
    first = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    (tmp_path / "secrets" / "secrets_keys").unlink()

    run("sh", str(script), str(tmp_path / "secrets"))

    again = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert {name for name in first if first[name] != again[name]} == {"secrets_keys"}
    assert first["database_app_password"].strip() in first["database_app_url"]


def test_no_secret_reaches_a_build(services: dict[str, dict[str, Any]]) -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert ignored[1] == "*"
    assert {line for line in ignored if line.startswith("!")} == {
        "!pyproject.toml",
        "!uv.lock",
        "!README.md",
        "!LICENSE",
        "!src",
        "!docker",
    }


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_few_rights_and_pinned_actions(workflow: Path) -> None:
    loaded = read_yaml(workflow)

    assert set(loaded["permissions"].values()) <= {"read"}
    for action in re.findall(r"uses: (\S+)", workflow.read_text(encoding="utf-8")):
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@v\d+", action), action


def example_names(block: str) -> set[str]:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^(TERRACE_\w+)=", text.split(f"# --- {block} ")[1].split("# --- ")[0], re.MULTILINE))


def test_the_compose_files_own_variables_are_all_in_the_example() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    read = set(re.findall(r"\$\{(TERRACE_\w+):-", text))

    assert read - example_names("The application") == example_names("Compose")


def test_every_setting_reaches_the_containers(services: dict[str, dict[str, Any]]) -> None:
    """A line in the server's .env that nobody passes on would be a setting that silently does nothing."""
    passed = {name.removesuffix("_FILE") for key in ("app", "operator") for name in services[key]["environment"]}

    # The port is inside the container, where nginx and the health check know it.
    assert example_names("The application") - passed == {"TERRACE_PORT"}
    assert passed <= example_names("The application")
