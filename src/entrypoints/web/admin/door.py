"""Who may come to the desk at all; what one may do there, each use case decides."""

from dishka import AsyncContainer

from core.access import Action
from entrypoints.web.forgery import verify_form
from entrypoints.web.rendering import Pages, WebRequest


async def enter(request: WebRequest) -> None:
    """Raise Unauthenticated or Forbidden for those without a desk here, then check the form."""
    container: AsyncContainer = request.state.dishka_container
    (await container.get(Pages)).access.require(Action.OPEN_DESK)
    await verify_form(request)
