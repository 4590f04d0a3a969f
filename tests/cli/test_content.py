from typing import Any, LiteralString

import pytest

from tests.cli.conftest import Operator, WriteSite

POST = '---\ntitle: "First"\nslug: first\ndate: 2026-01-01\ndescription: "Said."\n---\nHello\n'
BREAK = 'UPDATE {}.posts SET findings = \'[{{"kind": "broken_link", "line": 3, "subject": "post:gone"}}]\''
AGE = "UPDATE {}.posts SET renderer_version = 0, html = 'old'"


def make_site(terrace: Operator, site: WriteSite, slug: str) -> str:
    """Its schema; it has a post."""
    assert terrace("tenants", "apply", site(slug, posts={"first": POST}).parent).code == 0
    schema: str = terrace("tenants", "show", slug, "--json").data["schema"]
    return schema


def waiting(terrace: Operator, slug: str) -> list[Any]:
    """But for what trims the log of a site, which has a line from its first day."""
    found = terrace("tasks", "list", "--tenant", slug, "--json").data["tasks"]
    return [(task["kind"], task["subject"]) for task in found if task["kind"] != "trim_audit"]


def test_what_texts_lack_is_listed_and_what_is_broken_fails(terrace: Operator, site: WriteSite, slug: str) -> None:
    schema = make_site(terrace, site, slug)
    (before,) = terrace("content", "check", slug, "--json").data["sites"]
    terrace.asks(BREAK, names=(schema,))
    answer = terrace("content", "check", slug, "--drafts", "--json")
    told = terrace("content", "check", slug, "--drafts")

    assert (before["slug"], before["is_ok"]) == (slug, True)
    assert (answer.code, answer.data["is_ok"]) == (1, False)
    (told_site,) = answer.data["sites"]
    items = [item for text in told_site["texts"] for item in text["items"] if item["code"] == "broken_link"]
    assert told_site["checked"] == 1
    assert items[0] | {"detail": ""} == {
        "code": "broken_link",
        "severity": "warning",
        "field": "body",
        "line": 3,
        "detail": "",
    }
    assert told.code == 1
    assert "post:gone" in told.out


def test_one_bad_site_never_holds_up_the_others(terrace: Operator, site: WriteSite, slug: str) -> None:
    schema = make_site(terrace, site, slug)
    make_site(terrace, site, f"{slug}-b")
    terrace.asks("ALTER TABLE {}.posts RENAME TO lost", names=(schema,))
    try:
        checked = terrace("content", "check", "--all", "--json")
        rendered = terrace("content", "render", "--all", "--json")
    finally:
        terrace.asks("ALTER TABLE {}.lost RENAME TO posts", names=(schema,))

    assert (checked.code, rendered.code) == (5, 5)
    assert f"{slug}-b" in {site["slug"] for site in checked.data["sites"]}
    assert rendered.data["failed"] == 1
    assert slug in checked.err


def test_after_an_update_the_runner_renders_what_is_old(terrace: Operator, site: WriteSite, slug: str) -> None:
    schema = make_site(terrace, site, slug)
    assert terrace("tasks", "run").code == 0
    assert terrace("content", "render", slug, "--json").data == {"sites": 1, "scheduled": 0, "failed": 0}
    terrace.asks(AGE, names=(schema,))
    assert terrace("db", "migrate", "--tenant", slug).code == 0
    assert waiting(terrace, slug) == [("render_again", "outdated")]
    assert terrace("content", "render", slug, "--json").data["scheduled"] == 1
    assert waiting(terrace, slug) == [("render_again", "outdated")]
    assert terrace("tasks", "run").code == 0

    assert waiting(terrace, slug) == []
    assert terrace.asks("SELECT count(*) FROM {}.posts WHERE html = 'old'", names=(schema,)) == [(0,)]


@pytest.mark.parametrize("verb", ["check", "render"])
def test_a_site_must_be_named(terrace: Operator, verb: str) -> None:
    assert terrace("content", verb).code == 2
    assert terrace("content", verb, "anna", "--all").code == 2
    assert terrace("content", verb, "nobody").code == 3


def test_what_became_public_is_announced_once_by_the_runner(terrace: Operator, site: WriteSite, slug: str) -> None:
    schema = make_site(terrace, site, slug)
    asking: LiteralString = (
        "INSERT INTO {}.tasks (kind, subject, payload, due_at, attempts) "
        "VALUES ('announce_posts', %s, '{{}}', now(), 0)"
    )
    assert terrace("tasks", "run").code == 0
    terrace.asks("SET search_path TO {}, extensions; UPDATE posts SET announced_at = NULL", names=(schema,))
    ((before,),) = terrace.asks("SELECT version FROM {}.posts", names=(schema,))
    for subject in ("first", "second"):
        terrace.asks(asking, subject, names=(schema,))
    answer = terrace("tasks", "run", "--json")

    assert (answer.code, answer.data["done"]) == (0, 4)  # both, and the texts and questions that link to it
    assert terrace.asks("SELECT version, announced_at IS NOT NULL FROM {}.posts", names=(schema,)) == [(before, True)]
    assert waiting(terrace, slug) == []
