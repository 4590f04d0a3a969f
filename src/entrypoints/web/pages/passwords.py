"""A new password by a link, and a new address confirmed by one."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.errors import Invalid, Problem, TooMany
from core.limits import Client
from core.text import N_
from core.users.entities import PASSWORD_MIN
from core.users.errors import EmailTaken
from core.users.reset import PasswordReset
from core.users.use_cases.confirm_email_change import ConfirmEmailChange
from core.users.use_cases.request_password_reset import RequestPasswordReset
from core.users.use_cases.show_email_change import ShowEmailChange
from core.users.use_cases.show_password_reset import ShowPasswordReset
from core.users.use_cases.use_password_reset import UsePasswordReset
from entrypoints.web import sessions
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import EmailChangePage, Form, PasswordResetPage, ResetRequestPage

RESET = "/password-reset"
EMAIL_CHANGE = "/email-change"


class ResetRequestForm(WebForm):
    email: str = ""


class PasswordForm(WebForm):
    password: str = ""
    password_again: str = ""
    end_tokens: str = ""

    def refuse_different(self) -> None:
        if self.password != self.password_again:
            raise Invalid(Problem.of("password_again", N_("The two passwords differ.")))


@get(RESET)
@inject
async def new(pages: FromDishka[Pages]) -> Page:
    return pages.show("password_reset/new.html", ResetRequestPage(), has_form=True)


@post(RESET)
@inject
async def create(
    request: WebRequest,
    request_reset: FromDishka[RequestPasswordReset],
    client: FromDishka[Client],
    pages: FromDishka[Pages],
) -> Page:
    """The same for whoever has an account and for whoever has none."""
    values = await typed(request)
    try:
        await request_reset(parsed(ResetRequestForm, values).email, client=client)
    except TooMany as error:
        refused = shown(values, catalogue=pages.catalogue, message=pages.catalogue.error(error))
        answer = pages.show("password_reset/new.html", ResetRequestPage(form=refused), status=429, has_form=True)
        answer.headers["retry-after"] = str(error.retry_after)
        return answer
    return pages.redirect("/login", done=Done.RESET_ASKED)


@get(f"{RESET}/{{reset:str}}")
@inject
async def edit(reset: FromPath[str], show_reset: FromDishka[ShowPasswordReset], pages: FromDishka[Pages]) -> Page:
    page = _reset(reset, await show_reset(reset), Form(values={"end_tokens": "1"}))
    return pages.show("password_reset/edit.html", page, has_form=True)


@post(f"{RESET}/{{reset:str}}")
@inject
async def update(
    request: WebRequest,
    reset: FromPath[str],
    use_reset: FromDishka[UsePasswordReset],
    show_reset: FromDishka[ShowPasswordReset],
    client: FromDishka[Client],
    pages: FromDishka[Pages],
) -> Page:
    values = await typed(request)
    form = parsed(PasswordForm, values)
    try:
        form.refuse_different()
        await use_reset(reset, password=form.password, client=client, ends_tokens=form.end_tokens == "1")
    except Invalid as error:
        refused = shown(values, catalogue=pages.catalogue, problems=error.problems)
        page = _reset(reset, await show_reset(reset), refused)
        return pages.show("password_reset/edit.html", page, status=422, has_form=True)
    pages.facts.reissued_cookie = None
    return pages.redirect("/login", done=Done.PASSWORD_RESET, cookies=[sessions.session_cleared(pages.options)])


@get(f"{EMAIL_CHANGE}/{{change:str}}")
@inject
async def confirm(change: FromPath[str], show_change: FromDishka[ShowEmailChange], pages: FromDishka[Pages]) -> Page:
    """Mail programs look at links by themselves: it takes a press of a button to change anything."""
    page = EmailChangePage(action=f"{EMAIL_CHANGE}/{change}", email=await show_change(change))
    return pages.show("password_reset/email.html", page, has_form=True)


@post(f"{EMAIL_CHANGE}/{{change:str}}")
@inject
async def confirmation(
    change: FromPath[str],
    confirm_change: FromDishka[ConfirmEmailChange],
    client: FromDishka[Client],
    show_change: FromDishka[ShowEmailChange],
    pages: FromDishka[Pages],
) -> Page:
    try:
        await confirm_change(change, client=client)
    except EmailTaken as error:
        refused = Form(message=" ".join(pages.catalogue.problem(problem) for problem in error.problems))
        page = EmailChangePage(action=f"{EMAIL_CHANGE}/{change}", email=await show_change(change), form=refused)
        return pages.show("password_reset/email.html", page, status=422, has_form=True)
    return pages.redirect("/admin/profile" if not pages.actor.is_anonymous else "/login", done=Done.EMAIL_CHANGED)


def _reset(token: str, reset: PasswordReset, form: Form) -> PasswordResetPage:
    action, email = f"{RESET}/{token}", reset.user.email
    return PasswordResetPage(action=action, email=email, password_length=PASSWORD_MIN, tokens=reset.tokens, form=form)
