"""The second step of signing in, and signing in with a passkey alone."""

import json
from typing import Any

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post

from core.errors import TerraceError, TooMany
from core.limits import Client
from core.users.challenges import Challenges
from core.users.factor_errors import ChallengeEnded, PasskeyRefused, WrongCode
from core.users.proofs import ChallengePurpose, PasskeyAsked
from core.users.use_cases.ask_passkey import AskPasskey
from core.users.use_cases.finish_sign_in import FinishSignIn
from core.users.use_cases.sign_in_with_passkey import SignInWithPasskey
from entrypoints.web import sessions
from entrypoints.web.addresses import safe_next
from entrypoints.web.forms import WebForm, parsed, typed
from entrypoints.web.pages.welcome import mark_of, refused_at, welcome
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form, LoginPage
from entrypoints.web.views.factors import SecondStepPage

SECOND = "/login/second"


class CodeForm(WebForm):
    code: str = ""
    next: str = ""


class PasskeyForm(WebForm):
    credential: str = ""
    next: str = ""


def token_of(request: WebRequest, pages: Pages, step: str) -> str:
    """What the browser carries for *step*; empty when that is over."""
    return request.cookies.get(sessions.challenge_cookie_name(pages.options, step), "")


def options_answer(pages: Pages, asked: PasskeyAsked) -> Page:
    """What the browser's own function takes, and a cookie for what it will answer."""
    body: dict[str, Any] = json.loads(asked.options)
    answer = pages.data(json.dumps(body).encode())
    answer.cookies.append(sessions.challenge_set(pages.options, sessions.PASSKEY, asked.token))
    return answer


@get(SECOND)
@inject
async def new(request: WebRequest, challenges: FromDishka[Challenges], pages: FromDishka[Pages]) -> Page:
    try:
        challenges.read(token_of(request, pages, sessions.SECOND_STEP), ChallengePurpose.SECOND_STEP)
    except ChallengeEnded:
        return pages.redirect("/login")
    form = Form(values={"next": request.query_params.get("next", "")})
    return pages.show("login_second.html", SecondStepPage(form=form), has_form=True, is_private=True)


@post(SECOND)
@inject
async def create(
    request: WebRequest, finish: FromDishka[FinishSignIn], client: FromDishka[Client], pages: FromDishka[Pages]
) -> Page:
    form = parsed(CodeForm, await typed(request))
    token = token_of(request, pages, sessions.SECOND_STEP)
    try:
        signed_in = await finish(token, form.code, client=client, mark=mark_of(request, pages))
    except ChallengeEnded as error:
        return _begin_again(pages, form.next, error)
    except (WrongCode, TooMany) as error:
        refused = Form(values={"next": form.next}, message=pages.catalogue.error(error))
        return refused_at(pages, "login_second.html", SecondStepPage(form=refused), error)
    return welcome(pages, signed_in, safe_next(form.next))


@post("/login/passkey/options")
@inject
async def options(ask: FromDishka[AskPasskey], client: FromDishka[Client], pages: FromDishka[Pages]) -> Page:
    return options_answer(pages, await ask(client=client))


@post("/login/passkey")
@inject
async def passkey(
    request: WebRequest, sign_in: FromDishka[SignInWithPasskey], client: FromDishka[Client], pages: FromDishka[Pages]
) -> Page:
    form = parsed(PasskeyForm, await typed(request))
    token = token_of(request, pages, sessions.PASSKEY)
    try:
        signed_in = await sign_in(form.credential, token, client=client, mark=mark_of(request, pages))
    except (PasskeyRefused, ChallengeEnded, TooMany) as error:
        return _begin_again(pages, form.next, error)
    return welcome(pages, signed_in, safe_next(form.next))


def _begin_again(pages: Pages, wanted: str, error: TerraceError) -> Page:
    refused = Form(values={"next": wanted}, message=pages.catalogue.error(error))
    answer = refused_at(pages, "login.html", LoginPage(form=refused), error)
    answer.cookies.extend(sessions.challenge_cleared(pages.options, step) for step in sessions.STEPS)
    return answer
