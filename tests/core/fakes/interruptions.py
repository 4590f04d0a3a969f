from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Killed(BaseException):
    """The process is gone: nothing after this runs."""


class Interruptions:
    """Counts what is done to everything that it *watches*, and kills the process after step *last*, which was done."""

    def __init__(self, last: int) -> None:
        self._last = last
        self.steps: list[str] = []

    def watches(self, thing: T) -> T:
        return cast(T, _Watched(thing, self))

    async def done(self, step: str, doing: Awaitable[Any]) -> Any:
        result = await doing
        self.steps.append(step)
        if len(self.steps) == self._last:
            raise Killed
        return result


class _Watched:
    def __init__(self, thing: object, interruptions: Interruptions) -> None:
        self._thing = thing
        self._interruptions = interruptions

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self._thing, name)
        return lambda *args, **kwargs: self._interruptions.done(name, method(*args, **kwargs))
