"""Who is told of what happens: those that there are, a new one, one with its log, its secret, its end."""

from collections.abc import Mapping
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath
from pydantic import Field

from core.access import Access, Action
from core.errors import Conflict, Invalid, StaleVersion
from core.text import N_
from core.transaction import Transaction
from core.webhooks.entities import MadeWebhook, Webhook, WebhookId, WebhookWanted
from core.webhooks.use_cases.delete_webhook import DeleteWebhook
from core.webhooks.use_cases.edit_webhook import EditWebhook
from core.webhooks.use_cases.list_deliveries import ListDeliveries
from core.webhooks.use_cases.list_webhooks import ListWebhooks
from core.webhooks.use_cases.make_webhook import MakeWebhook
from core.webhooks.use_cases.pause_webhook import PauseWebhook
from core.webhooks.use_cases.rotate_secret import RotateSecret
from core.webhooks.use_cases.show_webhook import ShowWebhook
from entrypoints.web.admin.webhooks.shapes import EVENT, delivery_item, event_choices, webhook_item
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.lists import page_number, pagination
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views.webhooks import WebhookFormPage, WebhookPage, WebhooksPage

LIST = "/admin/webhooks"
ONE = f"{LIST}/{{webhook_id:str}}"
STALE = N_("Somebody changed this webhook meanwhile. Look at it again; what you typed is still here.")


class WebhookForm(WebForm):
    url: str = ""
    description: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None

    def wanted(self, values: Mapping[str, str], *, is_active: bool = True) -> WebhookWanted:
        chosen = tuple(name.removeprefix(EVENT) for name in values if name.startswith(EVENT))
        return WebhookWanted(url=self.url, events=chosen, description=self.description, is_active=is_active)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDesk:
    """The pages of webhooks."""

    pages: Pages
    transaction: Transaction

    @property
    def access(self) -> Access:
        return self.pages.access

    def form(self, form: Form, webhook: Webhook | None = None, *, status: int = 200) -> Page:
        item = webhook_item(webhook, self.pages.catalogue) if webhook else None
        page = WebhookFormPage(form=form, events=event_choices(self.pages.catalogue, form.values), webhook=item)
        return self.pages.show("admin/webhooks/edit.html", page, status=status)

    def made(self, made: MadeWebhook) -> Page:
        """No redirect: this is the one time that the secret can be seen."""
        page = WebhookPage(
            webhook=webhook_item(made.webhook, self.pages.catalogue),
            may_edit=True,
            may_send=self.access.can(Action.REDELIVER),
            secret=made.secret,
        )
        return self.pages.show("admin/webhooks/show.html", page, status=201)

    async def refused(
        self, error: Invalid | Conflict, values: Mapping[str, str], webhook: Webhook | None = None
    ) -> Page:
        await self.transaction.rest()
        catalogue, typed_in = self.pages.catalogue, {"url": "", "description": "", **values, "events": ""}
        if isinstance(error, Invalid):
            return self.form(shown(typed_in, catalogue=catalogue, problems=error.problems), webhook, status=422)
        fresh = {"version": str(webhook.version)} if webhook else {}
        said = catalogue.gettext(STALE) if isinstance(error, StaleVersion) else catalogue.error(error)
        return self.form(shown({**typed_in, **fresh}, catalogue=catalogue, message=said), webhook, status=409)


@get(LIST)
@inject
async def index(list_webhooks: FromDishka[ListWebhooks], desk: FromDishka[WebhookDesk]) -> Page:
    items = tuple(webhook_item(one, desk.pages.catalogue) for one in await list_webhooks())
    page = WebhooksPage(webhooks=items, may_edit=desk.access.can(Action.EDIT_WEBHOOKS))
    return desk.pages.show("admin/webhooks/index.html", page)


@get(f"{LIST}/new")
@inject
async def new(desk: FromDishka[WebhookDesk]) -> Page:
    desk.access.require(Action.EDIT_WEBHOOKS)
    return desk.form(Form(values={"url": "", "description": "", "events": ""}))


