"""Plain words instead of stems."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from core.blog.entities import Post
from core.blog.storage import FoundPost, FoundPosts
from core.pagination import NumberedPage
from core.searching import Piece


def search(
    posts: Sequence[Post], everything: Collection[Post], now: datetime, *, text: str, number: int, size: int
) -> FoundPosts:
    """In *posts*, newest first; words are learnt from all that can be read."""
    found = [post for post in posts if has_words(post, text)]
    corrected = None
    if not found:
        corrected = _corrected(text, [post for post in everything if post.is_readable(now)])
        found = [post for post in posts if corrected and has_words(post, corrected)]
    used = _words(corrected or text)
    found.sort(key=lambda post: [set(used) <= set(_words(field)) for field in _fields(post)], reverse=True)
    items = [_found(post, used) for post in found[(number - 1) * size : number * size]]
    page = NumberedPage(items=items, number=number, size=size, total=len(found))
    return FoundPosts(page=page, corrected=corrected if found else None)


def has_words(post: Post, text: str) -> bool:
    """All of them; the last one may go on."""
    known, wanted = set(_words(" ".join(_fields(post)))), _words(text)
    if not wanted:
        return False
    return set(wanted[:-1]) <= known and any(word.startswith(wanted[-1]) for word in known)


def _fields(post: Post) -> tuple[str, str, str]:
    return post.title, " ".join((*post.tags, post.description)), post.plain


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower().replace("ё", "е"))


def _corrected(text: str, readable: Iterable[Post]) -> str | None:
    known = {word for post in readable for field in _fields(post) for word in _words(field)}
    words = _words(text)
    near = [word if word in known else next(iter(get_close_matches(word, sorted(known))), word) for word in words]
    return " ".join(near) if near != words else None


def _found(post: Post, words: Sequence[str]) -> FoundPost:
    bare = replace(post, body="", html="", plain="")
    return FoundPost(post=bare, title=_pieces(post.title, words), snippet=_pieces(post.plain[:200], words))


def _pieces(text: str, words: Sequence[str]) -> Sequence[Piece]:
    parts = re.split(r"([^\W_]+)", text)
    return [Piece(text=part, is_match=any(word in words for word in _words(part))) for part in parts if part]
