"""What oneself signs in with beside the password: an app, passkeys, recovery codes."""

from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath
from markupsafe import Markup

from core.access import Action
from core.errors import Conflict, Invalid, TerraceError, TooMany
from core.text import N_
from core.transaction import Transaction
from core.users.factors import Factor, FactorId, NewFactor, OwnFactors
from core.users.proofs import AppAsked, Passkeys, QrCodes
from core.users.use_cases.add_app import AddApp
from core.users.use_cases.add_passkey import AddPasskey
from core.users.use_cases.begin_app import BeginApp
from core.users.use_cases.begin_passkey import BeginPasskey
from core.users.use_cases.remove_factor import RemoveFactor
from core.users.use_cases.renew_recovery_codes import RenewRecoveryCodes
from core.users.use_cases.show_factors import ShowFactors
from entrypoints.web import sessions
from entrypoints.web.addresses import FACTORS
from entrypoints.web.admin.door import ENTERS
from entrypoints.web.forms import WebForm, parsed, typed
from entrypoints.web.notices import Done
from entrypoints.web.pages.second_step import options_answer, token_of
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views.factors import AppPage, FactorItem, FactorsPage, RecoveryCodesPage

APP = f"{FACTORS}/app"
PASSKEYS = f"{FACTORS}/passkeys"
DOOR = {ENTERS: Action.MANAGE_FACTORS}
PASSKEY, CODES = "passkey", "codes"
PICTURE = N_("The key as a QR code")
_REFUSED = (Invalid, Conflict, TooMany)
_TYPED = ("name", "code", "current_password")
"""Fields that people see; what is wrong with others is said above the form."""


class FactorForm(WebForm):
    name: str = ""
    code: str = ""
    setup: str = ""
    credential: str = ""
    current_password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorDesk:
    """The page of one's factors, as often as one of its forms comes back."""

    pages: Pages
    show_factors: ShowFactors
    begin_app: BeginApp
    qr_codes: QrCodes
    passkeys: Passkeys
    transaction: Transaction

    def index(self, found: OwnFactors, *, form: Form | None = None, about: str = "", status: int = 200) -> Page:
        page = FactorsPage(
            app=_item(found.app) if found.app else None,
            passkeys=tuple(map(_item, found.passkeys)),
            codes_left=found.codes_left,
            has_password=found.has_password,
            is_required=found.is_required,
            host=self.passkeys.host,
            form=form or Form(),
            about=about,
        )
        return self.pages.show("admin/profile/factors.html", page, status=status)

    async def app(self, asked: AppAsked, *, form: Form | None = None, status: int = 200) -> Page:
        say = self.pages.catalogue.gettext
        has_password = (await self.show_factors()).has_password
        page = AppPage(
            key=" ".join(asked.key[start : start + 4] for start in range(0, len(asked.key), 4)),
            picture=Markup(self.qr_codes.svg(asked.link, title=say(PICTURE))),  # noqa: S704 - made by the library
            link=asked.link,
            setup=asked.setup,
            has_password=has_password,
            form=form or Form(),
        )
        return self.pages.show("admin/profile/app.html", page, status=status)

    async def refused(self, error: TerraceError, values: dict[str, str], about: str) -> Page:
        """The page as it stands, with what is wrong beside the form that was sent."""
        await self.transaction.rest()
        form, status = self._form(error, values)
        return _patient(self.index(await self.show_factors(), form=form, about=about, status=status), error)

    async def app_refused(self, error: TerraceError, values: dict[str, str]) -> Page:
        await self.transaction.rest()
        form, status = self._form(error, values)
        asked = await self.begin_app(site=self.pages.settings.title, setup=values.get("setup", ""))
        return _patient(await self.app(asked, form=form, status=status), error)

    def added(self, new: NewFactor, done: Done) -> Page:
        return self.codes(new.codes) if new.codes else self.pages.redirect(FACTORS, done=done)

    def codes(self, codes: tuple[str, ...]) -> Page:
        """No redirect: this is the one time that they can be seen."""
        page = RecoveryCodesPage(codes=codes, onward=FACTORS)
        return self.pages.show("recovery_codes.html", page, status=201)

    def _form(self, error: TerraceError, values: dict[str, str]) -> tuple[Form, int]:
        """Only the name comes back: the rest is to be typed anew."""
        catalogue, kept = self.pages.catalogue, {"name": values.get("name", "")}
        if not isinstance(error, Invalid):
            return Form(values=kept, message=catalogue.error(error)), 429 if isinstance(error, TooMany) else 409
        errors = {problem.field: catalogue.problem(problem) for problem in error.problems}
        loose = [text for name, text in errors.items() if name not in _TYPED]
        return Form(values=kept, errors=errors, message=" ".join(loose)), 422


