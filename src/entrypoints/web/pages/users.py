"""Signing in and out, and accepting an invitation."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.errors import Invalid, Problem, TooMany
from core.limits import Client
from core.text import N_
from core.users.entities import PASSWORD_MIN, Invitation, SessionKind
from core.users.errors import WrongCredentials
from core.users.signed_in import SignedIn
from core.users.use_cases.accept_invitation import AcceptInvitation
from core.users.use_cases.show_invitation import ShowInvitation
from core.users.use_cases.sign_in import SignIn
from core.users.use_cases.sign_out import SignOut
from entrypoints.http.role_words import role_name
from entrypoints.web import sessions
from entrypoints.web.addresses import DESK, safe_next
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form, InvitationPage, LoginPage


class LoginForm(WebForm):
    email: str = ""
    password: str = ""
    next: str = ""


class InvitationForm(WebForm):
    name: str = ""
    password: str = ""
    password_again: str = ""


@get("/login")
@inject
async def new(request: WebRequest, pages: FromDishka[Pages]) -> Page:
    wanted = request.query_params.get("next", "")
    if not pages.actor.is_anonymous:
        return pages.redirect(safe_next(wanted))
    return pages.show("login.html", LoginPage(form=Form(values={"next": wanted})), has_form=True)


@post("/login")
@inject
async def create(
    request: WebRequest, sign_in: FromDishka[SignIn], client: FromDishka[Client], pages: FromDishka[Pages]
) -> Page:
    values = await typed(request)
    form = parsed(LoginForm, values)
    try:
        signed_in = await sign_in(
            form.email, form.password, client=client, kind=SessionKind.BROWSER, mark=_mark(request, pages)
        )
    except (WrongCredentials, TooMany) as error:
        refused = shown(values, catalogue=pages.catalogue, message=pages.catalogue.error(error))
        answer = pages.show("login.html", LoginPage(form=refused), status=_status(error), has_form=True)
        if isinstance(error, TooMany):
            answer.headers["retry-after"] = str(error.retry_after)
        return answer
    return _welcome(pages, signed_in, safe_next(form.next))


@post("/logout")
@inject
async def destroy(sign_out: FromDishka[SignOut], pages: FromDishka[Pages]) -> Page:
    await sign_out()
    pages.facts.reissued_cookie = None
    return pages.redirect("/", done=Done.SIGNED_OUT, cookies=[sessions.session_cleared(pages.options)])


@get("/invitations/{token:str}")
@inject
async def invitation(
    token: FromPath[str], show_invitation: FromDishka[ShowInvitation], pages: FromDishka[Pages]
) -> Page:
    found = await show_invitation(token)
    form = Form(values={"name": found.name})
    return pages.show("invitations/show.html", _invited(pages, token, found, form), has_form=True)


@post("/invitations/{token:str}")
@inject
async def acceptance(
    request: WebRequest,
    token: FromPath[str],
    accept: FromDishka[AcceptInvitation],
    show_invitation: FromDishka[ShowInvitation],
    client: FromDishka[Client],
    pages: FromDishka[Pages],
) -> Page:
    values = await typed(request)
    form = parsed(InvitationForm, values)
    try:
        _refuse_different(form)
        signed_in = await accept(
            token, name=form.name, password=form.password, client=client, mark=_mark(request, pages)
        )
    except Invalid as error:
        refused = shown(values, catalogue=pages.catalogue, problems=error.problems)
        page = _invited(pages, token, await show_invitation(token), refused)
        return pages.show("invitations/show.html", page, status=422, has_form=True)
    return _welcome(pages, signed_in, DESK, done=Done.WELCOME)


def _refuse_different(form: InvitationForm) -> None:
    if form.password != form.password_again:
        raise Invalid(Problem.of("password_again", N_("The two passwords differ.")))


def _invited(pages: Pages, token: str, found: Invitation, form: Form) -> InvitationPage:
    return InvitationPage(
        action=f"/invitations/{token}",
        email=found.email,
        role=role_name(pages.catalogue, found.role, pages.policy),
        expires_at=found.expires_at,
        password_length=PASSWORD_MIN,
        form=form,
    )


def _mark(request: WebRequest, pages: Pages) -> str:
    return request.cookies.get(sessions.device_cookie_name(pages.options), "")


def _status(error: WrongCredentials | TooMany) -> int:
    return 429 if isinstance(error, TooMany) else 422


def _welcome(pages: Pages, signed_in: SignedIn, url: str, *, done: Done | None = None) -> Page:
    """The new session's cookie replaces an older one, and the anonymous form's is of no more use."""
    options = pages.options
    session = sessions.session_set(options, signed_in.cookie or "")
    cookies = [session, sessions.device_set(options, signed_in.mark), sessions.form_cleared(options)]
    pages.facts.reissued_cookie = None
    return pages.redirect(url, done=done, cookies=cookies)
