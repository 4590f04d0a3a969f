import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Operator

ROOT = Path(__file__).parents[2]


def words(slug: str, *hosts: str) -> list[str]:
    named = [word for host in hosts or (f"{slug}.example",) for word in ("--host", host)]
    return ["tenants", "create", slug, *named, "--title", "A site", "--owner", f"Owner@{slug}.example"]


def test_a_site_is_made_once_and_its_owner_invited(terrace: Operator, slug: str) -> None:
    made = terrace(*words(slug, f"{slug}.example", f"WWW.{slug}.example."), "--json")
    again = terrace(*words(slug))
    kept = terrace(*words(slug), "--if-not-exists", "--json")

    assert (made.code, made.err) == (0, "")
    assert made.data["invitation_url"].startswith(f"http://{slug}.localhost:8000/invitations/")
    assert {**made.data, "invitation_url": ""} == {
        "slug": slug,
        "is_new": True,
        "state": "active",
        "url": f"http://{slug}.localhost:8000",
        "primary_host": f"{slug}.example",
        "owner_email": f"owner@{slug}.example",
        "invitation_url": "",
    }
    assert (again.code, again.out) == (4, "")
    assert slug in again.err
    assert kept.data == {**made.data, "is_new": False}
    (shown,) = [row for row in terrace("tenants", "list", "--json").data["tenants"] if row["slug"] == slug]
    assert shown["hosts"] == [f"{slug}.example", f"www.{slug}.example"]
    assert terrace("tenants", "show", slug, "--json").data == {**shown, "url": made.data["url"]}


@pytest.mark.parametrize(
    ("hosts", "told"),
    [(["twice.example", "TWICE.example"], "named twice"), (["bad host"], "not a hostname"), ([""], "not a hostname")],
)
def test_hosts_that_cannot_be_are_told(terrace: Operator, slug: str, hosts: list[str], told: str) -> None:
    answer = terrace(*words(slug, *hosts))

    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert terrace("tenants", "show", slug).code == 3


def test_the_host_of_another_site_is_refused(terrace: Operator, slug: str) -> None:
    terrace(*words(slug))

    answer = terrace(*words(f"{slug}-b", f"{slug}.example"))

    assert answer.code == 4
    assert f"{slug}.example belongs to another site" in answer.err


def test_all_that_is_wrong_is_told_at_once(terrace: Operator) -> None:
    answer = terrace("tenants", "create", "No_Slug", "--host", "x.example", "--title", "", "--owner", "nobody")

    assert answer.code == 2
    assert [line.partition(":")[0] for line in answer.err.splitlines()] == ["title", "slug", "email"]


def test_lists_for_programs_are_one_line_for_each_site(terrace: Operator, slug: str) -> None:
    hosts = [f"{'long' * 12}{number}.{slug}.example" for number in range(4)]
    terrace(*words(slug, *hosts))

    lines = terrace("tenants", "list").out.splitlines()

    assert any(slug in line and all(host in line for host in hosts) for line in lines)


@pytest.mark.parametrize(
    "changed",
    [
        {"STORAGE__ENDPOINT": "http://127.0.0.1:9"},
        {"STORAGE__ROOT_SECRET_KEY": "not-the-one"},
    ],
    ids=["store away", "wrong root key"],
)
def test_what_a_store_interrupted_the_same_command_finishes(
    terrace: Operator, slug: str, changed: dict[str, str]
) -> None:
    failed = terrace(*words(slug), **changed)
    half = terrace("tenants", "show", slug, "--json").data["state"]
    finished = terrace(*words(slug), "--json")

    assert (failed.code, failed.out, half) == (1, "", "provisioning")
    assert "Traceback" not in failed.err
    assert "terrace doctor" in failed.err
    assert (finished.code, finished.data["is_new"]) == (0, True)


