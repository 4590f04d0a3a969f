"""The library on the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.media.places import PlaceKind
from entrypoints.web.views.forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem:
    """*size* in bytes, *stored_size* with all its sizes; *markdown* is what the editor inserts. *url* is what texts
    name, *thumb_url* a small size for lists."""

    key: str
    url: str
    filename: str
    alt: str
    width: int
    height: int
    size: int
    created_at: datetime
    thumb_url: str = ""
    stored_size: int = 0
    version: int = 1
    was_animated: bool = False
    may_edit: bool = True

    @property
    def markdown(self) -> str:
        return f"![{self.alt}]({self.url})"


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageUse:
    """In bytes."""

    used: int
    limit: int

    @property
    def is_tight(self) -> bool:
        return self.used * 10 >= self.limit * 9


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaListPage:
    """`admin/media/index.html`, `admin/media/_list.html` alone for HTMX (target `library`), and
    `admin/media/_item.html` (with `item`) for one just uploaded. *form* carries the errors of an upload without
    JavaScript; *query* and *only_unused* are the filter of the URL."""

    files: tuple[MediaItem, ...]
    upload_bytes: int
    form: Form = field(default_factory=Form)
    next_url: str = ""
    query: str = ""
    only_unused: bool = False
    storage: StorageUse | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaPlaceItem:
    """*title* is empty for the site itself, for a text without one, and for one that this person may not know of,
    which has no *url* either; of a profile it is the person's name."""

    kind: PlaceKind
    title: str = ""
    url: str = ""
    is_trashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaEditPage:
    """*form* holds alt, the errors of a new picture (file) and, for the deletion, name: the file's name typed again.
    *places* show it: deleting it warns of them. *shown_url* is the largest size that the page needs."""

    file: MediaItem
    form: Form
    upload_bytes: int
    shown_url: str = ""
    places: tuple[MediaPlaceItem, ...] = ()
    may_replace: bool = False
    may_delete: bool = False
