from typing import Any

import pytest
from sqlalchemy.engine import make_url

from tests.cli.conftest import Operator

AWAY = "postgresql://u:hush@127.0.0.1:9/x"


def make_site(terrace: Operator, slug: str) -> dict[str, Any]:
    words = ("--host", f"{slug}.example", "--title", "T", "--owner", f"o@{slug}.example")
    assert terrace("tenants", "create", slug, *words).code == 0
    shown: dict[str, Any] = terrace("tenants", "show", slug, "--json").data
    return shown


def findings(terrace: Operator, **changed: str | None) -> dict[str, dict[str, str]]:
    return {found["check"]: found for found in terrace("doctor", "--json", **changed).data["findings"]}


def test_what_is_current_stays_current(terrace: Operator, slug: str) -> None:
    make_site(terrace, slug)

    migrated = terrace("db", "migrate", "--json")
    status = terrace("db", "status", "--json")

    assert (migrated.code, migrated.data["counts"]["failed"], migrated.data["counts"]["migrated"]) == (0, 0, 0)
    assert {row["slug"] for row in migrated.data["schemas"]} >= {"platform", slug}
    assert status.code == 0
    assert {row["slug"]: row["is_current"] for row in status.data["schemas"]} == dict.fromkeys(
        (row["slug"] for row in migrated.data["schemas"]), True
    )
    assert terrace("db", "migrate", "--tenant", "nobody").code == 3


def test_a_site_that_is_behind_is_shown_and_told(terrace: Operator, slug: str) -> None:
    version = make_site(terrace, slug)["schema_version"]
    terrace.asks("UPDATE platform.tenants SET schema_version = NULL WHERE slug = %s", slug)
    try:
        status = terrace("db", "status", "--json")
        told = findings(terrace)[f"site {slug}"]
    finally:
        terrace.asks("UPDATE platform.tenants SET schema_version = %s WHERE slug = %s", version, slug)

    assert status.code == 1
    assert [row["slug"] for row in status.data["schemas"] if not row["is_current"]] == [slug]
    assert told["verdict"] == "failed"
    assert f"--tenant {slug}" in told["fix"]


def test_a_dump_restored_without_roles_is_found_and_migrate_mends_it(terrace: Operator, slug: str) -> None:
    role = make_site(terrace, slug)["schema"]
    terrace.asks("DROP OWNED BY {}", names=(role,))
    terrace.asks("DROP ROLE {}", names=(role,))

    found = findings(terrace)[f"site {slug}"]
    mended = terrace("db", "migrate", "--json")

    assert found["verdict"] == "failed"
    assert role in found["detail"]
    assert "terrace db migrate" in found["fix"]
    (row,) = [row for row in mended.data["schemas"] if row["slug"] == slug]
    assert (mended.code, row["outcome"], row["detail"]) == (0, "migrated", "rights restored")
    assert findings(terrace)[f"site {slug}"]["verdict"] == "ok"


def test_a_half_made_site_is_found(terrace: Operator, slug: str) -> None:
    words = ("--host", f"{slug}.example", "--title", "T", "--owner", f"o@{slug}.example")
    terrace("tenants", "create", slug, *words, STORAGE__ENDPOINT="http://127.0.0.1:9")

    assert "Repeat the command" in findings(terrace)[f"site {slug}"]["fix"]

    assert terrace("tenants", "create", slug, *words).code == 0


def test_a_lost_secret_is_found(terrace: Operator, slug: str) -> None:
    make_site(terrace, slug)

    told = findings(terrace, SECRETS__KEYS=f'["{"B" * 43}="]')[f"bucket {slug}"]

    assert told["verdict"] == "failed"
    assert "TERRACE_SECRETS__KEYS" in told["fix"]


@pytest.mark.parametrize(
    ("changed", "check", "told"),
    [
        ({"DATABASE__URL": AWAY}, "database", "127.0.0.1"),
        ({"DATABASE__OWNER_URL": AWAY}, "platform", "127.0.0.1"),
        ({"STORAGE__ENDPOINT": "http://127.0.0.1:9"}, "storage", "does not answer"),
        ({"DATABASE__URL": ""}, "settings", "TERRACE_DATABASE__URL: must be set"),
    ],
)
def test_what_is_away_is_told_with_its_cause_and_no_secret(
    terrace: Operator, changed: dict[str, str | None], check: str, told: str
) -> None:
    answer = terrace("doctor", **changed)

    found = findings(terrace, **changed)[check]
    assert (answer.code, found["verdict"]) == (1, "failed")
    assert told in found["detail"]
    assert found["fix"]
    assert "hush" not in answer.out + answer.err


def test_unsafe_roles_are_told(terrace: Operator) -> None:
    assert findings(terrace, DATABASE__URL=terrace.superuser_url)["database"]["verdict"] == "failed"


def test_a_slip_in_a_settings_name_is_a_warning(terrace: Operator) -> None:
    found = findings(terrace, TRUSTED_PROXY="[]")["settings"]

    assert found["verdict"] == "warning"
    assert "TERRACE_TRUSTED_PROXY" in found["detail"]


COMMANDS = (
    ("tenants", "list"),
    ("tenants", "show", "x"),
    ("tenants", "create", "x", "--host", "x.example", "--title", "T", "--owner", "o@x.example"),
    ("users", "invite", "x", "--email", "a@b.example", "--role", "editor"),
    ("db", "status"),
    ("db", "migrate"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_ends_in_a_traceback(terrace: Operator, command: tuple[str, ...]) -> None:
    empty = make_url(terrace.superuser_url).set(database="template1").render_as_string(hide_password=False)
    app = terrace.environment["TERRACE_DATABASE__URL"]
    unsafe: list[dict[str, str | None]] = [
        {"DATABASE__OWNER_URL": AWAY},
        {"DATABASE__OWNER_URL": ""},
        {"SECRETS__KEYS": "none"},
        {"DATABASE__URL": "postgresql://u:hush@h:port/db"},
    ]
    if command[0] != "db":
        unsafe += [{"DATABASE__OWNER_URL": empty}]
    if "create" in command:
        unsafe += [{"DATABASE__OWNER_URL": app}]
    for changed in unsafe:
        answer = terrace(*command, **changed)
        assert answer.code in (1, 2, 3), (changed, answer)
        assert answer.err.strip()
        assert "Traceback" not in answer.err
        assert "hush" not in answer.err


def test_help_needs_no_settings(terrace: Operator) -> None:
    nothing: dict[str, str | None] = {"DATABASE__URL": None, "SECRETS__KEYS": None, "STORAGE__ENDPOINT": None}

    assert terrace("--help", **nothing).code == 0
    assert terrace("tenants", "create", "--help", **nothing).code == 0
    assert terrace("routes", **nothing).code == 2