def test_what_was_killed_after_any_step_is_finished_by_the_same_command(terrace: Operator, slug: str) -> None:
    command = [sys.executable, "-m", "tests.cli.killing", slug]
    environment = {**os.environ, **terrace.environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    ran = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)

    assert [row["killed_by"] for row in told] == [signal.SIGKILL] * 10
    # Only the last step makes it whole: there the same words find a site that is there already.
    assert [row["again"] for row in told] == [0] * 9 + [4]
    sites = {row["slug"]: row for row in terrace("tenants", "list", "--json").data["tenants"]}
    assert {sites[row["slug"]]["state"] for row in told} == {"active"}
    audit = terrace.asks(
        "SELECT details->>'slug' FROM platform.operator_events WHERE details->>'slug' LIKE %s", f"{slug}-%"
    )
    assert sorted(line for (line,) in audit) == sorted(row["slug"] for row in told)
    for row in told:
        schema = sites[row["slug"]]["schema"]
        counts = "SELECT (SELECT count(*) FROM {}.site_settings), (SELECT count(*) FROM {}.invitations)"
        assert terrace.asks(counts, names=(schema, schema)) == [(1, 1)]
    assert f"site {slug}-" not in "".join(
        finding["check"] for finding in terrace("doctor", "--json").data["findings"] if finding["verdict"] != "ok"
    )


def test_an_unknown_site_is_not_found(terrace: Operator) -> None:
    for noun in (
        ["tenants", "show", "nobody"],
        ["users", "invite", "nobody", "--email", "a@b.example", "--role", "editor"],
    ):
        answer = terrace(*noun)
        assert (answer.code, answer.out) == (3, "")
        assert "nobody" in answer.err


def test_somebody_is_invited_and_the_older_link_is_dead(terrace: Operator, slug: str) -> None:
    terrace(*words(slug))
    invite = ("users", "invite", slug, "--email", "Ed@b.example", "--role", "editor", "--name", "Ed")

    first, second = terrace(*invite, "--json"), terrace(*invite, "--json")

    assert (second.code, set(second.data)) == (0, {"email", "role", "invitation_url", "expires_at"})
    assert second.data["email"] == "ed@b.example"
    assert first.data["invitation_url"] != second.data["invitation_url"]
    schema = terrace("tenants", "show", slug, "--json").data["schema"]
    query = "SELECT count(*) FROM {}.invitations WHERE email = 'ed@b.example' AND revoked_at IS NULL"
    assert terrace.asks(query, names=(schema,)) == [(1,)]


def test_people_are_listed_given_roles_and_shut_out(terrace: Operator, slug: str) -> None:
    made = terrace(*words(slug), "--json")
    assert made.code == 0
    schema = terrace("tenants", "show", slug, "--json").data["schema"]
    adding = (
        "INSERT INTO {}.users (id, email, name, role, created_at) VALUES ('u1', 'ed@b.example', 'Ed', 'editor', now())"
    )
    terrace.asks(adding, names=(schema,))

    [person] = terrace("users", "list", slug, "--json").data["users"]
    assert (person["email"], person["role"], person["is_disabled"], person["seen_at"]) == (
        "ed@b.example",
        "editor",
        False,
        None,
    )
    at = ("--email", "Ed@b.example", "--json")
    assert terrace("users", "set-role", slug, "--role", "owner", *at).data["role"] == "owner"
    last = terrace("users", "set-role", slug, "--role", "viewer", *at)
    assert (last.code, last.out) == (4, "")
    assert terrace("users", "disable", slug, *at).code == 4
    assert terrace("users", "set-role", slug, "--role", "tsar", *at).code == 2
    assert terrace("users", "disable", slug, "--email", "nobody@b.example").code == 3


@pytest.mark.parametrize(("email", "role"), [("nobody", "editor"), ("a@b.example", "tsar"), ("a@b.example", "visitor")])
def test_who_cannot_be_invited_is_told(terrace: Operator, slug: str, email: str, role: str) -> None:
    terrace(*words(slug))

    answer = terrace("users", "invite", slug, "--email", email, "--role", role)

    assert (answer.code, answer.out) == (2, "")
