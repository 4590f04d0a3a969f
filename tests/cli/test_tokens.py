import re
from typing import Any

from tests.cli.conftest import Operator
from tests.cli.test_tasks import make_site

ADMIT = (
    "INSERT INTO {}.users (id, email, name, role, created_at) VALUES ('u1', 'eve@x.example', 'Eve', 'author', now())"
)


def create(terrace: Operator, slug: str, *words: str) -> Any:
    usual = ("--user", "eve@x.example", "--name", "Nightly", "--scope", "post.draft")
    return terrace("tokens", "create", slug, *usual, *words)


def test_a_token_is_made_for_a_member_listed_and_revoked(terrace: Operator, slug: str) -> None:
    terrace.asks(ADMIT, names=(make_site(terrace, slug),))
    made = create(terrace, slug, "--draft-only", "--days", "7", "--json")
    secret = made.data["token"]
    listed = terrace("tokens", "list", slug, "--json")
    (row,) = listed.data["tokens"]

    assert re.fullmatch(r"trc_[0-9A-Za-z]{36}", secret)
    assert (row["id"], row["user"], row["scopes"], row["is_draft_only"]) == (
        made.data["id"],
        "eve@x.example",
        ["post.draft"],
        True,
    )
    assert secret not in listed.out
    assert "Nightly" in terrace("tokens", "list", slug).out

    assert terrace("tokens", "revoke", slug, row["id"], "--dry-run", "--json").data["state"] == "live"
    assert terrace("tokens", "revoke", slug, row["id"]).code == 2
    assert terrace("tokens", "revoke", slug, row["id"], "--yes", "--json").data["state"] == "revoked"
    assert terrace("tokens", "list", slug, "--json").data == {"tokens": []}
    assert terrace("tokens", "revoke", slug, row["id"], "--yes").code == 3


def test_a_member_is_given_no_more_than_she_has(terrace: Operator, slug: str) -> None:
    terrace.asks(ADMIT, names=(make_site(terrace, slug),))

    more = create(terrace, slug, "--scope", "site.edit")
    nobody = create(terrace, slug, "--user", "nobody@x.example")

    assert more.code == nobody.code != 0
    assert "site.edit" in more.err
    assert "e-mail" in nobody.err
    assert create(terrace, slug, "--scope", "tenant.create").code == 2
    assert create(terrace, "nowhere-at-all").code == 3
