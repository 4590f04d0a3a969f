"""The inbox."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.contacts.use_cases.change_messages import ChangeMessages
from core.contacts.use_cases.disclose_address import DiscloseAddress
from core.contacts.use_cases.edit_message import EditMessage
from core.contacts.use_cases.erase_address import EraseAddress
from core.contacts.use_cases.query_messages import QueryMessages
from core.contacts.use_cases.reply_to_message import ReplyToMessage
from core.contacts.use_cases.restore_messages import RestoreMessages
from core.contacts.use_cases.show_message import ShowMessage
from core.contacts.use_cases.trash_messages import TrashMessages
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown
from entrypoints.api.bodies import MERGE_PATCH, json_body, no_body, patched
from entrypoints.api.etags import optional_version, required_version, version_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.contacts.models import (
    AddressWanted,
    CountShown,
    DisclosureShown,
    MessageKeeping,
    MessageShown,
    MessagesQuery,
    MessagesShown,
    ReplyWanted,
    StatesWanted,
)
from entrypoints.api.v1.contacts.sending import MESSAGES

ONE = f"{MESSAGES}/{{message_id:str}}"

LIST = Operation(
    summary="List messages", tag="contacts", use_case=QueryMessages, query=MessagesQuery, shows=MessagesShown
)
READ = Operation(summary="Read a message", tag="contacts", use_case=ShowMessage, shows=MessageShown, refusals=(404,))
CHANGE = Operation(
    summary="Move a message, note something about it, give it to somebody",
    tag="contacts",
    use_case=EditMessage,
    body=MessageKeeping,
    body_types=(MERGE_PATCH, "application/json"),
    example={"state": "archived"},
    shows=MessageShown,
    refusals=(404, 422),
    precondition=Precondition.REQUIRED,
    note="The body is a JSON merge patch (RFC 7396).",
)
DELETE = Operation(
    summary="Throw a message away",
    tag="contacts",
    use_case=TrashMessages,
    status=204,
    refusals=(404,),
    precondition=Precondition.OPTIONAL,
    has_etag=False,
)
RESTORE = Operation(
    summary="Take a message back from the trash",
    tag="contacts",
    use_case=RestoreMessages,
    shows=MessageShown,
    refusals=(404,),
)
REPLY = Operation(
    summary="Answer a message by mail",
    tag="contacts",
    use_case=ReplyToMessage,
    body=ReplyWanted,
    shows=MessageShown,
    status=201,
    refusals=(404, 409, 422),
)
STATES = Operation(
    summary="Move several messages to another folder",
    tag="contacts",
    use_case=ChangeMessages,
    body=StatesWanted,
    shows=CountShown,
    refusals=(422,),
    has_etag=False,
)
DISCLOSE = Operation(
    summary="Get all that is kept about an address",
    tag="contacts",
    use_case=DiscloseAddress,
    body=AddressWanted,
    shows=DisclosureShown,
    refusals=(422,),
    has_etag=False,
)
ERASE = Operation(
    summary="Erase all that is kept about an address",
    tag="contacts",
    use_case=EraseAddress,
    body=AddressWanted,
    shows=CountShown,
    refusals=(422,),
    has_etag=False,
)


@reads(MESSAGES, LIST)
@inject
async def list_messages(request: ApiRequest, query: FromDishka[QueryMessages]) -> Answer:
    wanted = query_of(request, MessagesQuery)
    part = await query(wanted.wanted, cursor=wanted.cursor, limit=wanted.limit)
    items = tuple(map(MessageShown.of, part.items))
    return reading.many(request, MessagesShown(items=items, next_cursor=part.next_cursor), part.next_cursor)


@reads(ONE, READ)
@inject
async def read_message(request: ApiRequest, message_id: FromPath[str], show: FromDishka[ShowMessage]) -> Answer:
    message = (await show(message_id)).message
    return reading.one(request, MessageShown.of(message), tag=version_tag(message.version))


@writes(HttpMethod.PATCH, ONE, CHANGE)
@inject
async def change_message(
    request: ApiRequest,
    message_id: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowMessage],
    edit: FromDishka[EditMessage],
) -> Answer:
    await admission.admit(Action.EDIT_MESSAGE)
    expected = required_version(request)
    message = (await show(message_id)).message
    wanted = await patched(request, MessageKeeping.of(message))
    # A patch changes what was read here: with "If-Match: *" this read is the version that must still stand.
    expected = message.version if expected is None else expected
    changed = await edit(message_id, wanted.wishes(), expected=expected)
    return shown(MessageShown.of(changed), tag=version_tag(changed.version))


@writes(HttpMethod.DELETE, ONE, DELETE)
@inject
async def delete_message(
    request: ApiRequest, message_id: FromPath[str], show: FromDishka[ShowMessage], trash: FromDishka[TrashMessages]
) -> Answer:
    message = (await show(message_id)).message
    await trash([message.id], expected=optional_version(request))
    return gone()


@writes(HttpMethod.POST, f"{ONE}/restoration", RESTORE)
@inject
async def restore_message(
    request: ApiRequest,
    message_id: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowMessage],
    restore: FromDishka[RestoreMessages],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.DELETE_MESSAGE)
    raw = await no_body(request)

    async def write() -> Answer:
        await restore([(await show(message_id)).message.id])
        message = (await show(message_id)).message
        return shown(MessageShown.of(message), tag=version_tag(message.version))

    return await repeats.once(request, raw, write)


@writes(HttpMethod.POST, f"{ONE}/replies", REPLY)
@inject
async def reply_to_message(
    request: ApiRequest,
    message_id: FromPath[str],
    admission: FromDishka[Admission],
    reply: FromDishka[ReplyToMessage],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.REPLY_MESSAGE)
    expected = optional_version(request)
    wanted, raw = await json_body(request, ReplyWanted)

    async def write() -> Answer:
        message = await reply(message_id, wanted.text, expected=expected)
        location = f"/api/v1{MESSAGES}/{message.id}"
        return shown(MessageShown.of(message), tag=version_tag(message.version), status=201, location=location)

    return await repeats.once(request, raw, write)


@writes(HttpMethod.POST, f"{MESSAGES}/states", STATES)
@inject
async def change_messages(
    request: ApiRequest,
    admission: FromDishka[Admission],
    change: FromDishka[ChangeMessages],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_MESSAGE)
    wanted, raw = await json_body(request, StatesWanted)

    async def write() -> Answer:
        return shown(CountShown(count=await change(wanted.messages, wanted.state)))

    return await repeats.once(request, raw, write)


@writes(HttpMethod.POST, "/contacts/disclosures", DISCLOSE)
@inject
async def disclose_address(
    request: ApiRequest, admission: FromDishka[Admission], disclose: FromDishka[DiscloseAddress]
) -> Answer:
    await admission.admit(Action.EXPORT_MESSAGES)
    wanted, _ = await json_body(request, AddressWanted)
    return shown(DisclosureShown(items=tuple(map(MessageShown.of, await disclose(wanted.address)))))


@writes(HttpMethod.POST, "/contacts/erasures", ERASE)
@inject
async def erase_address(
    request: ApiRequest, admission: FromDishka[Admission], erase: FromDishka[EraseAddress]
) -> Answer:
    await admission.admit(Action.ERASE_MESSAGES)
    wanted, _ = await json_body(request, AddressWanted)
    return shown(CountShown(count=await erase(wanted.address)))


HANDLERS = (
    list_messages,
    read_message,
    change_message,
    delete_message,
    restore_message,
    reply_to_message,
    change_messages,
    disclose_address,
    erase_address,
)
