"""The parts of importing one item: its pictures, its post, what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.blog.archives import ContentArchive, FoundItem, FoundPicture, Note, settle
from core.blog.entities import Post, Typeset, blank_post
from core.blog.errors import NotReady
from core.blog.import_plans import ImportPlan
from core.blog.imports import Outcome, ReportLine, line_of
from core.blog.storage import PostLink
from core.blog.texts import PostText
from core.errors import Invalid
from core.pictures import PictureShelf
from core.text import N_
from core.transaction import Transaction

NO_ROOM = "site_full"
_UNUSABLE = N_("The picture %(name)s cannot be used; a link took its place.")
_GONE = N_("The picture %(name)s is not in the archive, or larger than a picture may be; a link took its place.")


@dataclass(slots=True)
class Gathered:
    """The *keys* of pictures by their names in the archive, those that are *missing*, and what is to be said."""

    keys: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def wanted_text(item: FoundItem, plan: ImportPlan, kin: Mapping[str, PostLink], *, lang: str) -> PostText:
    """The text as it should be kept, still without its pictures. *kin*: what of its group came before, by key. An
    original that comes later takes its translations in."""
    body, slug = plan.led_anew(item.text.body), plan.slug_of(item)
    text = replace(item.text, lang=item.text.lang or lang, cover=None, body=body, slug=slug)
    original = plan.original_of(item)
    return replace(text, translation_of=kin[original].id if original in kin else "") if original else text


async def gather(item: FoundItem, archive: ContentArchive, shelf: PictureShelf, transaction: Transaction) -> Gathered:
    """Put the item's pictures on the *shelf*, where they stay whatever becomes of the text. One that cannot be used is
    told, and the text comes without it. Raises Invalid when there is no room: with more of it the item may come."""
    found = Gathered()
    for reference in item.pictures:
        content = await archive.picture(reference.name)
        if content is None:
            found.missing.append(reference.address or reference.name)
            found.notes.append(Note.of(_GONE, name=reference.filename))
            continue
        try:
            kept = await shelf.keep(content, filename=reference.filename, alt=reference.alt)
        except Invalid as error:
            if error.code == NO_ROOM:
                raise
            found.missing.append(reference.address or reference.name)
            found.notes += [Note.of(_UNUSABLE, name=reference.filename), *notes_of(error)]
        else:
            found.keys[reference.name] = kept.key
            if kept.is_new:
                await transaction.commit()
    return found


async def shelved(
    found: FoundPicture, archive: ContentArchive, shelf: PictureShelf, transaction: Transaction | None
) -> ReportLine:
    """Put a picture that no text shows on the *shelf*; without a *transaction* only tell what would become of it."""
    reference = found.picture
    content = await archive.picture(reference.name)
    if content is None:
        return line_of(found, Outcome.REFUSED, missing=(found.source,))
    if await shelf.has(content):
        return line_of(found, Outcome.PRESENT)
    if transaction is not None:
        try:
            await shelf.keep(content, filename=reference.filename, alt=reference.alt)
        except Invalid as error:
            return line_of(found, Outcome.REFUSED, notes=notes_of(error))
        await transaction.commit()
    return line_of(found, Outcome.ADDED)


def illustrated(item: FoundItem, text: PostText, keys: Mapping[str, str]) -> PostText:
    """*text* with those pictures of the *item* that have a media key."""
    cover = keys.get(item.text.cover) if item.text.cover else None
    return replace(text, body=settle(text.body, item.pictures, keys), cover=cover)


def imported_post(item: FoundItem, text: PostText, typeset: Typeset, *, author_slug: str, now: datetime) -> Post:
    """The item as a draft with its own dates."""
    began = item.created_at or item.published_at or now
    blank = blank_post(
        typeset.slug,
        kind=item.kind,
        lang=text.lang,
        author_id=None,
        author_name=item.author_name,
        author_slug=author_slug,
        at=began,
    )
    edited = blank.edit(text, typeset, at=item.updated_at or item.published_at or began)
    return replace(edited, origin=item.key)


def in_its_state(item: FoundItem, post: Post, *, now: datetime) -> tuple[Post, tuple[Note, ...]]:
    """*post* as public as the item was, unless it lacks what that takes."""
    if not item.is_public:
        was_read = item.published_at is not None and item.published_at <= now
        return replace(post, published_at=item.published_at if was_read else None), ()
    try:
        return post.publish(at=item.published_at or now, now=now).announce(at=now), ()
    except NotReady as error:
        fields = ", ".join(problem.field for problem in error.problems)
        words = N_("It lacks what a public post needs (%(fields)s) and comes as a draft.")
        return post, (Note.of(words, fields=fields),)


def notes_of(error: Invalid) -> tuple[Note, ...]:
    """The problems of *error* as sentences for the report."""
    return tuple(Note.of(problem.message, **problem.params) for problem in error.problems)
