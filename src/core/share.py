"""Pictures that other places show beside a link to us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

SHARE_WIDTH = 1200
SHARE_HEIGHT = 630
"""What OpenGraph's readers expect (ogp.me; 1.91 : 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCard:
    """*title* large, *site* small beside *detail* (an author), in the site's *accent* (#rrggbb). *site_id* keeps the
    cards of two sites apart wherever they are kept."""

    site_id: str
    title: str
    site: str
    detail: str
    accent: str


class ShareImages(Protocol):
    async def draw(self, card: ShareCard) -> bytes:
        """A PNG of SHARE_WIDTH by SHARE_HEIGHT, the same bytes for the same card. Works off the event loop. Raises
        Unavailable when too many wait."""
        ...
