from datetime import UTC, datetime, timedelta
from typing import Any

from tests.cli.conftest import Operator

FAIL = (
    "UPDATE {}.tasks SET failed_at = now(), attempts = 10, last_error = 'Unavailable: away' WHERE kind = 'delete_files'"
)


def make_site(terrace: Operator, slug: str) -> str:
    """Its schema."""
    words = ("--host", f"{slug}.example", "--title", "T", "--owner", f"o@{slug}.example")
    assert terrace("tenants", "create", slug, *words).code == 0
    schema: str = terrace("tenants", "show", slug, "--json").data["schema"]
    return schema


def ask_for(terrace: Operator, schema: str, kind: str, subject: str = "", *, later: timedelta = timedelta(0)) -> None:
    adding = "INSERT INTO {}.tasks (kind, subject, payload, due_at, attempts) VALUES (%s, %s, '{{}}', %s, 0)"
    terrace.asks(adding, kind, subject, (datetime.now(UTC) + later).isoformat(), names=(schema,))


def listed(terrace: Operator, *words: str) -> list[dict[str, Any]]:
    """But for what trims the log of a site, which has a line from its first day."""
    tasks: list[dict[str, Any]] = terrace("tasks", "list", *words, "--json").data["tasks"]
    return [task for task in tasks if task["kind"] != "trim_audit"]


def test_what_is_due_is_done_in_one_pass(terrace: Operator, slug: str) -> None:
    schema = make_site(terrace, slug)
    assert terrace("tasks", "run").code == 0  # what others left behind
    ask_for(terrace, schema, "empty_trash")
    ask_for(terrace, schema, "delete_files", "a.webp")
    ask_for(terrace, schema, "empty_trash", "later", later=timedelta(days=1))
    answer = terrace("tasks", "run", "--json")

    assert (answer.code, answer.err) == (0, "")
    assert answer.data == {"done": 2, "postponed": 0, "failed": 0, "taken": 0}
    (left,) = listed(terrace, "--tenant", slug)
    assert (left["subject"], left["state"], left["kind"], left["site"]) == ("later", "waiting", "empty_trash", slug)
    assert terrace("tasks", "run", "--json").data["done"] == 0


def test_what_has_failed_is_told_and_can_be_tried_again(terrace: Operator, slug: str) -> None:
    schema = make_site(terrace, slug)
    ask_for(terrace, schema, "empty_trash", later=timedelta(days=1))
    ask_for(terrace, schema, "delete_files", "a.webp")
    terrace.asks(FAIL, names=(schema,))
    (failed,) = listed(terrace, "--failed")
    told = {found["check"]: found for found in terrace("doctor", "--json").data["findings"]}[f"tasks {slug}"]

    assert (failed["state"], failed["attempts"], failed["last_error"]) == ("failed", 10, "Unavailable: away")
    assert (told["verdict"], "delete_files" in told["detail"], "tasks retry" in told["fix"]) == ("warning", True, True)
    assert terrace("tasks", "run", "--json").data["done"] == 0
    assert terrace("tasks", "retry", slug, str(failed["id"])).code == 0
    assert terrace("tasks", "run", "--json").data["done"] == 1
    assert f"tasks {slug}" not in {found["check"] for found in terrace("doctor", "--json").data["findings"]}


def test_what_has_failed_for_good_is_forgotten(terrace: Operator, slug: str) -> None:
    schema = make_site(terrace, slug)
    ask_for(terrace, schema, "delete_files", "a.webp")
    (waiting,) = listed(terrace, "--tenant", slug)
    assert terrace("tasks", "drop", slug, str(waiting["id"]), "--yes").code == 3
    terrace.asks("UPDATE {}.tasks SET failed_at = now(), last_error = 'no'", names=(schema,))

    undecided = terrace("tasks", "drop", slug, str(waiting["id"]))
    told = terrace("tasks", "drop", slug, str(waiting["id"]), "--dry-run", "--json")
    assert (undecided.code, told.code, told.data["last_error"]) == (2, 0, "no")
    assert len(listed(terrace, "--tenant", slug)) == 1
    assert terrace("tasks", "drop", slug, str(waiting["id"]), "--yes").code == 0
    assert listed(terrace, "--tenant", slug) == []


def test_what_cannot_be_done_is_told_by_the_exit_code(terrace: Operator, slug: str) -> None:
    schema = make_site(terrace, slug)
    ask_for(terrace, schema, "delete_files", "a.webp")
    terrace.asks('UPDATE {}.tasks SET payload = \'{{"a.webp": ""}}\'', names=(schema,))
    answer = terrace("tasks", "run", "--json", STORAGE__ENDPOINT="http://127.0.0.1:9")

    assert (answer.code, answer.data["postponed"]) == (5, 1)
    (left,) = listed(terrace, "--tenant", slug)
    assert (left["state"], left["attempts"], left["last_error"].partition(":")[0]) == ("waiting", 1, "Unavailable")


def test_a_task_or_a_site_that_is_not_there_is_not_found(terrace: Operator, slug: str) -> None:
    make_site(terrace, slug)

    assert terrace("tasks", "retry", slug, "999").code == 3
    assert terrace("tasks", "retry", "nobody", "1").code == 3
    assert terrace("tasks", "list", "--tenant", "nobody").code == 3
