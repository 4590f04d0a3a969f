"""Two texts that began as one become one again."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from core.blog.texts import PostText
from core.joining import Clash, join_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """*text* has the changes of both where they do not meet, and ours in those fields that *clashes* names."""

    text: PostText
    clashes: frozenset[str] = frozenset()


def merge(base: PostText | None, theirs: PostText, ours: PostText) -> Merge:
    """*base* is what both began from; without one every field that differs is a clash."""
    joined: dict[str, Any] = {}
    clashes = set()
    for name in (field.name for field in fields(PostText)):
        mine, other = getattr(ours, name), getattr(theirs, name)
        try:
            joined[name] = mine if mine == other else _joined(name, base, other, mine)
        except Clash:
            clashes.add(name)
    return Merge(text=replace(ours, **joined), clashes=frozenset(clashes))


def _joined(name: str, base: PostText | None, theirs: Any, ours: Any) -> Any:
    if base is None:
        raise Clash
    begun = getattr(base, name)
    if ours == begun:
        return theirs
    if theirs == begun:
        return ours
    if name == "body":
        return join_lines(begun, theirs, ours)
    if name == "tags":
        gone = {tag for tag in begun if tag not in ours}
        return tuple(dict.fromkeys(tag for tag in (*theirs, *ours) if tag not in gone and _is_kept(tag, begun, theirs)))
    raise Clash


def _is_kept(tag: str, begun: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return tag in theirs or tag not in begun
