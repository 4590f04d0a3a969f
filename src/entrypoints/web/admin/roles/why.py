"""Why somebody may do something or not, in whole sentences."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get

from core.access import Action
from core.errors import NotFound
from core.roles.use_cases.explain_access import ExplainAccess
from entrypoints.http.role_words import action_text, explained_words
from entrypoints.web.admin.roles.shapes import LIST
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views.roles import WhyPage


@get("/admin/why")
@inject
async def show(request: WebRequest, explain: FromDishka[ExplainAccess], pages: FromDishka[Pages]) -> Page:
    """``?action=post.publish&resource=ID``: about whoever asks."""
    asked = request.query_params
    try:
        action = Action(asked.get("action", ""))
    except ValueError as error:
        raise NotFound from error
    told = await explain(action, resource=asked.get("resource", "").replace("\x00", ""))
    said = explained_words(pages.catalogue, told)
    page = WhyPage(
        action=action_text(pages.catalogue, action),
        verdict=said.verdict,
        is_allowed=told.is_allowed,
        reasons=said.reasons,
        advice=said.advice,
        roles_url=LIST if pages.access.can(Action.LIST_ROLES) else "",
    )
    return pages.show("admin/why.html", page)
