"""The rows of a Ghost export, joined."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from core.blog.archives import BadArchive
from core.text import N_
from services.archives.files import ArchiveFiles, read_at_most

EXPORT_BYTES = 200 * 1024**2
POSTS = 50_000

Row = Mapping[str, Any]


def said(row: Row, key: str) -> str:
    """The words under *key*; empty for nothing and for what is no text."""
    value = row.get(key)
    return value if isinstance(value, str) else ""


def is_yes(row: Row, key: str) -> bool:
    return row.get(key) in (1, True, "1", "true")


class GhostTables:
    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.posts = self._rows("posts")
        if len(self.posts) > POSTS:
            raise BadArchive(N_("The export has more than %(limit)d posts. Please split it."), limit=POSTS)
        self._tags = {said(row, "id"): row for row in self._rows("tags")}
        self._users = {said(row, "id"): row for row in self._rows("users")}
        self._metas = {said(row, "post_id"): row for row in self._rows("posts_meta")}
        self._ids = {said(row, "slug"): said(row, "id") for row in self.posts}
        self._tags_by_post = self._joins("posts_tags", "tag_id")
        self._authors_by_post = self._joins("posts_authors", "author_id")
        self.internal_tags = [row for row in self._tags.values() if _is_internal(row)]

    @classmethod
    def read(cls, files: ArchiveFiles, name: str) -> GhostTables:
        """Raises BadArchive for what is no export of Ghost."""
        content = read_at_most(files, name, EXPORT_BYTES)
        if content is None:
            message = N_("“%(name)s” is larger than %(limit)d MB. Please split the export.")
            raise BadArchive(message, name=name, limit=EXPORT_BYTES // 1024**2)
        try:
            document = json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise BadArchive(N_("“%(name)s” is no JSON: %(reason)s"), name=name, reason=str(error)[:200]) from None
        data = _data(document)
        if data is None:
            raise BadArchive(N_("“%(name)s” is no export of Ghost: there are no posts in it."), name=name)
        return cls(data)

    def id_of_slug(self, slug: str) -> str:
        return self._ids.get(slug, "")

    def meta_of(self, post: Row) -> Row:
        return self._metas.get(said(post, "id"), {})

    def tags_of(self, post: Row) -> list[str]:
        """Names of the tags that readers see, the primary one first."""
        rows = (self._tags.get(tag, {}) for tag in self._tags_by_post[said(post, "id")])
        return [said(row, "name") for row in rows if not _is_internal(row)]

    def internal_tags_of(self, post: Row) -> list[str]:
        rows = (self._tags.get(tag, {}) for tag in self._tags_by_post[said(post, "id")])
        return [said(row, "name") for row in rows if _is_internal(row)]

    def authors_of(self, post: Row) -> list[str]:
        """Names, the primary author's first; older exports keep one in the post."""
        authors = self._authors_by_post[said(post, "id")] or [said(post, "author_id")]
        names = (said(self._users.get(author, {}), "name") for author in authors)
        return [name for name in names if name]

    def navigation(self) -> list[tuple[str, str]]:
        """Label and address of each entry of the menus."""
        found: list[tuple[str, str]] = []
        for row in self._rows("settings"):
            if said(row, "key") in ("navigation", "secondary_navigation"):
                found += _entries(said(row, "value"))
        return found

    def _rows(self, table: str) -> Sequence[Row]:
        rows = self._data.get(table)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def _joins(self, table: str, key: str) -> Mapping[str, list[str]]:
        rows = sorted(self._rows(table), key=_order)
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            found[said(row, "post_id")].append(said(row, key))
        return found


def _data(document: Any) -> Mapping[str, Any] | None:
    """Ghost wraps its export in "db", other tools do not."""
    if isinstance(document, dict) and isinstance(document.get("db"), list) and document["db"]:
        document = document["db"][0]
    data = document.get("data") if isinstance(document, dict) else None
    return data if isinstance(data, dict) and isinstance(data.get("posts"), list) else None


def _order(row: Row) -> int:
    order = row.get("sort_order")
    return order if isinstance(order, int) else 0


def _is_internal(tag: Row) -> bool:
    return said(tag, "visibility") == "internal" or said(tag, "name").startswith("#")


def _entries(menu: str) -> list[tuple[str, str]]:
    try:
        entries = json.loads(menu)
    except (ValueError, RecursionError):
        return []
    rows = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [(said(entry, "label"), said(entry, "url")) for entry in rows]
