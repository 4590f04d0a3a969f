from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import StaleVersion
from core.webhooks.entities import Webhook, WebhookId
from core.webhooks.errors import WebhookNotFound
from db.base import columns
from db.webhooks.rows import WebhookRow, webhook_of, webhook_values

_WHOLE = select(*columns(WebhookRow))
_HEALTH = ("failing_since", "resting_until")


class SqlWebhookStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_all(self) -> Sequence[Webhook]:
        rows = await self._session.execute(_WHOLE.order_by(WebhookRow.created_at, WebhookRow.id))
        return [webhook_of(row) for row in rows.mappings()]

    async def get(self, webhook_id: WebhookId) -> Webhook:
        row = (await self._session.execute(_WHOLE.where(WebhookRow.id == webhook_id))).mappings().one_or_none()
        if row is None:
            raise WebhookNotFound
        return webhook_of(row)

    async def find_locked(self, webhook_id: WebhookId) -> Webhook | None:
        query = _WHOLE.where(WebhookRow.id == webhook_id).with_for_update(key_share=True)
        row = (await self._session.execute(query)).mappings().one_or_none()
        return webhook_of(row) if row else None

    async def count(self) -> int:
        return await self._session.scalar(select(func.count()).select_from(WebhookRow)) or 0

    async def add(self, webhook: Webhook) -> None:
        await self._session.execute(insert(WebhookRow).values(webhook_values(webhook)))

    async def save(self, webhook: Webhook) -> Webhook:
        saved = replace(webhook, version=webhook.version + 1)
        change = update(WebhookRow).where(WebhookRow.id == webhook.id, WebhookRow.version == webhook.version)
        if await self._session.scalar(change.values(webhook_values(saved)).returning(WebhookRow.id)) is None:
            raise StaleVersion(current=(await self.get(webhook.id)).version)
        return saved

    async def note_health(self, webhook: Webhook) -> None:
        change = update(WebhookRow).where(WebhookRow.id == webhook.id)
        await self._session.execute(change.values({name: getattr(webhook, name) for name in _HEALTH}))

    async def delete(self, webhook_id: WebhookId) -> None:
        await self._session.execute(delete(WebhookRow).where(WebhookRow.id == webhook_id))
