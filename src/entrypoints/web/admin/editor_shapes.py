"""From the business to what the writing desk shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from core.access import Access
from core.blog.entities import Post, reading_minutes
from core.blog.readiness import ReadinessItem, Severity
from core.blog.schedule import wall_time
from core.blog.use_cases.merge_texts import TwoTexts
from core.blog.use_cases.preview_text import TextPreview
from core.competency_matrix.cards import QuestionCard
from core.diff import Change, ChangeKind, word_diff
from entrypoints.http.translations import Catalogue
from entrypoints.web.admin.post_forms import post_values, text_values
from entrypoints.web.admin.shapes import admin_post, sanitised
from entrypoints.web.views import (
    Choice,
    DiffPiece,
    Form,
    LinkItem,
    LinksFragment,
    PostConflictPage,
    PreviewFragment,
    ReadinessLine,
    Schedule,
)
from entrypoints.web.words import LANGUAGES

CONTEXT = 120
"""How much of what stayed the same is shown around a change."""


def readiness_lines(items: Iterable[ReadinessItem], catalogue: Catalogue) -> tuple[ReadinessLine, ...]:
    return tuple(
        ReadinessLine(
            text=catalogue.problem(item.problem),
            field=item.field,
            line=item.line,
            is_error=item.severity is Severity.ERROR,
        )
        for item in items
    )


def stored_preview(post: Post, catalogue: Catalogue) -> PreviewFragment:
    """As it was rendered when it was saved."""
    return PreviewFragment(
        body_html=sanitised(post.html),
        lang=post.lang,
        readiness=readiness_lines(post.readiness(), catalogue),
        words=post.words,
        minutes=post.reading_minutes,
    )


def typed_preview(preview: TextPreview, lang: str, catalogue: Catalogue, *, is_answer: bool) -> PreviewFragment:
    rendered = preview.rendered
    return PreviewFragment(
        body_html=sanitised(rendered.html),
        lang=lang,
        readiness=readiness_lines(preview.readiness, catalogue),
        words=rendered.words,
        minutes=reading_minutes(rendered.words),
        is_answer=is_answer,
    )


def links_fragment(
    found: Iterable[Post], now: datetime, query: str, *, questions: Iterable[QuestionCard] = (), lang: str = ""
) -> LinksFragment:
    """*questions* say what they ask in *lang*."""
    items = (*(_link_item(post, now) for post in found), *(_question_link(card, lang) for card in questions))
    return LinksFragment(items=items, query=query)


def _question_link(card: QuestionCard, lang: str) -> LinkItem:
    return LinkItem(
        title=card.question, mark=f"[[matrix:{card.slug}]]", lang=lang, kind="matrix", status=card.status.value
    )


def _link_item(post: Post, now: datetime) -> LinkItem:
    return LinkItem(
        title=post.title,
        mark=f"[[{post.kind.value}:{post.slug}]]",
        lang=post.lang,
        kind=post.kind.value,
        status=post.status(now).value,
    )


def original_choices(posts: Iterable[Post], own: Post | None) -> tuple[Choice, ...]:
    """What a post may translate: neither itself nor another's translation."""
    return tuple(
        Choice(value=post.slug, label=post.title)
        for post in posts
        if not post.translation_of and (own is None or post.id != own.id)
    )


def with_original_named(values: Mapping[str, str], posts: Sequence[Post]) -> dict[str, str]:
    """*values* with the address of the original in the place of its id, where we know it."""
    slugs = {str(post.id): post.slug for post in posts}
    wanted = values.get("translation_of", "")
    return {**values, "translation_of": slugs.get(wanted, wanted)}


def schedule_of(post: Post | None, zone: str, now: datetime) -> Schedule:
    at = post.published_at if post is not None and post.is_public else None
    if at is None or at <= now:
        return Schedule(zone=zone, offset_now=wall_time(now, zone).offset)
    wall = wall_time(at, zone)
    return Schedule(
        zone=zone,
        offset_now=wall_time(now, zone).offset,
        at=at,
        local=wall.local,
        offset=wall.offset,
        is_first_of_two=wall.is_first_of_two,
    )


def conflict_page(two: TwoTexts, access: Access, now: datetime) -> PostConflictPage:
    theirs, mine = post_values(two.post), text_values(two.merge.text)
    changed = [name for name in mine if mine[name] != theirs[name]]
    typed = two.ours.body
    return PostConflictPage(
        post=admin_post(two.post, access, now),
        mine=Form(values={**mine, "version": theirs["version"]}),
        theirs=Form(values={name: value for name, value in theirs.items() if name in mine}),
        version=two.post.version,
        languages=LANGUAGES,
        clashes=two.merge.clashes,
        diffs={name: diff_pieces(word_diff(theirs[name], mine[name])) for name in changed},
        typed_body=typed if typed != two.merge.text.body else "",
    )


def diff_pieces(changes: Sequence[Change]) -> tuple[DiffPiece, ...]:
    """Long stretches of what stayed are shown by their ends."""
    found: list[DiffPiece] = []
    for number, change in enumerate(changes):
        if change.kind is not ChangeKind.EQUAL or len(change.text) <= 2 * CONTEXT:
            found.append(DiffPiece(kind=change.kind.value, text=change.text))
            continue
        if number > 0:
            found.append(DiffPiece(kind="equal", text=change.text[:CONTEXT]))
        found.append(DiffPiece(kind="equal", text="", is_gap=True))
        if number < len(changes) - 1:
            found.append(DiffPiece(kind="equal", text=change.text[-CONTEXT:]))
    return tuple(found)
