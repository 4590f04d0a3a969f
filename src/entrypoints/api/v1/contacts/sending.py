"""Writing to the people of a site: the form's twin."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod

from core.access import Action
from core.contacts.errors import MessageNotFound
from core.contacts.use_cases.edit_contacts import EditContacts
from core.contacts.use_cases.send_message import SendMessage
from core.contacts.use_cases.show_contact_settings import ShowContactSettings
from core.contacts.use_cases.show_form import ShowForm
from core.limits import Client
from core.site.entities import SiteSettings
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, shown
from entrypoints.api.bodies import json_body
from entrypoints.api.etags import required_version, version_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.contacts.form_models import ContactSettingsShown, ContactSettingsWanted, FormShown
from entrypoints.api.v1.contacts.models import MessageReceived, MessageWanted
from entrypoints.http.context import RequestFacts
from entrypoints.http.turnstiles import Turnstiles

SECTION = "contacts"
MESSAGES = "/contacts/messages"
SETTINGS = "/contacts/settings"

FORM = Operation(
    summary="See what the contact form asks",
    tag="contacts",
    use_case=ShowForm,
    shows=FormShown,
    refusals=(404,),
    has_etag=False,
    is_public=True,
)
SEND = Operation(
    summary="Send a message",
    tag="contacts",
    use_case=SendMessage,
    body=MessageWanted,
    shows=MessageReceived,
    status=201,
    refusals=(404, 409, 422, 429),
    has_etag=False,
    is_public=True,
)
READ_SETTINGS = Operation(
    summary="Read the settings of the contact form",
    tag="contacts",
    use_case=ShowContactSettings,
    shows=ContactSettingsShown,
)
REPLACE_SETTINGS = Operation(
    summary="Replace the settings of the contact form",
    tag="contacts",
    use_case=EditContacts,
    body=ContactSettingsWanted,
    shows=ContactSettingsShown,
    refusals=(422,),
    precondition=Precondition.REQUIRED,
)


def _refuse_where_off(site: SiteSettings) -> None:
    if SECTION not in site.sections:
        raise MessageNotFound


@reads("/contacts/form", FORM)
@inject
async def show_form(show: FromDishka[ShowForm], site: FromDishka[SiteSettings]) -> Answer:
    _refuse_where_off(site)
    return shown(FormShown.of(await show()))


@writes(HttpMethod.POST, MESSAGES, SEND)
@inject
async def send_message(
    request: ApiRequest,
    admission: FromDishka[Admission],
    send: FromDishka[SendMessage],
    client: FromDishka[Client],
    site: FromDishka[SiteSettings],
    facts: FromDishka[RequestFacts],
    turnstiles: FromDishka[Turnstiles],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.SEND_MESSAGE)
    _refuse_where_off(site)
    wanted, raw = await json_body(request, MessageWanted)

    async def write() -> Answer:
        message = await send(wanted.sent(site.locale), client=client)
        return shown(MessageReceived.of(message), status=201, location=f"/api/v1{MESSAGES}/{message.id}")

    async with turnstiles.turn(facts.tenant.id):
        return await repeats.once(request, raw, write)


@reads(SETTINGS, READ_SETTINGS)
@inject
async def read_contact_settings(request: ApiRequest, show: FromDishka[ShowContactSettings]) -> Answer:
    form = (await show()).form
    return reading.one(request, ContactSettingsShown.of(form), tag=version_tag(form.version))


@writes(HttpMethod.PUT, SETTINGS, REPLACE_SETTINGS)
@inject
async def replace_contact_settings(
    request: ApiRequest,
    admission: FromDishka[Admission],
    edit: FromDishka[EditContacts],
    site: FromDishka[SiteSettings],
) -> Answer:
    await admission.admit(Action.EDIT_CONTACTS)
    expected = required_version(request)
    wanted, _ = await json_body(request, ContactSettingsWanted)
    form = await edit(wanted.wishes(), lang=site.locale, expected=expected)
    return shown(ContactSettingsShown.of(form), tag=version_tag(form.version))


HANDLERS = (show_form, send_message, read_contact_settings, replace_contact_settings)
