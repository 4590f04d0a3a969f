"""Who may come to the desk at all; what one may do there, each use case decides."""

from dishka import AsyncContainer

from core.access import Action
from entrypoints.web.forgery import verify_form
from entrypoints.web.rendering import Pages, WebRequest

REQUIRES = "requires"
"""In a handler's *opt*: the action that is asked for before the form is read, where that takes long."""
ENTERS = "enters"
"""In a handler's *opt*: the action that opens its door, where that is not the desk's: what somebody may who must do
something first."""


async def enter(request: WebRequest) -> None:
    """Raise Unauthenticated or Forbidden for those without a desk here, then check the form."""
    container: AsyncContainer = request.state.dishka_container
    access = (await container.get(Pages)).access
    access.require(request.route_handler.opt.get(ENTERS, Action.OPEN_DESK))
    if REQUIRES in request.route_handler.opt:
        access.require(request.route_handler.opt[REQUIRES])
    await verify_form(request)
