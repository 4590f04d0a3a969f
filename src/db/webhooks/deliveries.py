from datetime import datetime

from sqlalchemy import delete, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.pagination import NumberedPage
from core.webhooks.deliveries import Delivery, DeliveryId
from core.webhooks.entities import WebhookId
from core.webhooks.errors import DeliveryNotFound
from db.base import columns
from db.webhooks.rows import DeliveryRow, delivery_of, delivery_values

_WHOLE = select(*columns(DeliveryRow))
FURTHEST = 2**31


class SqlDeliveryStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_page(self, webhook_id: WebhookId, *, number: int, size: int) -> NumberedPage[Delivery]:
        wanted = DeliveryRow.webhook_id == webhook_id
        newest = _WHOLE.where(wanted).order_by(DeliveryRow.created_at.desc(), DeliveryRow.id.desc())
        shown = newest.limit(size).offset(min((number - 1) * size, FURTHEST)).subquery("shown")
        total = select(func.count().label("total")).select_from(DeliveryRow).where(wanted).subquery("whole")
        both = select(total.c.total, *shown.c).select_from(total.outerjoin(shown, true()))
        both = both.order_by(shown.c.created_at.desc(), shown.c.id.desc())
        rows = (await self._session.execute(both)).mappings().all()
        items = [delivery_of(row) for row in rows if row["id"] is not None]
        return NumberedPage(items=items, number=number, size=size, total=rows[0]["total"])

    async def get(self, webhook_id: WebhookId, delivery_id: DeliveryId) -> Delivery:
        found = await self.find(delivery_id)
        if found is None or found.webhook_id != webhook_id:
            raise DeliveryNotFound
        return found

    async def find(self, delivery_id: DeliveryId) -> Delivery | None:
        row = (await self._session.execute(_WHOLE.where(DeliveryRow.id == delivery_id))).mappings().one_or_none()
        return delivery_of(row) if row else None

    async def add(self, delivery: Delivery) -> None:
        await self._session.execute(insert(DeliveryRow).values(delivery_values(delivery)))

    async def save(self, delivery: Delivery) -> None:
        change = update(DeliveryRow).where(DeliveryRow.id == delivery.id)
        await self._session.execute(change.values(delivery_values(delivery)))

    async def delete_older(self, before: datetime) -> None:
        await self._session.execute(delete(DeliveryRow).where(DeliveryRow.created_at <= before))

    async def oldest(self) -> datetime | None:
        oldest: datetime | None = await self._session.scalar(select(func.min(DeliveryRow.created_at)))
        return oldest
