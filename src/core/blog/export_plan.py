"""What an export will hold, known before its first file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.blog.entities import Post, PostId
from core.blog.exporting import NamedPicture, aliases_of, named, names_by_stem, originals, portable_body, portable_cover
from core.blog.exports import ExportedText
from core.blog.origins import origin_of
from core.blog.storage import PostOutline
from core.pictures import LibraryPicture
from core.slugs import SlugMaker


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPlan:
    """*names*, *originals* and *aliases* are as in core.blog.exporting."""

    outlines: Sequence[PostOutline]
    pictures: Sequence[NamedPicture]
    names: Mapping[str, str]
    originals: Mapping[PostId, str]
    aliases: Mapping[PostId, tuple[str, ...]]

    def text_of(self, post: Post, outline: PostOutline) -> ExportedText:
        """*post* as it stands, at the address that others of the export know should it be renamed just now."""
        text = replace(
            post.text,
            slug=outline.slug,
            body=portable_body(post.body, self.names),
            cover=portable_cover(post.cover, self.names),
            translation_of=self.originals.get(post.id, ""),
        )
        return ExportedText(
            kind=post.kind,
            text=text,
            is_public=post.is_public,
            published_at=post.published_at,
            created_at=post.created_at,
            updated_at=post.updated_at,
            author_name=post.author_name,
            origin=origin_of(post),
            aliases=self.aliases.get(post.id, ()),
        )


def plan_of(
    outlines: Sequence[PostOutline],
    pictures: Sequence[LibraryPicture],
    old: Mapping[PostId, Sequence[str]],
    slugs: SlugMaker,
) -> ExportPlan:
    shown = named(pictures, slugs)
    return ExportPlan(
        outlines=outlines,
        pictures=shown,
        names=names_by_stem(shown),
        originals=originals(outlines),
        aliases=aliases_of(old, outlines),
    )
