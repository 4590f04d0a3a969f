"""Pictures for whoever brings texts into a site, or takes them out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedPicture:
    """*key* is its address under /media/; *is_new* tells whether it was not there before."""

    key: str
    is_new: bool


class PictureShelf(Protocol):
    """The site's pictures, for others to add to."""

    async def has(self, content: bytes) -> bool:
        """Whether these bytes are a picture of the site already, as they came or as they are kept."""
        ...

    async def keep(self, content: bytes, *, filename: str, alt: str = "") -> ShelvedPicture:
        """Put untrusted bytes into the site as a picture; the same bytes twice are one picture.

        The objects are stored at once; the entry becomes final with the caller's commit. Raises Forbidden or
        Unauthenticated for who may not upload, Invalid for what is no usable picture or has no room, Unavailable.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryPicture:
    """*key* is its address under /media/, *stored_key* the object with its bytes, whose SHA-256 in hex is *digest*;
    *filename* is what it was called when it came."""

    key: str
    stored_key: str
    filename: str
    alt: str
    digest: str


class PictureLibrary(Protocol):
    """The site's pictures, for others to take along."""

    async def list_all(self) -> Sequence[LibraryPicture]:
        """Every one, in no order; one query. Raises Forbidden or Unauthenticated for who may not list them."""
        ...

    async def read(self, picture: LibraryPicture) -> bytes | None:
        """Its bytes in full size; None when they are gone. No connection to the database is needed. Raises
        Unavailable."""
        ...