@get(FACTORS, opt=DOOR)
@inject
async def index(show_factors: FromDishka[ShowFactors], desk: FromDishka[FactorDesk]) -> Page:
    return desk.index(await show_factors())


@get(APP, opt=DOOR)
@inject
async def new_app(begin_app: FromDishka[BeginApp], desk: FromDishka[FactorDesk]) -> Page:
    try:
        return await desk.app(await begin_app(site=desk.pages.settings.title))
    except Conflict as error:
        return await desk.refused(error, {}, "")


@post(APP, opt=DOOR)
@inject
async def app(request: WebRequest, add: FromDishka[AddApp], desk: FromDishka[FactorDesk]) -> Page:
    values = await typed(request)
    form = parsed(FactorForm, values)
    try:
        new = await add(setup=form.setup, code=form.code, password=form.current_password)
    except (Invalid, TooMany) as error:
        return await desk.app_refused(error, values)
    except Conflict as error:
        return await desk.refused(error, values, "")
    return desk.added(new, Done.APP_ADDED)


@post(f"{PASSKEYS}/options", opt=DOOR)
@inject
async def passkey_options(begin: FromDishka[BeginPasskey], pages: FromDishka[Pages]) -> Page:
    return options_answer(pages, await begin())


@post(PASSKEYS, opt=DOOR)
@inject
async def passkey(request: WebRequest, add: FromDishka[AddPasskey], desk: FromDishka[FactorDesk]) -> Page:
    values = await typed(request)
    form = parsed(FactorForm, values)
    token = token_of(request, desk.pages, sessions.PASSKEY)
    try:
        new = await add(name=form.name, answer=form.credential, token=token, password=form.current_password)
    except _REFUSED as error:
        return await desk.refused(error, values, PASSKEY)
    answer = desk.added(new, Done.PASSKEY_ADDED)
    answer.cookies.append(sessions.challenge_cleared(desk.pages.options, sessions.PASSKEY))
    return answer


@post(f"{FACTORS}/recovery-codes", opt=DOOR)
@inject
async def recovery_codes(
    request: WebRequest, renew: FromDishka[RenewRecoveryCodes], desk: FromDishka[FactorDesk]
) -> Page:
    values = await typed(request)
    try:
        codes = await renew(password=parsed(FactorForm, values).current_password)
    except _REFUSED as error:
        return await desk.refused(error, values, CODES)
    return desk.codes(codes)


@post(f"{FACTORS}/{{factor_id:str}}/removal", opt=DOOR)
@inject
async def removal(
    request: WebRequest, factor_id: FromPath[str], remove: FromDishka[RemoveFactor], desk: FromDishka[FactorDesk]
) -> Page:
    values = await typed(request)
    try:
        await remove(FactorId(factor_id), password=parsed(FactorForm, values).current_password)
    except _REFUSED as error:
        return await desk.refused(error, values, factor_id)
    return desk.pages.redirect(FACTORS, done=Done.FACTOR_REMOVED)


def _item(factor: Factor) -> FactorItem:
    return FactorItem(
        id=factor.id, name=factor.name, host=factor.host, created_at=factor.created_at, used_at=factor.used_at
    )


def _patient(answer: Page, error: TerraceError) -> Page:
    if isinstance(error, TooMany):
        answer.headers["retry-after"] = str(error.retry_after)
    return answer
