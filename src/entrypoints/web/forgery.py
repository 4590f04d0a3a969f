"""The check that stands before every handler of a form."""

from dishka import AsyncContainer

from entrypoints.web.csrf import FIELD, HEADER, SAFE_METHODS, ExpiredForm, refuse_foreign
from entrypoints.web.forms import typed
from entrypoints.web.rendering import Pages, WebRequest


async def verify_form(request: WebRequest) -> None:
    """Raise ForeignForm or ExpiredForm unless the request comes from a page of ours and proves it."""
    if request.method in SAFE_METHODS:
        return
    refuse_foreign(request)
    container: AsyncContainer = request.state.dishka_container
    pages = await container.get(Pages)
    token = request.headers.get(HEADER) or (await typed(request)).get(FIELD, "")
    if not pages.csrf.is_valid(token, pages.facts.tenant.id, pages.csrf_subject):
        raise ExpiredForm
