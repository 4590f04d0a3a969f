"""The editor's form: from what was typed to a text, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from core.blog.entities import Post
from core.blog.texts import PostText
from entrypoints.web.forms import WebForm

Intent = Literal["save", "publish", "withdraw"]


class PostForm(WebForm):
    title: str = ""
    slug: str = ""
    description: str = ""
    tags: str = ""
    lang: str = ""
    body: str = ""
    cover: str = ""
    cover_alt: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")
    intent: Intent = "save"

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None

    def text(self, *, default_lang: str) -> PostText:
        """Line ends as people mean them: browsers send CRLF."""
        return PostText(
            title=self.title,
            body=self.body.replace("\r\n", "\n"),
            slug=self.slug.strip(),
            description=self.description.replace("\r\n", "\n"),
            lang=self.lang or default_lang,
            tags=tuple(tag for part in self.tags.split(",") if (tag := part.strip())),
            cover=self.cover or None,
            cover_alt=self.cover_alt,
        )


class VersionForm(WebForm):
    """A button: only which version it stood beside."""

    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None


def post_values(post: Post) -> Mapping[str, str]:
    return {
        "title": post.title,
        "slug": post.slug,
        "description": post.description,
        "tags": ", ".join(post.tags),
        "lang": post.lang,
        "body": post.body,
        "cover": post.cover or "",
        "cover_alt": post.cover_alt,
        "version": str(post.version),
    }
