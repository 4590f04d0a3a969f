"""The roles of the site: the table of what each may, and one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath
from pydantic import Field

from core.access import Action, Scope
from core.errors import Conflict, Invalid, Problem, StaleVersion, TerraceError
from core.granting import GrantsTooMuch
from core.identity import Role
from core.roles.errors import RoleInUse, RoleKeyTaken
from core.roles.shown import RolesShown
from core.roles.use_cases.add_role import AddRole
from core.roles.use_cases.delete_role import DeleteRole
from core.roles.use_cases.edit_permissions import EditPermissions
from core.roles.use_cases.edit_role import EditRole
from core.roles.use_cases.list_roles import ListRoles
from core.roles.use_cases.preview_permissions import PreviewPermissions
from core.roles.use_cases.show_role import ShowRole
from core.text import N_
from core.transaction import Transaction
from entrypoints.web.admin.roles.shapes import (
    LIST,
    base_choices,
    chosen_rights,
    other_choices,
    preview_page,
    right_choices,
    right_groups,
    role_item,
)
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views.roles import RolePage, RolesPage

ONE = f"{LIST}/{{role:str}}"
STALE = N_("Somebody changed the roles meanwhile. Look again at what stands now, then save.")
_FIELDS = {"name": "", "description": "", "base": Role.CONTRIBUTOR.value, "key": ""}


class RoleForm(WebForm):
    name: str = ""
    description: str = ""
    base: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None


class RightsForm(RoleForm):
    """*step*: look at what would change, go back to choosing, or save."""

    step: str = Field(default="preview", pattern=r"^(preview|edit|save)$")


class DeletionForm(RoleForm):
    move_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDesk:
    """The pages of roles. After a refusal they are read anew, in another transaction."""

    pages: Pages
    transaction: Transaction

    def all(self, roles: RolesShown, form: Form, *, status: int = 200) -> Page:
        catalogue = self.pages.catalogue
        page = RolesPage(
            roles=tuple(role_item(role, roles, catalogue) for role in roles.roles),
            groups=right_groups(roles, catalogue),
            form=form,
            bases=base_choices(catalogue, roles),
            may_edit=self.pages.access.can(Action.EDIT_ROLES),
        )
        return self.pages.show("admin/roles/index.html", page, status=status)

    def one(
        self,
        roles: RolesShown,
        key: str,
        *,
        form: Form | None = None,
        chosen: Mapping[Action, Scope] | None = None,
        message: str = "",
        deletion_error: str = "",
        status: int = 200,
    ) -> Page:
        catalogue, role = self.pages.catalogue, roles.role(key)
        page = RolePage(
            role=role_item(role, roles, catalogue),
            version=roles.version,
            groups=right_choices(key, roles, catalogue, chosen or {}),
            form=form or _values(roles, key),
            bases=base_choices(catalogue, roles),
            others=other_choices(catalogue, roles, key) if role.own else (),
            may_edit=self.pages.access.can(Action.EDIT_ROLES),
            message=message,
            deletion_error=deletion_error,
        )
        return self.pages.show("admin/roles/show.html", page, status=status)

    async def told(self, error: TerraceError) -> tuple[str, int]:
        """What is said above a form that was refused, and the status."""
        await self.transaction.rest()
        if isinstance(error, StaleVersion):
            return self.pages.catalogue.gettext(STALE), 409
        status = 403 if isinstance(error, GrantsTooMuch) else 409 if isinstance(error, Conflict) else 422
        return self.pages.catalogue.error(error), status


@get(LIST)
@inject
async def index(desk: FromDishka[RoleDesk], list_roles: FromDishka[ListRoles]) -> Page:
    return desk.all(await list_roles(), Form(values=_FIELDS))


@post(LIST)
@inject
async def create(
    request: WebRequest,
    add: FromDishka[AddRole],
    list_roles: FromDishka[ListRoles],
    desk: FromDishka[RoleDesk],
) -> Page:
    values = await typed(request)
    form = parsed(RoleForm, values)
    try:
        made = await add(name=form.name, base=form.base, description=form.description)
    except Invalid as error:
        await desk.transaction.rest()
        refused = shown(values, catalogue=desk.pages.catalogue, problems=error.problems)
        return desk.all(await list_roles(), refused, status=422)
    except RoleKeyTaken:
        await desk.transaction.rest()
        taken = Problem.of("name", N_("There is already a role of this name."))
        refused = shown(values, catalogue=desk.pages.catalogue, problems=[taken])
        return desk.all(await list_roles(), refused, status=409)
    except (Conflict, GrantsTooMuch) as error:
        message, status = await desk.told(error)
        refused = shown(values, catalogue=desk.pages.catalogue, message=message)
        return desk.all(await list_roles(), refused, status=status)
    return desk.pages.redirect(f"{LIST}/{made.key}", done=Done.ROLE_ADDED)


@get(ONE)
@inject
async def show(role: FromPath[str], desk: FromDishka[RoleDesk], show_role: FromDishka[ShowRole]) -> Page:
    return desk.one(await show_role(role), role)


@post(ONE)
@inject
async def update(
    request: WebRequest,
    role: FromPath[str],
    edit: FromDishka[EditRole],
    show_role: FromDishka[ShowRole],
    desk: FromDishka[RoleDesk],
) -> Page:
    values = await typed(request)
    form = parsed(RoleForm, values)
    try:
        await edit(role, name=form.name, description=form.description, base=form.base, version=form.expected)
    except Invalid as error:
        await desk.transaction.rest()
        refused = shown(values, catalogue=desk.pages.catalogue, problems=error.problems)
        return desk.one(await show_role(role), role, form=refused, status=422)
    except (Conflict, GrantsTooMuch) as error:
        message, status = await desk.told(error)
        refused = shown(values, catalogue=desk.pages.catalogue, message=message)
        return desk.one(await show_role(role), role, form=refused, status=status)
    return desk.pages.redirect(f"{LIST}/{role}", done=Done.SAVED)


@post(f"{ONE}/permissions", status_code=200)
@inject
async def permissions(
    request: WebRequest,
    role: FromPath[str],
    preview: FromDishka[PreviewPermissions],
    edit: FromDishka[EditPermissions],
    show_role: FromDishka[ShowRole],
    desk: FromDishka[RoleDesk],
) -> Page:
    values = await typed(request)
    form, wanted = parsed(RightsForm, values), chosen_rights(values)
    try:
        if form.step == "save":
            await edit(role, wanted, version=form.expected)
            return desk.pages.redirect(f"{LIST}/{role}", done=Done.RIGHTS_SAVED)
        told = await preview(role, wanted)
    except (Invalid, Conflict, GrantsTooMuch) as error:
        message, status = await desk.told(error)
        return desk.one(await show_role(role), role, chosen=wanted, message=message, status=status)
    roles = await show_role(role)
    if form.step == "edit":
        return desk.one(roles, role, chosen=wanted)
    page = preview_page(role_item(roles.role(role), roles, desk.pages.catalogue), told, wanted, desk.pages.catalogue)
    return desk.pages.show("admin/roles/preview.html", page)


@post(f"{ONE}/deletion")
@inject
async def deletion(
    request: WebRequest,
    role: FromPath[str],
    delete: FromDishka[DeleteRole],
    show_role: FromDishka[ShowRole],
    desk: FromDishka[RoleDesk],
) -> Page:
    form = parsed(DeletionForm, await typed(request))
    try:
        await delete(role, version=form.expected, move_to=form.move_to)
    except (Invalid, RoleInUse, StaleVersion, GrantsTooMuch) as error:
        message, status = await desk.told(error)
        return desk.one(await show_role(role), role, deletion_error=message, status=status)
    return desk.pages.redirect(LIST, done=Done.ROLE_DELETED)


def _values(roles: RolesShown, key: str) -> Form:
    own = roles.role(key).own
    if own is None:
        return Form()
    return Form(values={"name": own.name, "description": own.description, "base": own.base})
