"""How two states of a text differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from core.blog.texts import PostText
from core.diff import Difference, word_diff

_APART = frozenset({"tags", "lang", "cover", "series_part", "is_pinned", "translation_of", "slug", "canonical_url"})
"""What is one thing each: shown as the old and the new one, not word by word."""


def differences(old: PostText, new: PostText) -> Sequence[Difference]:
    """Of the fields that differ only, in the order of PostText. Takes up to a second for the longest texts."""
    names = [field.name for field in fields(PostText)]
    return tuple(_difference(name, old, new) for name in names if getattr(old, name) != getattr(new, name))


def _difference(name: str, old: PostText, new: PostText) -> Difference:
    before, after = _said(getattr(old, name)), _said(getattr(new, name))
    changes = () if name in _APART else word_diff(before, after)
    return Difference(field=name, old=before, new=after, changes=changes)


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)
