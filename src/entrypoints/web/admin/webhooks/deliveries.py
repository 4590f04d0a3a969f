"""One delivery: what was sent, what was answered, and once more."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.access import Action
from core.webhooks.deliveries import DeliveryId
from core.webhooks.entities import WebhookId
from core.webhooks.use_cases.redeliver import Redeliver
from core.webhooks.use_cases.send_test_event import SendTestEvent
from core.webhooks.use_cases.show_delivery import ShowDelivery
from core.webhooks.use_cases.show_webhook import ShowWebhook
from entrypoints.web.admin.webhooks.shapes import delivery_item, readable, try_items, webhook_item
from entrypoints.web.admin.webhooks.webhooks import ONE as WEBHOOK
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages
from entrypoints.web.views.webhooks import DeliveryPage

ONE = f"{WEBHOOK}/deliveries/{{delivery_id:str}}"


@get(ONE)
@inject
async def show(
    webhook_id: FromPath[str],
    delivery_id: FromPath[str],
    show_delivery: FromDishka[ShowDelivery],
    show_webhook: FromDishka[ShowWebhook],
    pages: FromDishka[Pages],
) -> Page:
    delivery = await show_delivery(WebhookId(webhook_id), DeliveryId(delivery_id))
    webhook, catalogue = await show_webhook(delivery.webhook_id), pages.catalogue
    page = DeliveryPage(
        webhook=webhook_item(webhook, catalogue),
        delivery=delivery_item(delivery, catalogue),
        event_id=delivery.event_id,
        body=readable(delivery.body),
        tries=try_items(delivery, catalogue),
        may_send=pages.access.can(Action.REDELIVER) and webhook.is_active and not delivery.is_waiting,
        is_due=delivery.is_waiting and not delivery.attempts,
    )
    return pages.show("admin/webhooks/delivery.html", page)


@post(f"{WEBHOOK}/tests")
@inject
async def test(webhook_id: FromPath[str], send: FromDishka[SendTestEvent], pages: FromDishka[Pages]) -> Page:
    delivery = await send(WebhookId(webhook_id))
    return pages.redirect(delivery_item(delivery, pages.catalogue).desk_url, done=Done.EVENT_SENT)


@post(f"{ONE}/redelivery")
@inject
async def redelivery(
    webhook_id: FromPath[str], delivery_id: FromPath[str], again: FromDishka[Redeliver], pages: FromDishka[Pages]
) -> Page:
    delivery = await again(WebhookId(webhook_id), DeliveryId(delivery_id))
    return pages.redirect(delivery_item(delivery, pages.catalogue).desk_url, done=Done.EVENT_SENT)