@post(LIST)
@inject
async def create(request: WebRequest, make: FromDishka[MakeWebhook], desk: FromDishka[WebhookDesk]) -> Page:
    values = await typed(request)
    form = parsed(WebhookForm, values)
    try:
        return desk.made(await make(form.wanted(values)))
    except (Invalid, Conflict) as error:
        return await desk.refused(error, values)


@get(ONE)
@inject
async def show(
    request: WebRequest,
    webhook_id: FromPath[str],
    show_webhook: FromDishka[ShowWebhook],
    list_deliveries: FromDishka[ListDeliveries],
    desk: FromDishka[WebhookDesk],
) -> Page:
    webhook, catalogue = await show_webhook(WebhookId(webhook_id)), desk.pages.catalogue
    found = None
    if desk.access.can(Action.READ_DELIVERIES):
        found = await list_deliveries(webhook.id, page_number(request.query_params.get("page")))
    item = webhook_item(webhook, catalogue)
    page = WebhookPage(
        webhook=item,
        may_edit=desk.access.can(Action.EDIT_WEBHOOKS),
        may_send=desk.access.can(Action.REDELIVER),
        deliveries=tuple(delivery_item(one, catalogue) for one in found.items) if found else (),
        pagination=pagination(found, item.desk_url) if found else None,
    )
    return desk.pages.show("admin/webhooks/show.html", page)


@get(f"{ONE}/edit")
@inject
async def edit(webhook_id: FromPath[str], show_webhook: FromDishka[ShowWebhook], desk: FromDishka[WebhookDesk]) -> Page:
    desk.access.require(Action.EDIT_WEBHOOKS)
    webhook = await show_webhook(WebhookId(webhook_id))
    chosen = {EVENT + event.value: "yes" for event in webhook.events}
    kept = {"url": webhook.url, "description": webhook.description, "version": str(webhook.version)}
    return desk.form(Form(values={**kept, **chosen}), webhook)


@post(ONE)
@inject
async def update(
    request: WebRequest,
    webhook_id: FromPath[str],
    show_webhook: FromDishka[ShowWebhook],
    edit_webhook: FromDishka[EditWebhook],
    desk: FromDishka[WebhookDesk],
) -> Page:
    desk.access.require(Action.EDIT_WEBHOOKS)
    values = await typed(request)
    form = parsed(WebhookForm, values)
    webhook = await show_webhook(WebhookId(webhook_id))
    wanted = form.wanted(values, is_active=webhook.is_active)
    try:
        saved = await edit_webhook(webhook.id, wanted, expected=form.expected)
    except (Invalid, Conflict) as error:
        return await desk.refused(error, values, webhook)
    return desk.pages.redirect(f"{LIST}/{saved.id}", done=Done.SAVED)


@post(f"{ONE}/pause")
@inject
async def pause(webhook_id: FromPath[str], change: FromDishka[PauseWebhook], desk: FromDishka[WebhookDesk]) -> Page:
    webhook = await change(WebhookId(webhook_id), is_active=False)
    return desk.pages.redirect(f"{LIST}/{webhook.id}", done=Done.WEBHOOK_PAUSED)


@post(f"{ONE}/resumption")
@inject
async def resumption(
    webhook_id: FromPath[str], change: FromDishka[PauseWebhook], desk: FromDishka[WebhookDesk]
) -> Page:
    webhook = await change(WebhookId(webhook_id), is_active=True)
    return desk.pages.redirect(f"{LIST}/{webhook.id}", done=Done.WEBHOOK_RESUMED)


@post(f"{ONE}/secret")
@inject
async def secret(webhook_id: FromPath[str], rotate: FromDishka[RotateSecret], desk: FromDishka[WebhookDesk]) -> Page:
    return desk.made(await rotate(WebhookId(webhook_id)))


@post(f"{ONE}/deletion")
@inject
async def deletion(webhook_id: FromPath[str], delete: FromDishka[DeleteWebhook], desk: FromDishka[WebhookDesk]) -> Page:
    await delete(WebhookId(webhook_id))
    return desk.pages.redirect(LIST, done=Done.WEBHOOK_DELETED)
