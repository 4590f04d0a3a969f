"""API tokens: many kinds of them, and none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from entrypoints.web import views
from entrypoints.web.views import tokens

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
TOKEN = tokens.TokenItem(
    id="a1",
    name="Nightly <drafts>",
    hint="wQ2x",
    owner="",
    is_draft_only=False,
    is_expired=False,
    created_at=NOW,
    expires_at=NOW,
    used_at=None,
    may=("Write new posts and pages",),
)
OVER = replace(TOKEN, id="a2", owner="Eve", is_draft_only=True, is_expired=True, used_at=NOW)
CHOICES = tuple(
    tokens.ScopeChoice(name=f"scope-{number}", label="Write", is_chosen=bool(number), is_drafting=bool(number))
    for number in range(2)
)
GROUPS = (tokens.ScopeGroup(name="posts", label="Posts and pages", choices=CHOICES),)
DAYS = (views.Choice(value="7", label="7 days"),)
FIELDS = ("name", "days", "is_draft_only", "scopes")
REFUSED = views.Form(values=dict.fromkeys(FIELDS, "x"), errors=dict.fromkeys(FIELDS, "No."), message="No.")
MANY = views.Pagination(number=2, last=3, total=120, previous_url="?page=1", next_url="?page=3")
ONE = views.Pagination(number=1, last=1, total=0)
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    """Template, path, a page with everything, a page with as little as it may have."""
    yield (
        "admin/tokens/index.html",
        "/admin/tokens",
        tokens.TokensPage(tokens=(TOKEN, OVER), pagination=MANY, may_create=True),
        tokens.TokensPage(tokens=(), pagination=ONE, may_create=False),
    )
    yield (
        "admin/tokens/new.html",
        "/admin/tokens/new",
        tokens.NewTokenPage(form=REFUSED, groups=GROUPS, days=DAYS),
        tokens.NewTokenPage(form=views.Form(), groups=(), days=DAYS),
    )
    yield (
        "admin/tokens/show.html",
        TOKEN.desk_url,
        tokens.TokenPage(token=OVER, may_revoke=True, secret="trc_4fVqXbwQ2x"),
        tokens.TokenPage(token=TOKEN, may_revoke=False),
    )
