"""What the texts of a site lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.blog.entities import Post
from core.blog.readiness import ReadinessItem, Severity

BROKEN = frozenset({"broken_link", "hidden_link", "missing_picture"})
"""Warnings about what readers would run into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedText:
    post: Post
    items: Sequence[ReadinessItem]

    @property
    def is_broken(self) -> bool:
        """Whether readers would miss something, not only the writer's care."""
        return any(item.severity is Severity.ERROR or item.code in BROKEN for item in self.items)
