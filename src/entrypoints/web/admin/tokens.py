"""API tokens: those that there are, a new one, the one just made, and the end of one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.access import Action
from core.clock import Clock
from core.errors import Conflict, Invalid, Problem, TerraceError
from core.identity import ApiTokenId
from core.transaction import Transaction
from core.users.api_tokens import CreatedToken, OwnedToken, TokenWanted
from core.users.use_cases.create_token import CreateToken
from core.users.use_cases.list_tokens import ListTokens
from core.users.use_cases.revoke_token import RevokeToken
from core.users.use_cases.show_token import ShowToken
from entrypoints.http.role_words import action_text
from entrypoints.web.admin.token_shapes import chosen_scopes, in_order, scope_groups, token_item
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.lists import page_number, pagination
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Choice, Form
from entrypoints.web.views.tokens import NewTokenPage, TokenItem, TokenPage, TokensPage

LIST = "/admin/tokens"
ONE = f"{LIST}/{{token_id:str}}"
DAYS = (7, 30, 90, 365)
USUAL = "90"


class TokenForm(WebForm):
    name: str = ""
    days: str = USUAL
    is_draft_only: str = ""

    @property
    def life(self) -> timedelta:
        """What is none of the choices is over at once, and told so."""
        return timedelta(days=int(self.days)) if self.days in map(str, DAYS) else timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenDesk:
    """The pages of tokens."""

    pages: Pages
    clock: Clock
    transaction: Transaction

    def item(self, owned: OwnedToken) -> TokenItem:
        is_own = owned.owner_id == self.pages.actor.user_id
        owner = "" if is_own else owned.user_name
        return token_item(owned.token, self.pages.catalogue, now=self.clock.now(), owner=owner)

    def new(self, form: Form, *, status: int = 200) -> Page:
        catalogue = self.pages.catalogue
        chosen = {action.value for action in chosen_scopes(form.values)}
        page = NewTokenPage(
            form=form,
            groups=scope_groups(self.pages.access, catalogue, chosen),
            days=tuple(
                Choice(value=str(days), label=catalogue.ngettext("%(num)d day", "%(num)d days", days) % {"num": days})
                for days in DAYS
            ),
        )
        return self.pages.show("admin/tokens/new.html", page, status=status)

    def made(self, created: CreatedToken) -> Page:
        """No redirect: this is the one time that the token can be seen."""
        item = token_item(created.token, self.pages.catalogue, now=self.clock.now())
        page = TokenPage(token=item, may_revoke=True, secret=created.secret)
        return self.pages.show("admin/tokens/show.html", page, status=201)

    async def refused(self, error: TerraceError, values: Mapping[str, str]) -> Page:
        await self.transaction.rest()
        catalogue, typed_in = self.pages.catalogue, {**values, "scopes": ""}
        if isinstance(error, Invalid):
            problems = [self._in_words(problem) for problem in error.problems]
            return self.new(shown(typed_in, catalogue=catalogue, problems=problems), status=422)
        return self.new(Form(values=typed_in, message=catalogue.error(error)), status=409)

    def _in_words(self, problem: Problem) -> Problem:
        if "actions" not in problem.params:
            return problem
        named = str(problem.params["actions"]).split(", ")
        said = [f"“{action_text(self.pages.catalogue, action)}”" for action in in_order(list(map(Action, named)))]
        return replace(problem, params={**problem.params, "actions": ", ".join(said)})


@get(LIST)
@inject
async def index(request: WebRequest, list_tokens: FromDishka[ListTokens], desk: FromDishka[TokenDesk]) -> Page:
    found = await list_tokens(page_number(request.query_params.get("page")))
    page = TokensPage(
        tokens=tuple(desk.item(owned) for owned in found.items),
        pagination=pagination(found, LIST),
        may_create=desk.pages.access.can(Action.CREATE_TOKENS),
    )
    return desk.pages.show("admin/tokens/index.html", page)


@get(f"{LIST}/new")
@inject
async def new(desk: FromDishka[TokenDesk]) -> Page:
    access = desk.pages.access
    access.require(Action.CREATE_TOKENS)
    return desk.new(Form(values={"name": "", "days": USUAL, "is_draft_only": "", "scopes": ""}))


@post(LIST)
@inject
async def create(request: WebRequest, create_token: FromDishka[CreateToken], desk: FromDishka[TokenDesk]) -> Page:
    values = await typed(request)
    form = parsed(TokenForm, values)
    wanted = TokenWanted(
        name=form.name,
        scopes=chosen_scopes(values),
        expires_at=desk.clock.now() + form.life,
        is_draft_only=bool(form.is_draft_only),
    )
    try:
        return desk.made(await create_token(wanted))
    except (Invalid, Conflict) as error:
        return await desk.refused(error, values)


@get(ONE)
@inject
async def show(token_id: FromPath[str], show_token: FromDishka[ShowToken], desk: FromDishka[TokenDesk]) -> Page:
    owned = await show_token(ApiTokenId(token_id))
    may_revoke = desk.pages.access.can(Action.REVOKE_TOKENS, on=owned)
    return desk.pages.show("admin/tokens/show.html", TokenPage(token=desk.item(owned), may_revoke=may_revoke))


@post(f"{ONE}/revocation")
@inject
async def revocation(
    token_id: FromPath[str], revoke_token: FromDishka[RevokeToken], desk: FromDishka[TokenDesk]
) -> Page:
    await revoke_token(ApiTokenId(token_id))
    return desk.pages.redirect(LIST, done=Done.TOKENS_REVOKED)
