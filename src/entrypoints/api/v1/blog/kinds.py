"""Posts and pages have the same parts: each is a handler of its own, made once for either."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from core.blog.entities import PostId, PostKind
from entrypoints.api.answers import Answer, ApiRequest

Handler = TypeVar("Handler", bound=Callable[..., Awaitable[Answer]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """*noun* is what one of them is called in addresses and in the names of operations."""

    kind: PostKind

    @property
    def noun(self) -> str:
        return self.kind.value

    @property
    def tag(self) -> str:
        """What they are called together, in addresses and in the documentation."""
        return f"{self.noun}s"

    @property
    def all(self) -> str:
        """The path of all of them."""
        return f"/{self.tag}"

    @property
    def one(self) -> str:
        """The path of one of them."""
        return f"{self.all}/{{{self.noun}_id:str}}"

    def id_in(self, request: ApiRequest) -> PostId:
        return PostId(request.path_params[f"{self.noun}_id"])

    def named(self, name: str, handler: Handler) -> Handler:
        """*handler* under the name of its operation, in which % stands for the noun."""
        handler.__name__ = handler.__qualname__ = name.replace("%", self.noun)
        return handler


POSTS = Texts(kind=PostKind.POST)
PAGES = Texts(kind=PostKind.PAGE)
BOTH = (POSTS, PAGES)
