"""Posts and free pages are written at two desks that are the same but for their addresses."""

from __future__ import annotations

from core.blog.entities import Post, PostKind

DESKS = {PostKind.POST: "/admin/blog", PostKind.PAGE: "/admin/pages"}
NEW = [f"{desk}/new" for desk in DESKS.values()]
ONE = [f"{desk}/{{post_id:str}}" for desk in DESKS.values()]
LISTS = list(DESKS.values())


def kind_at(path: str) -> PostKind:
    """What is written at the desk under *path*."""
    desk = DESKS[PostKind.PAGE]
    return PostKind.PAGE if path == desk or path.startswith(f"{desk}/") else PostKind.POST


def under_one(rest: str) -> list[str]:
    """The addresses …/{post_id}/*rest* of both desks."""
    return [f"{one}/{rest}" for one in ONE]


def desk_of(post: Post) -> str:
    """Where the forms of *post* are sent."""
    return f"{DESKS[post.kind]}/{post.id}"
