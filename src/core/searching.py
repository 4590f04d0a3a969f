"""What a search shows of its finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some text of a find; *is_match*: what was looked for."""

    text: str
    is_match: bool = False
