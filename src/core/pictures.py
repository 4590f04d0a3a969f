"""Pictures for whoever brings texts into a site."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedPicture:
    """*key* is its address under /media/; *is_new* tells whether it was not there before."""

    key: str
    is_new: bool


class PictureShelf(Protocol):
    """The site's pictures, for others to add to."""

    async def keep(self, content: bytes, *, filename: str, alt: str = "") -> ShelvedPicture:
        """Put untrusted bytes into the site as a picture; the same bytes twice are one picture.

        The objects are stored at once; the entry becomes final with the caller's commit. Raises Forbidden or
        Unauthenticated for who may not upload, Invalid for what is no usable picture or has no room, Unavailable.
        """
        ...
