"""Who is told of what happens."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.webhooks.entities import WebhookId
from core.webhooks.use_cases.delete_webhook import DeleteWebhook
from core.webhooks.use_cases.edit_webhook import EditWebhook
from core.webhooks.use_cases.list_webhooks import ListWebhooks
from core.webhooks.use_cases.make_webhook import MakeWebhook
from core.webhooks.use_cases.rotate_secret import RotateSecret
from core.webhooks.use_cases.show_webhook import ShowWebhook
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown, written
from entrypoints.api.bodies import MERGE_PATCH, json_body, no_body, patched
from entrypoints.api.etags import optional_version, required_version, version_tag, whole_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.webhooks.models import NewSecretShown, WebhookBody, WebhookShown, WebhooksShown

ALL = "/webhooks"
ONE = f"{ALL}/{{webhook_id:str}}"
BASE = "/api/v1/webhooks"
ONCE = "An answer that is asked for again with the same Idempotency-Key shows the secret again, for 24 hours."

LIST = Operation(summary="List webhooks", tag="webhooks", use_case=ListWebhooks, shows=WebhooksShown)
CREATE = Operation(
    summary="Make a webhook",
    tag="webhooks",
    use_case=MakeWebhook,
    body=WebhookBody,
    shows=NewSecretShown,
    status=201,
    refusals=(409, 422),
    note=ONCE,
)
READ = Operation(summary="Read a webhook", tag="webhooks", use_case=ShowWebhook, shows=WebhookShown, refusals=(404,))
CHANGE = Operation(
    summary="Change, pause or resume a webhook",
    tag="webhooks",
    use_case=EditWebhook,
    body=WebhookBody,
    body_types=(MERGE_PATCH, "application/json"),
    example={"is_active": False},
    shows=WebhookShown,
    refusals=(404, 422),
    precondition=Precondition.REQUIRED,
    note="The body is a JSON merge patch (RFC 7396).",
)
DELETE = Operation(
    summary="Delete a webhook with its log",
    tag="webhooks",
    use_case=DeleteWebhook,
    status=204,
    refusals=(404,),
    precondition=Precondition.OPTIONAL,
    has_etag=False,
)
ROTATE = Operation(
    summary="Take a new secret",
    tag="webhooks",
    use_case=RotateSecret,
    shows=NewSecretShown,
    status=201,
    refusals=(404,),
    precondition=Precondition.OPTIONAL,
    note=ONCE,
)


@reads(ALL, LIST)
@inject
async def list_webhooks(request: ApiRequest, list_all: FromDishka[ListWebhooks]) -> Answer:
    return reading.many(request, WebhooksShown(items=[WebhookShown.of(one) for one in await list_all()]), None)


@writes(HttpMethod.POST, ALL, CREATE)
@inject
async def create_webhook(
    request: ApiRequest,
    admission: FromDishka[Admission],
    make: FromDishka[MakeWebhook],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_WEBHOOKS)
    body, raw = await json_body(request, WebhookBody)

    async def write() -> Answer:
        made = await make(body.wanted)
        place, tag = f"{BASE}/{made.webhook.id}", version_tag(made.webhook.version)
        return shown(NewSecretShown.made(made), tag=tag, status=201, location=place)

    return await repeats.once_sealed(request, raw, write)


@reads(ONE, READ)
@inject
async def read_webhook(request: ApiRequest, webhook_id: FromPath[str], show: FromDishka[ShowWebhook]) -> Answer:
    webhook = await show(WebhookId(webhook_id))
    model = WebhookShown.of(webhook)
    return reading.one(request, model, tag=whole_tag(webhook.version, written(model)))


@writes(HttpMethod.PATCH, ONE, CHANGE)
@inject
async def change_webhook(
    request: ApiRequest,
    webhook_id: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowWebhook],
    edit: FromDishka[EditWebhook],
) -> Answer:
    await admission.admit(Action.EDIT_WEBHOOKS)
    expected = required_version(request)
    webhook = await show(WebhookId(webhook_id))
    wanted = await patched(request, WebhookBody.of(webhook))
    # A patch changes what was read here: with "If-Match: *" this read is the version that must still stand.
    expected = webhook.version if expected is None else expected
    changed = await edit(webhook.id, wanted.wanted, expected=expected)
    return shown(WebhookShown.of(changed), tag=version_tag(changed.version))


@writes(HttpMethod.DELETE, ONE, DELETE)
@inject
async def delete_webhook(request: ApiRequest, webhook_id: FromPath[str], delete: FromDishka[DeleteWebhook]) -> Answer:
    await delete(WebhookId(webhook_id), expected=optional_version(request))
    return gone()


@writes(HttpMethod.POST, f"{ONE}/secret", ROTATE)
@inject
async def rotate_secret(
    request: ApiRequest,
    webhook_id: FromPath[str],
    admission: FromDishka[Admission],
    rotate: FromDishka[RotateSecret],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_WEBHOOKS)
    expected = optional_version(request)
    raw = await no_body(request)

    async def write() -> Answer:
        made = await rotate(WebhookId(webhook_id), expected=expected)
        place, tag = f"{BASE}/{made.webhook.id}", version_tag(made.webhook.version)
        return shown(NewSecretShown.made(made), tag=tag, status=201, location=place)

    return await repeats.once_sealed(request, raw, write)


HANDLERS = (list_webhooks, create_webhook, read_webhook, change_webhook, delete_webhook, rotate_secret)
