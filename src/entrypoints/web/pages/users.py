"""Signing in and out, and accepting an invitation."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.errors import Invalid, Problem, TooMany
from core.limits import Client
from core.text import N_
from core.users.entities import PASSWORD_MIN, Invitation, SessionKind
from core.users.errors import WrongCredentials
from core.users.factor_errors import ChallengeEnded
from core.users.second_step import SecondStepAsked
from core.users.signed_in import Joined
from core.users.use_cases.accept_invitation import AcceptInvitation
from core.users.use_cases.accept_invitation_with_passkey import AcceptInvitationWithPasskey
from core.users.use_cases.offer_passkey import OfferPasskey
from core.users.use_cases.show_invitation import ShowInvitation
from core.users.use_cases.sign_in import SignIn
from core.users.use_cases.sign_out import SignOut
from entrypoints.http.role_words import role_name
from entrypoints.web import sessions
from entrypoints.web.addresses import DESK, safe_next, with_query
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.pages.second_step import SECOND, options_answer, token_of
from entrypoints.web.pages.welcome import mark_of, refused_at, welcome, with_session
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form, InvitationPage, LoginPage
from entrypoints.web.views.factors import RecoveryCodesPage


class LoginForm(WebForm):
    email: str = ""
    password: str = ""
    next: str = ""


class InvitationForm(WebForm):
    name: str = ""
    password: str = ""
    password_again: str = ""
    credential: str = ""


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
        found = await sign_in(
            form.email, form.password, client=client, kind=SessionKind.BROWSER, mark=mark_of(request, pages)
        )
    except (WrongCredentials, TooMany) as error:
        refused = shown(values, catalogue=pages.catalogue, message=pages.catalogue.error(error))
        return refused_at(pages, "login.html", LoginPage(form=refused), error)
    if isinstance(found, SecondStepAsked):
        cookie = sessions.challenge_set(pages.options, sessions.SECOND_STEP, found.token)
        return pages.redirect(with_query(SECOND, next=form.next), cookies=[cookie])
    return welcome(pages, found, safe_next(form.next))


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
    accept_with_passkey: FromDishka[AcceptInvitationWithPasskey],
    show_invitation: FromDishka[ShowInvitation],
    client: FromDishka[Client],
    pages: FromDishka[Pages],
) -> Page:
    values = await typed(request)
    form = parsed(InvitationForm, values)
    mark = mark_of(request, pages)
    try:
        if form.credential:
            joined = await accept_with_passkey(
                token,
                name=form.name,
                answer=form.credential,
                challenge_token=token_of(request, pages, sessions.PASSKEY),
                client=client,
                mark=mark,
            )
            return _with_codes(pages, joined)
        _refuse_different(form)
        signed_in = await accept(token, name=form.name, password=form.password, client=client, mark=mark)
    except (Invalid, ChallengeEnded) as error:
        problems = error.problems if isinstance(error, Invalid) else ()
        message = "" if problems else pages.catalogue.error(error)
        kept = {name: value for name, value in values.items() if name != "credential"}
        refused = shown(kept, catalogue=pages.catalogue, problems=problems, message=message)
        page = _invited(pages, token, await show_invitation(token), refused)
        return pages.show("invitations/show.html", page, status=422, has_form=True)
    return welcome(pages, signed_in, DESK, done=Done.WELCOME)


@post("/invitations/{token:str}/passkey")
@inject
async def passkey_options(
    request: WebRequest,
    token: FromPath[str],
    offer: FromDishka[OfferPasskey],
    client: FromDishka[Client],
    pages: FromDishka[Pages],
) -> Page:
    form = parsed(InvitationForm, await typed(request))
    return options_answer(pages, await offer(token, name=form.name, client=client))


def _with_codes(pages: Pages, joined: Joined) -> Page:
    """No redirect: this is the one time that the codes can be seen."""
    page = RecoveryCodesPage(codes=joined.codes, onward=DESK)
    answer = pages.show("recovery_codes.html", page, status=201, is_private=True)
    return with_session(pages, joined.signed_in, answer)


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
