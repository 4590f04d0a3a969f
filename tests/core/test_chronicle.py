"""What the log and those who subscribed learn of each step of a text."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Action
from core.blog.consequences import VERBS
from core.blog.entities import Post
from core.chronicle import Chronicle
from core.events import EventKind
from tests.core.house import House
from tests.core.makers import NOW, draft, published

DRAFT, PUBLIC = draft("text"), published("text", at=NOW - timedelta(days=1))
LATER = replace(PUBLIC, published_at=NOW + timedelta(days=1))
HIDDEN = replace(PUBLIC, is_public=False)
IN_TRASH, DRAFT_IN_TRASH = replace(PUBLIC, trashed_at=NOW), replace(DRAFT, trashed_at=NOW)
STEPS = [
    (None, DRAFT, None, None),
    (None, PUBLIC, Action.PUBLISH_POST, EventKind.POST_PUBLISHED),
    (DRAFT, PUBLIC, Action.PUBLISH_POST, EventKind.POST_PUBLISHED),
    (DRAFT, LATER, Action.PUBLISH_POST, None),
    (LATER, PUBLIC, Action.PUBLISH_POST, EventKind.POST_PUBLISHED),
    (PUBLIC, LATER, Action.PUBLISH_POST, EventKind.POST_WITHDRAWN),
    (PUBLIC, PUBLIC, None, None),
    (PUBLIC, HIDDEN, Action.WITHDRAW_POST, EventKind.POST_WITHDRAWN),
    (LATER, DRAFT, Action.WITHDRAW_POST, None),
    (PUBLIC, IN_TRASH, Action.TRASH_POST, EventKind.POST_TRASHED),
    (DRAFT, DRAFT_IN_TRASH, Action.TRASH_POST, None),
    (IN_TRASH, PUBLIC, Action.RESTORE_POST, EventKind.POST_PUBLISHED),
    (DRAFT_IN_TRASH, DRAFT, Action.RESTORE_POST, None),
]


def chronicle(house: House) -> Chronicle:
    return Chronicle(audit=house.audit, events=house.events, verbs=VERBS)


@pytest.mark.parametrize(("before", "after", "action", "event"), STEPS)
async def test_each_step_is_kept_and_told_when_visitors_notice(
    house: House, before: Post | None, after: Post, action: Action | None, event: EventKind | None
) -> None:
    await chronicle(house).of_state(before, after, now=NOW)

    assert [line.action for line in house.audit.kept] == ([action] if action else [])
    assert [kind for kind, _, _ in house.events.kept] == ([event] if event else [])


async def test_a_line_says_what_changed_and_an_event_what_visitors_read(house: House) -> None:
    await chronicle(house).of_state(DRAFT, PUBLIC, now=NOW, path="/blog/text")

    (line,), ((_, subject, details),) = house.audit.kept, house.events.kept
    assert (line.subject, line.label, line.before["status"], line.after["status"]) == (
        ("text", "Hello", "draft", "published")
    )
    since = "2026-05-03T12:00:00+00:00"
    assert (subject, details) == (
        "text",
        {"slug": "text", "title": "Hello", "lang": "en", "path": "/blog/text", "status": "published",
         "published_at": since},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [(PUBLIC, PUBLIC, True), (None, PUBLIC, False), (DRAFT, DRAFT, False), (DRAFT, PUBLIC, False)],
)
async def test_another_text_is_told_of_where_it_can_be_read(
    house: House, before: Post | None, after: Post, is_told: bool
) -> None:
    await chronicle(house).of_text(before, after, now=NOW)

    assert [kind for kind, _, _ in house.events.kept] == ([EventKind.POST_UPDATED] if is_told else [])
    assert not house.audit.kept
