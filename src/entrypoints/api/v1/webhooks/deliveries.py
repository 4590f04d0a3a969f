"""What receivers were told, and what they said."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.pagination import NumberedPage
from core.webhooks.deliveries import Delivery, DeliveryId
from core.webhooks.entities import WebhookId
from core.webhooks.use_cases.list_deliveries import ListDeliveries
from core.webhooks.use_cases.redeliver import Redeliver
from core.webhooks.use_cases.send_test_event import SendTestEvent
from core.webhooks.use_cases.show_delivery import ShowDelivery
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, shown
from entrypoints.api.bodies import no_body
from entrypoints.api.models import Paging
from entrypoints.api.numbered import part_of
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.webhooks.models import DeliveriesShown, DeliveryShown
from entrypoints.api.v1.webhooks.webhooks import BASE
from entrypoints.api.v1.webhooks.webhooks import ONE as WEBHOOK

ALL = f"{WEBHOOK}/deliveries"
ONE = f"{ALL}/{{delivery_id:str}}"

LIST = Operation(
    summary="List deliveries",
    tag="webhooks",
    use_case=ListDeliveries,
    query=Paging,
    shows=DeliveriesShown,
    refusals=(404,),
)
READ = Operation(summary="Read a delivery", tag="webhooks", use_case=ShowDelivery, shows=DeliveryShown, refusals=(404,))
TEST = Operation(
    summary="Send a test event",
    tag="webhooks",
    use_case=SendTestEvent,
    shows=DeliveryShown,
    status=201,
    refusals=(404, 409),
    has_etag=False,
)
AGAIN = Operation(
    summary="Deliver once more",
    tag="webhooks",
    use_case=Redeliver,
    shows=DeliveryShown,
    refusals=(404, 409),
    has_etag=False,
)


@reads(ALL, LIST)
@inject
async def list_deliveries(
    request: ApiRequest, webhook_id: FromPath[str], list_all: FromDishka[ListDeliveries]
) -> Answer:
    async def ask(number: int, size: int) -> NumberedPage[Delivery]:
        return await list_all(WebhookId(webhook_id), number, size)

    part = await part_of(query_of(request, Paging), ask)
    items = [DeliveryShown.of(delivery) for delivery in part.items]
    return reading.many(request, DeliveriesShown(items=items, next_cursor=part.next_cursor), part.next_cursor)


@reads(ONE, READ)
@inject
async def read_delivery(
    request: ApiRequest, webhook_id: FromPath[str], delivery_id: FromPath[str], show: FromDishka[ShowDelivery]
) -> Answer:
    delivery = await show(WebhookId(webhook_id), DeliveryId(delivery_id))
    return reading.one(request, DeliveryShown.of(delivery))


@writes(HttpMethod.POST, f"{WEBHOOK}/tests", TEST)
@inject
async def send_test_event(
    request: ApiRequest,
    webhook_id: FromPath[str],
    admission: FromDishka[Admission],
    send: FromDishka[SendTestEvent],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.REDELIVER)
    raw = await no_body(request)

    async def write() -> Answer:
        delivery = await send(WebhookId(webhook_id))
        place = f"{BASE}/{delivery.webhook_id}/deliveries/{delivery.id}"
        return shown(DeliveryShown.of(delivery), status=201, location=place)

    return await repeats.once(request, raw, write)


@writes(HttpMethod.POST, f"{ONE}/redelivery", AGAIN)
@inject
async def redeliver(
    request: ApiRequest,
    webhook_id: FromPath[str],
    delivery_id: FromPath[str],
    admission: FromDishka[Admission],
    again: FromDishka[Redeliver],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.REDELIVER)
    raw = await no_body(request)

    async def write() -> Answer:
        return shown(DeliveryShown.of(await again(WebhookId(webhook_id), DeliveryId(delivery_id))))

    return await repeats.once(request, raw, write)


HANDLERS = (list_deliveries, read_delivery, send_test_event, redeliver)
