"""The people of the site and open invitations, at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.access import Action
from core.clock import Clock
from core.errors import Conflict, Forbidden, Invalid
from core.granting import Granting, GrantsTooMuch
from core.identity import RoleKey, UserId
from core.transaction import Transaction
from core.users.entities import InvitationId
from core.users.errors import UserNotFound
from core.users.people import OpenInvitation, Person
from core.users.use_cases.delete_user import DeleteUser
from core.users.use_cases.disable_user import DisableUser
from core.users.use_cases.enable_user import EnableUser
from core.users.use_cases.invite_user import InviteUser
from core.users.use_cases.list_invitations import ListInvitations
from core.users.use_cases.list_users import ListUsers
from core.users.use_cases.resend_invitation import ResendInvitation
from core.users.use_cases.reset_factors import ResetFactors
from core.users.use_cases.revoke_invitation import RevokeInvitation
from core.users.use_cases.set_role import SetRole
from core.users.use_cases.show_belongings import ShowBelongings
from entrypoints.http.role_words import role_name
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import (
    Choice,
    Form,
    HeirChoice,
    InvitationItem,
    PeoplePage,
    PersonItem,
    PersonPage,
)

PEOPLE = "/admin/users"
ONE = f"{PEOPLE}/{{user_id:str}}"
INVITATION = f"{PEOPLE}/invitations/{{invitation_id:str}}"


class InvitationForm(WebForm):
    email: str = ""
    name: str = ""
    role: str = ""


class PersonForm(WebForm):
    role: str = ""
    heir: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleDesk:
    """Lists of people and invitations, as far as who looks may see them."""

    pages: Pages
    clock: Clock
    granting: Granting
    list_users: ListUsers
    list_invitations: ListInvitations
    show_belongings: ShowBelongings
    transaction: Transaction

    async def index(self, people: Sequence[Person], *, form: Form | None = None, status: int = 200) -> Page:
        access = self.pages.access
        waiting: Sequence[OpenInvitation] = ()
        if access.can(Action.LIST_INVITATIONS):
            waiting = await self.list_invitations()
        page = PeoplePage(
            people=tuple(self._person(person) for person in people),
            invitations=tuple(self._invitation(one) for one in waiting),
            roles=await self._roles(),
            form=form or Form(),
            may_invite=access.can(Action.INVITE_USER),
            may_revoke=access.can(Action.REVOKE_INVITATION),
        )
        return self.pages.show("admin/users/index.html", page, status=status)

    async def show(
        self, user_id: UserId, people: Sequence[Person], *, form: Form | None = None, status: int = 200
    ) -> Page:
        access = self.pages.access
        person = next((one for one in people if one.user.id == user_id), None)
        if person is None:
            raise UserNotFound
        is_other = user_id != self.pages.actor.user_id
        may_delete = access.can(Action.DELETE_USER) and is_other
        heirs = [one.user for one in people if one.user.id != user_id and one.user.is_enabled]
        has = await self.show_belongings(user_id) if may_delete else None
        page = PersonPage(
            person=self._person(person),
            roles=await self._roles(),
            form=form or Form(values={"role": person.user.role}),
            heirs=tuple(HeirChoice(id=heir.id, name=heir.name) for heir in heirs),
            posts=has.posts if has else 0,
            questions=has.questions if has else 0,
            files=has.files if has else 0,
            may_set_role=access.can(Action.SET_ROLE),
            may_disable=access.can(Action.DISABLE_USER) and is_other,
            may_delete=may_delete,
            may_reset_factors=access.can(Action.RESET_FACTORS) and is_other and person.has_factor,
        )
        return self.pages.show("admin/users/show.html", page, status=status)

    async def again(self) -> Sequence[Person]:
        """Everybody as they stand: nothing is left of what was refused."""
        await self.transaction.rest()
        return await self.list_users()

    async def _roles(self) -> tuple[Choice, ...]:
        return tuple(Choice(value=role, label=self._named(role)) for role in await self.granting.offered())

    def _named(self, role: RoleKey) -> str:
        return role_name(self.pages.catalogue, role, self.pages.policy)

    def _person(self, person: Person) -> PersonItem:
        user = person.user
        return PersonItem(
            id=user.id,
            name=user.name,
            email=user.email,
            role=self._named(user.role),
            is_disabled=not user.is_enabled,
            is_oneself=user.id == self.pages.actor.user_id,
            seen_at=person.seen_at,
            has_factor=person.has_factor,
            created_at=user.created_at,
        )

    def _invitation(self, one: OpenInvitation) -> InvitationItem:
        invitation = one.invitation
        host = self.pages.facts.tenant.primary_host
        return InvitationItem(
            id=invitation.id,
            email=invitation.email,
            name=invitation.name,
            role=self._named(invitation.role),
            expires_at=invitation.expires_at,
            is_expired=not invitation.is_open(self.clock.now()),
            url=f"{self.pages.options.site_url(host)}/invitations/{one.token}",
        )

    async def refused(self, user_id: UserId, error: Invalid | Conflict | GrantsTooMuch, values: dict[str, str]) -> Page:
        """The person's page with what stands in the way."""
        catalogue, people = self.pages.catalogue, await self.again()
        if isinstance(error, Invalid):
            form = shown(values, catalogue=catalogue, problems=error.problems)
            return await self.show(user_id, people, form=form, status=422)
        status = 403 if isinstance(error, Forbidden) else 409
        form = shown(values, catalogue=catalogue, message=catalogue.error(error))
        return await self.show(user_id, people, form=form, status=status)


