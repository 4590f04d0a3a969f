"""From the business to what the desk shows of a text's past, its early readers, and what texts lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from core.access import Access
from core.blog.addresses import PREVIEW_DAYS_MAX
from core.blog.checking import CheckedText
from core.blog.entities import Post
from core.blog.history import Revision
from core.blog.previews import Preview
from core.blog.storage import Shelf
from core.blog.texts import PostText
from core.blog.use_cases.compare_revisions import Comparison
from core.blog.use_cases.list_revisions import History
from core.blog.use_cases.show_revision import ShownRevision
from core.diff import Difference
from entrypoints.http.translations import Catalogue
from entrypoints.web import views
from entrypoints.web.addresses import preview_url, with_query
from entrypoints.web.admin.editor_shapes import diff_pieces, readiness_lines
from entrypoints.web.admin.kinds import DESKS
from entrypoints.web.admin.shapes import admin_post


def revision_item(revision: Revision, post: Post) -> views.RevisionItem:
    return views.RevisionItem(
        number=revision.number,
        saved_at=revision.saved_at,
        author=revision.saved_by_name,
        size=len(revision.text.body),
        title=revision.text.title,
        is_auto=revision.is_auto,
        is_present=revision.text == post.text,
    )


def revision_list(found: History, access: Access, now: datetime, *, older_url: str) -> views.RevisionListPage:
    return views.RevisionListPage(
        post=admin_post(found.post, access, now),
        revisions=tuple(revision_item(revision, found.post) for revision in found.revisions.items),
        older_url=older_url,
    )


def revision_page(
    found: ShownRevision, access: Access, now: datetime, *, problems: tuple[str, ...] = ()
) -> views.RevisionPage:
    text = found.revision.text
    return views.RevisionPage(
        post=admin_post(found.post, access, now),
        revision=revision_item(found.revision, found.post),
        lang=text.lang,
        body=text.body,
        fields=tuple(_said_fields(text)),
        problems=problems,
    )


def comparison_page(found: Comparison, access: Access, now: datetime) -> views.ComparisonPage:
    return views.ComparisonPage(
        post=admin_post(found.post, access, now),
        old=revision_item(found.old, found.post),
        new=revision_item(found.new, found.post) if found.new else None,
        differences=tuple(_difference(difference) for difference in found.differences),
    )


def preview_list(
    post: Post, found: Iterable[Preview], access: Access, now: datetime, form: views.Form, base_url: str
) -> views.PreviewListPage:
    return views.PreviewListPage(
        post=admin_post(post, access, now),
        form=form,
        days_max=PREVIEW_DAYS_MAX,
        previews=tuple(
            views.PreviewItem(
                id=preview.link.id,
                url=base_url + preview_url(preview.token),
                author=preview.link.created_by_name,
                created_at=preview.link.created_at,
                expires_at=preview.link.expires_at,
            )
            for preview in found
        ),
    )


def tag_item(shelf: Shelf) -> views.DeskShelf:
    url = with_query(next(iter(DESKS.values())), tag=shelf.slug)
    return views.DeskShelf(name=shelf.name, slug=shelf.slug, count=shelf.count, url=url)


def series_item(shelf: Shelf) -> views.DeskShelf:
    return views.DeskShelf(name=shelf.name, slug=shelf.slug, count=shelf.count)


def checked_item(checked: CheckedText, access: Access, now: datetime, catalogue: Catalogue) -> views.CheckedItem:
    return views.CheckedItem(
        post=admin_post(checked.post, access, now), lines=readiness_lines(checked.items, catalogue)
    )


def _said_fields(text: PostText) -> Iterable[views.TextField]:
    for name in (field.name for field in fields(PostText) if field.name not in ("title", "body")):
        value = getattr(text, name)
        if value:
            said = ", ".join(value) if isinstance(value, tuple) else str(value)
            yield views.TextField(name=name, value=said)


def _difference(difference: Difference) -> views.FieldDifference:
    return views.FieldDifference(
        name=difference.field,
        old=difference.old,
        new=difference.new,
        pieces=diff_pieces(difference.changes),
    )
