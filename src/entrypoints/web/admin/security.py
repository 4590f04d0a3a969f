"""Whose sign-in needs a second factor."""

from collections.abc import Collection
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from pydantic import Field

from core.access import Action
from core.errors import Invalid, StaleVersion
from core.identity import RoleKey
from core.security import SecurityRules
from core.text import N_
from core.transaction import Transaction
from core.users.people import Person
from core.users.use_cases.edit_security import EditSecurity
from core.users.use_cases.list_users import ListUsers
from core.users.use_cases.show_security import ShowSecurity
from entrypoints.http.role_words import role_name
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views.factors import RoleBox, SecurityPage

SECURITY = "/admin/security"
STALE = N_("Somebody saved other rules meanwhile. Here are yours: save again to replace the others by them.")
_ROLE = "role-"
YES = "yes"


class SecurityForm(WebForm):
    """Boxes are called ``role-<key>``."""

    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityDesk:
    pages: Pages
    show_security: ShowSecurity
    list_users: ListUsers
    transaction: Transaction

    async def show(
        self, rules: SecurityRules, *, chosen: Collection[RoleKey] | None = None, form: Form | None = None
    ) -> Page:
        people = await self.list_users() if self.pages.access.can(Action.LIST_USERS) else ()
        marked = rules.factor_roles if chosen is None else chosen
        said = form or Form()
        page = SecurityPage(
            roles=tuple(self._box(key, key in marked, people) for key in self.pages.policy.member_keys),
            form=Form(values={"version": str(rules.version)}, errors=said.errors, message=said.message),
        )
        return self.pages.show("admin/security.html", page, status=422 if form else 200)

    async def refused(self, chosen: Collection[RoleKey], form: Form, *, status: int) -> Page:
        await self.transaction.rest()
        answer = await self.show(await self.show_security(), chosen=chosen, form=form)
        answer.status_code = status
        return answer

    def _box(self, key: RoleKey, is_chosen: bool, people: Collection[Person]) -> RoleBox:
        there = [person for person in people if person.user.role == key and person.user.is_enabled]
        return RoleBox(
            key=key,
            name=role_name(self.pages.catalogue, key, self.pages.policy),
            is_chosen=is_chosen,
            members=len(there),
            lacking=sum(not person.has_factor for person in there),
        )


@get(SECURITY)
@inject
async def edit(show_security: FromDishka[ShowSecurity], desk: FromDishka[SecurityDesk]) -> Page:
    return await desk.show(await show_security())


@post(SECURITY)
@inject
async def update(request: WebRequest, edit_rules: FromDishka[EditSecurity], desk: FromDishka[SecurityDesk]) -> Page:
    values = await typed(request)
    chosen = {name.removeprefix(_ROLE) for name, value in values.items() if name.startswith(_ROLE) and value == YES}
    try:
        await edit_rules(chosen, expected=parsed(SecurityForm, values).expected)
    except Invalid as error:
        form = shown({}, catalogue=desk.pages.catalogue, problems=error.problems)
        return await desk.refused(chosen, form, status=422)
    except StaleVersion:
        return await desk.refused(chosen, Form(message=desk.pages.catalogue.gettext(STALE)), status=409)
    return desk.pages.redirect(SECURITY, done=Done.SAVED)
