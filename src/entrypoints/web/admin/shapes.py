"""From the business to what the desk shows."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from core.access import Access, Action
from core.blog.addresses import address_of
from core.blog.entities import Post
from core.blog.entities import PostStatus as Status
from core.media.entities import MediaFile
from entrypoints.web.addresses import media_url
from entrypoints.web.views import AdminPost, MediaItem, PostPreviewPage, TrashedPost

THUMB_WIDTH = 480


def admin_post(post: Post, access: Access, now: datetime) -> AdminPost:
    is_readable = post.is_readable(now)
    may_publish = access.can(Action.PUBLISH_POST, on=post)
    return AdminPost(
        id=post.id,
        title=post.title,
        slug=post.slug,
        status=post.status(now).value,
        lang=post.lang,
        version=post.version,
        updated_at=post.updated_at,
        published_at=post.published_at,
        author=post.author_name,
        live_url=address_of(post.kind, post.slug) if is_readable else "",
        may_edit=access.can(Action.EDIT_POST, on=post) and (may_publish or not post.is_public),
        may_publish=may_publish,
        may_withdraw=access.can(Action.WITHDRAW_POST, on=post),
        may_trash=access.can(Action.TRASH_POST, on=post)
        and (not post.is_public or access.can(Action.WITHDRAW_POST, on=post)),
        may_share=access.can(Action.PREVIEW_POST, on=post) and post.trashed_at is None,
        kind=post.kind.value,
    )


def media_item(media: MediaFile, access: Access) -> MediaItem:
    return MediaItem(
        key=media.key,
        url=media_url(media.key),
        filename=media.filename,
        alt=media.alt,
        width=media.width,
        height=media.height,
        size=media.size,
        created_at=media.created_at,
        thumb_url=media_url(media.key_at(THUMB_WIDTH)),
        stored_size=media.stored_size,
        version=media.version,
        was_animated=media.was_animated,
        may_edit=access.can(Action.EDIT_MEDIA, on=media),
    )


def trashed_post(post: Post, access: Access) -> TrashedPost:
    return TrashedPost(
        id=post.id,
        title=post.title,
        lang=post.lang,
        trashed_at=post.trashed_at or post.updated_at,
        may_restore=access.can(Action.RESTORE_POST, on=post)
        and (not post.is_public or access.can(Action.PUBLISH_POST, on=post)),
    )


def preview_page(post: Post, access: Access, now: datetime) -> PostPreviewPage:
    return PostPreviewPage(
        post=admin_post(post, access, now),
        description=post.description,
        body_html=sanitised(post.html),
        tags=post.tags,
        minutes=post.reading_minutes,
    )


def sanitised(html: str) -> Markup:
    """What our own renderer made; it is the only source of HTML in pages."""
    return Markup(html)  # noqa: S704 - see above


def status_filter(text: str) -> Status | None:
    """The status that ``?status=`` asks for; anything else asks for all."""
    return next((status for status in Status if status.value == text), None)
