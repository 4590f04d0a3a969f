"""Oneself: what readers see, how one signs in, where one is signed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.access import Action
from core.errors import Invalid, Problem, TerraceError, TooMany, Unauthenticated
from core.identity import SessionId, UserId
from core.limits import Client
from core.links import Link
from core.media.entities import MediaFile
from core.media.use_cases.list_media import ListMedia
from core.text import N_
from core.transaction import Transaction
from core.users.devices import device_name
from core.users.entities import PASSWORD_MIN, Session, SessionKind
from core.users.profiles import OwnData, ProfileWishes
from core.users.use_cases.change_password import ChangePassword
from core.users.use_cases.edit_profile import EditProfile
from core.users.use_cases.end_other_sessions import EndOtherSessions
from core.users.use_cases.end_session import EndSession
from core.users.use_cases.list_sessions import ListSessions
from core.users.use_cases.request_email_change import RequestEmailChange
from core.users.use_cases.show_user import ShowUser
from entrypoints.http.role_words import role_name
from entrypoints.web.admin.shapes import media_item
from entrypoints.web.admin.site_forms import links_of, rows_of
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Choice, Form, ProfilePage, SessionItem, SessionsPage
from entrypoints.web.words import LANGUAGES

PROFILE = "/admin/profile"
SESSIONS = f"{PROFILE}/sessions"
PICKER_SIZE = 24


class ProfileForm(WebForm):
    name: str = ""
    bio: str = ""
    picture: str = ""
    picture_alt: str = ""
    locale: str = ""

    def wishes(self, links: tuple[Link, ...]) -> ProfileWishes:
        return ProfileWishes(
            name=self.name,
            locale=self.locale or None,
            bio=self.bio.replace("\r\n", "\n"),
            picture=self.picture or None,
            picture_alt=self.picture_alt.strip(),
            links=links,
        )


class PasswordForm(WebForm):
    current_password: str = ""
    password: str = ""
    password_again: str = ""


class EmailForm(WebForm):
    email: str = ""
    current_password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDesk:
    """The page of oneself, as often as one of its forms comes back."""

    pages: Pages
    show_user: ShowUser
    list_media: ListMedia
    transaction: Transaction

    @property
    def user_id(self) -> UserId:
        """Raises Unauthenticated for who is nobody of the site."""
        if self.pages.actor.user_id is None:
            raise Unauthenticated
        return self.pages.actor.user_id

    async def show(
        self, own: OwnData, *, form: Form | None = None, credentials: Form | None = None, status: int = 200
    ) -> Page:
        newest: Sequence[MediaFile] = ()
        if self.pages.access.can(Action.LIST_MEDIA):
            newest = (await self.list_media(limit=PICKER_SIZE)).items
        say = self.pages.catalogue.gettext
        page = ProfilePage(
            form=form or Form(values=_values(own)),
            credentials=credentials or Form(),
            email=own.user.email,
            role=role_name(self.pages.catalogue, own.user.role, self.pages.policy),
            locales=(Choice(value="", label=say(N_("The site's own"))), *LANGUAGES),
            password_length=PASSWORD_MIN,
            pictures=tuple(media_item(media, self.pages.access) for media in newest),
        )
        return self.pages.show("admin/profile/edit.html", page, status=status)

    async def again(self) -> OwnData:
        """As it stands: nothing is left of what was refused."""
        await self.transaction.rest()
        return await self.show_user(self.user_id)

    async def refused(self, values: Mapping[str, str], error: TerraceError) -> Page:
        """One of the forms for signing in comes back, without passwords."""
        catalogue = self.pages.catalogue
        if isinstance(error, Invalid):
            # Passwords are not among what comes back, but what is wrong with them stands beside them.
            named = {problem.field.replace(".", "-"): catalogue.problem(problem) for problem in error.problems}
            kept = shown(values, catalogue=catalogue).values
            return await self.show(await self.again(), credentials=Form(values=kept, errors=named), status=422)
        kept = shown(values, catalogue=catalogue).values
        answer = await self.show(
            await self.again(), credentials=Form(values=kept, message=catalogue.error(error)), status=429
        )
        answer.headers["retry-after"] = str(getattr(error, "retry_after", 60))
        return answer


@get(PROFILE)
@inject
async def edit(show_user: FromDishka[ShowUser], desk: FromDishka[ProfileDesk]) -> Page:
    return await desk.show(await show_user(desk.user_id))


@post(PROFILE)
@inject
async def update(request: WebRequest, edit_profile: FromDishka[EditProfile], desk: FromDishka[ProfileDesk]) -> Page:
    typed_in = await typed(request)
    links = links_of(typed_in, "links")
    values = {name: text for name, text in typed_in.items() if not name.startswith("links-")} | rows_of("links", links)
    try:
        await edit_profile(desk.user_id, parsed(ProfileForm, values).wishes(links), lang=desk.pages.settings.locale)
    except Invalid as error:
        refused = shown(values | {"links": ""}, catalogue=desk.pages.catalogue, problems=error.problems)
        return await desk.show(await desk.again(), form=refused, status=422)
    return desk.pages.redirect(PROFILE, done=Done.SAVED)


@post(f"{PROFILE}/password")
@inject
async def password(request: WebRequest, change: FromDishka[ChangePassword], desk: FromDishka[ProfileDesk]) -> Page:
    values = await typed(request)
    form = parsed(PasswordForm, values)
    try:
        if form.password != form.password_again:
            raise Invalid(Problem.of("password_again", N_("The two passwords differ.")))
        await change(form.current_password, form.password)
    except (Invalid, TooMany) as error:
        return await desk.refused(values, error)
    return desk.pages.redirect(PROFILE, done=Done.PASSWORD_CHANGED)


@post(f"{PROFILE}/email")
@inject
async def email(request: WebRequest, ask: FromDishka[RequestEmailChange], desk: FromDishka[ProfileDesk]) -> Page:
    values = await typed(request)
    form = parsed(EmailForm, values)
    try:
        await ask(form.email, form.current_password)
    except Invalid as error:
        there = [_beside_email(problem) for problem in error.problems]
        return await desk.refused(values, Invalid(*there))
    except TooMany as error:
        return await desk.refused(values, error)
    return desk.pages.redirect(PROFILE, done=Done.EMAIL_ASKED)


@get(SESSIONS)
@inject
async def sessions(
    list_sessions: FromDishka[ListSessions], client: FromDishka[Client], pages: FromDishka[Pages]
) -> Page:
    found = await list_sessions()
    here = pages.actor.session_id
    page = SessionsPage(
        sessions=tuple(_session(session, here, client) for session in found),
        has_others=any(session.id != here for session in found),
    )
    return pages.show("admin/profile/sessions.html", page)


@post(f"{SESSIONS}/others")
@inject
async def ending_of_others(end_others: FromDishka[EndOtherSessions], pages: FromDishka[Pages]) -> Page:
    return pages.redirect(SESSIONS, done=Done.SESSIONS_ENDED, count=await end_others())


@post(f"{SESSIONS}/{{session_id:str}}/end")
@inject
async def ending(session_id: FromPath[str], end_session: FromDishka[EndSession], pages: FromDishka[Pages]) -> Page:
    await end_session(SessionId(session_id))
    return pages.redirect(SESSIONS, done=Done.SESSION_ENDED)


def _session(session: Session, here: SessionId | None, client: Client) -> SessionItem:
    return SessionItem(
        id=session.id,
        device=device_name(session.user_agent),
        is_here=session.id == here,
        is_near=session.client == client.key,
        is_program=session.kind is SessionKind.API,
        created_at=session.created_at,
        seen_at=session.seen_at,
    )


def _beside_email(problem: Problem) -> Problem:
    """Both forms ask for the present password: what is wrong with it stands beside the one that was sent."""
    is_password = problem.field == "current_password"
    return Problem.of("email_password", problem.message, **problem.params) if is_password else problem


def _values(own: OwnData) -> dict[str, str]:
    profile = own.profile
    values = {
        "name": own.user.name,
        "bio": profile.bio,
        "picture": profile.picture or "",
        "picture_alt": profile.picture_alt,
        "locale": own.user.locale or "",
    }
    return values | rows_of("links", profile.links)
