"""Orders as complete lists: whoever puts one says by If-Match which one she saw."""

from collections.abc import Awaitable, Callable, Sequence

from core.competency_matrix.errors import OrderChanged
from entrypoints.api import reading
from entrypoints.api.answers import Answer, ApiRequest, shown, written
from entrypoints.api.etags import content_tag, is_meant
from entrypoints.api.refusals import PreconditionMissing, PresentOrder, StaleOrder
from entrypoints.api.v1.matrix.place_models import OrderShown


def order_read(request: ApiRequest, order: Sequence[str], *, tag: str | None = None) -> Answer:
    return reading.one(request, OrderShown(order=tuple(order)), tag=tag)


def order_changed(order: Sequence[str], *, tag: str | None = None) -> Answer:
    return shown(OrderShown(order=tuple(order)), tag=tag or order_tag(order))


def order_tag(order: Sequence[str]) -> str:
    """An order that has no version of its own goes by what it is."""
    return content_tag(written(OrderShown(order=tuple(order))))


def require_if_match(request: ApiRequest) -> None:
    """Raises PreconditionMissing."""
    if "if-match" not in request.headers:
        raise PreconditionMissing


async def put_in_order(
    request: ApiRequest,
    look: Callable[[], Awaitable[Sequence[str]]],
    order: Callable[[Sequence[str]], Awaitable[None]],
) -> None:
    """*order* with what stands, if that is what the client saw. Raises PresentOrder, or StaleOrder."""
    present = await look()
    if not is_meant(request, order_tag(present)):
        raise StaleOrder(present, tag=order_tag(present))
    try:
        await order(present)
    except OrderChanged:
        present = await look()
        raise PresentOrder(present, tag=order_tag(present)) from None
