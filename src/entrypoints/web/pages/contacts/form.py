"""The form by which visitors write to the people of a site."""

from collections.abc import Mapping
from dataclasses import replace

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from markupsafe import Markup

from core.contacts.entities import (
    EMAIL_LENGTH,
    EXTRA_LENGTH,
    NAME_LENGTH,
    OTHER_LENGTH,
    TELEGRAM_LENGTH,
    TEXT_LENGTH,
    MessageState,
)
from core.contacts.errors import ContactsClosed
from core.contacts.form import ContactForm
from core.contacts.sending import Sent
from core.contacts.spam import WORK_BITS
from core.contacts.use_cases.send_message import SendMessage
from core.contacts.use_cases.show_form import ShowForm, ShownForm
from core.errors import Invalid, NotFound, Problem, TooMany
from core.limits import Client
from core.site.entities import SiteSettings
from core.text import N_
from entrypoints.http.turnstiles import Turnstiles
from entrypoints.web.forms import shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Choice, Form, MenuItem
from entrypoints.web.views.contacts import AskedField, ContactPage

CONTACTS = "/contacts"
SECTION = "contacts"
"""Its name among the sections of a site."""
TRAP = "website"
"""A field that people do not see and programs fill in."""
EXTRA = "extra-"
AGREED = "yes"
NOT_KEPT = frozenset({TRAP, "stamp", "work"})
LIMITS: Mapping[str, int] = {
    "name": NAME_LENGTH,
    "email": EMAIL_LENGTH,
    "telegram": TELEGRAM_LENGTH,
    "other": OTHER_LENGTH,
    "text": TEXT_LENGTH,
    "extra": EXTRA_LENGTH,
}


@get(CONTACTS)
@inject
async def new(show_form: FromDishka[ShowForm], pages: FromDishka[Pages]) -> Page:
    refuse_where_off(pages.settings)
    return _shown(pages, _page(pages, await show_form(), Form()))


@post(CONTACTS)
@inject
async def create(
    request: WebRequest,
    show_form: FromDishka[ShowForm],
    send_message: FromDishka[SendMessage],
    client: FromDishka[Client],
    turnstiles: FromDishka[Turnstiles],
    pages: FromDishka[Pages],
) -> Page:
    """Who is taken for spam is thanked like everybody: programs need not learn what gave them away."""
    refuse_where_off(pages.settings)
    values = await typed(request)
    async with turnstiles.turn(pages.facts.tenant.id):
        try:
            await send_message(_sent(values, pages.settings.locale), client=client)
        except (Invalid, TooMany, ContactsClosed) as error:
            return await _refused(pages, show_form, values, error)
    return pages.redirect(CONTACTS, done=Done.MESSAGE_SENT)


def refuse_where_off(site: SiteSettings) -> None:
    """Raises NotFound at a site that has no such form."""
    if SECTION not in site.sections:
        raise NotFound


async def _refused(
    pages: Pages, show_form: ShowForm, values: Mapping[str, str], error: Invalid | TooMany | ContactsClosed
) -> Page:
    """The form with all that was typed, and a fresh stamp."""
    found = await show_form()
    kept = {name: value for name, value in values.items() if name not in NOT_KEPT}
    if isinstance(error, Invalid):
        names = dict.fromkeys((*LIMITS, "has_agreed", *(f"{EXTRA}{field.key}" for field in found.form.fields)), "")
        form = shown({**names, **kept}, catalogue=pages.catalogue, problems=_without_trick(error))
        return _shown(pages, _page(pages, found, form), status=422)
    page = _page(pages, found, shown(kept, catalogue=pages.catalogue, message=pages.catalogue.error(error)))
    if isinstance(error, TooMany):
        answer = _shown(pages, page, status=429)
        answer.headers["retry-after"] = str(error.retry_after)
        return answer
    return _shown(pages, page, status=409)


def _without_trick(error: Invalid) -> tuple[Problem, ...]:
    """A field that the form does not have was not typed by anybody: it is no concern of hers."""
    return tuple(replace(problem, field=problem.field.replace("extra.", EXTRA)) for problem in error.problems)


def _sent(values: Mapping[str, str], lang: str) -> Sent:
    return Sent(
        **{name: values.get(name, "") for name in ("name", "email", "telegram", "other", "work")},
        text=values.get("text", "").replace("\r\n", "\n"),
        extra={name.removeprefix(EXTRA): value for name, value in values.items() if name.startswith(EXTRA)},
        has_agreed=values.get("has_agreed") == AGREED,
        lang=lang,
        stamp=values.get("stamp", ""),
        trap=values.get(TRAP, ""),
    )


def _page(pages: Pages, found: ShownForm, form: Form) -> ContactPage:
    decided = found.form
    ways = tuple(MenuItem(label=way.label, url=way.url) for way in pages.settings.ways)
    if not decided.is_open:
        return ContactPage(form=form, is_open=False, ways=ways)
    return ContactPage(
        form=form,
        is_open=True,
        fields=_fields(decided, pages.catalogue.gettext(N_("Choose …"))),
        consent_html=Markup(decided.consent_html),  # noqa: S704 - the output of our own sanitiser
        stamp=found.stamp,
        work_bits=WORK_BITS,
        ways=ways,
        limits=LIMITS,
        days=decided.days_of(MessageState.READ),
    )


def _fields(decided: ContactForm, none: str) -> tuple[AskedField, ...]:
    return tuple(
        AskedField(
            name=f"{EXTRA}{field.key}",
            label=field.label,
            kind=field.kind.value,
            is_required=field.is_required,
            choices=(Choice(value="", label=none), *(Choice(value=one, label=one) for one in field.choices)),
        )
        for field in decided.fields
    )


def _shown(pages: Pages, page: ContactPage, *, status: int = 200) -> Page:
    return pages.show("contacts/index.html", page, status=status, has_form=page.is_open)