@get(PEOPLE)
@inject
async def index(list_users: FromDishka[ListUsers], desk: FromDishka[PeopleDesk]) -> Page:
    return await desk.index(await list_users())


@post(PEOPLE)
@inject
async def create(request: WebRequest, invite: FromDishka[InviteUser], desk: FromDishka[PeopleDesk]) -> Page:
    values = await typed(request)
    form, catalogue = parsed(InvitationForm, values), desk.pages.catalogue
    try:
        invited = await invite(form.email, form.role, name=form.name)
    except Invalid as error:
        return await desk.index(
            await desk.again(), form=shown(values, catalogue=catalogue, problems=error.problems), status=422
        )
    except GrantsTooMuch as error:
        return await desk.index(
            await desk.again(), form=shown(values, catalogue=catalogue, message=catalogue.error(error)), status=403
        )
    return desk.pages.redirect(f"{PEOPLE}#i-{invited.invitation.id}", done=Done.INVITED)


@post(f"{INVITATION}/revocation")
@inject
async def revocation(
    invitation_id: FromPath[str], revoke: FromDishka[RevokeInvitation], pages: FromDishka[Pages]
) -> Page:
    await revoke(InvitationId(invitation_id))
    return pages.redirect(PEOPLE, done=Done.INVITATION_REVOKED)


@post(f"{INVITATION}/sending")
@inject
async def sending(invitation_id: FromPath[str], resend: FromDishka[ResendInvitation], pages: FromDishka[Pages]) -> Page:
    await resend(InvitationId(invitation_id))
    return pages.redirect(PEOPLE, done=Done.INVITED)


@get(ONE)
@inject
async def show(user_id: FromPath[str], list_users: FromDishka[ListUsers], desk: FromDishka[PeopleDesk]) -> Page:
    return await desk.show(UserId(user_id), await list_users())


@post(f"{ONE}/role")
@inject
async def role(
    request: WebRequest, user_id: FromPath[str], set_role: FromDishka[SetRole], desk: FromDishka[PeopleDesk]
) -> Page:
    values = await typed(request)
    try:
        await set_role(UserId(user_id), parsed(PersonForm, values).role)
    except (Invalid, Conflict, GrantsTooMuch) as error:
        return await desk.refused(UserId(user_id), error, values)
    return desk.pages.redirect(ONE.replace("{user_id:str}", user_id), done=Done.ROLE_SET)


@post(f"{ONE}/disabling")
@inject
async def disabling(user_id: FromPath[str], disable: FromDishka[DisableUser], desk: FromDishka[PeopleDesk]) -> Page:
    try:
        await disable(UserId(user_id))
    except (Conflict, GrantsTooMuch) as error:
        return await desk.refused(UserId(user_id), error, {})
    return desk.pages.redirect(ONE.replace("{user_id:str}", user_id), done=Done.PERSON_DISABLED)


@post(f"{ONE}/enabling")
@inject
async def enabling(user_id: FromPath[str], enable: FromDishka[EnableUser], desk: FromDishka[PeopleDesk]) -> Page:
    try:
        await enable(UserId(user_id))
    except GrantsTooMuch as error:
        return await desk.refused(UserId(user_id), error, {})
    return desk.pages.redirect(ONE.replace("{user_id:str}", user_id), done=Done.PERSON_ENABLED)


@post(f"{ONE}/factors")
@inject
async def reset_of_factors(
    user_id: FromPath[str], reset: FromDishka[ResetFactors], desk: FromDishka[PeopleDesk]
) -> Page:
    try:
        await reset(UserId(user_id))
    except (Conflict, GrantsTooMuch) as error:
        return await desk.refused(UserId(user_id), error, {})
    return desk.pages.redirect(ONE.replace("{user_id:str}", user_id), done=Done.FACTORS_RESET)


@post(f"{ONE}/deletion")
@inject
async def deletion(
    request: WebRequest, user_id: FromPath[str], delete: FromDishka[DeleteUser], desk: FromDishka[PeopleDesk]
) -> Page:
    values = await typed(request)
    heir = parsed(PersonForm, values).heir
    try:
        await delete(UserId(user_id), heir=UserId(heir) if heir else None)
    except (Invalid, Conflict, GrantsTooMuch) as error:
        return await desk.refused(UserId(user_id), error, values)
    return desk.pages.redirect(PEOPLE, done=Done.PERSON_DELETED)
