"""WebhookStorage, DeliveryStorage and OwnerDirectory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from core.errors import StaleVersion
from core.events import EventKind
from core.identity import Role
from core.tenancy.entities import Tenant
from core.webhooks.deliveries import Attempt, DeliveryId, DeliveryState, Reply, Trouble
from core.webhooks.entities import WebhookId
from core.webhooks.errors import DeliveryNotFound, WebhookNotFound
from core.webhooks.storage import DeliveryStorage, Owner, WebhookStorage
from db.tasks import TaskRow
from db.tenant_session import TenantSessions
from db.users import SqlUserStorage, UserRow
from db.webhooks import (
    DeliveryRow,
    SqlDeliveryStorage,
    SqlEvents,
    SqlOwnerDirectory,
    SqlWebhookStorage,
    WebhookRow,
)
from tests.core.fakes.clock import SetClock
from tests.core.fakes.webhooks import MemoryDeliveries, MemoryWebhooks
from tests.core.makers import NOW, member
from tests.core.webhooks_house import ID, delivery, webhook

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Storages:
    webhooks: WebhookStorage
    deliveries: DeliveryStorage


@pytest.fixture(params=["memory", "postgres"])
async def storages(request: pytest.FixtureRequest, anna: Tenant, sessions: TenantSessions) -> AsyncIterator[Storages]:
    if request.param == "memory":
        deliveries = MemoryDeliveries()
        yield Storages(webhooks=MemoryWebhooks(deliveries), deliveries=deliveries)
        return
    async with sessions.open(anna) as session:
        yield Storages(webhooks=SqlWebhookStorage(session), deliveries=SqlDeliveryStorage(session))


async def test_a_webhook_comes_back_as_it_went(storages: Storages) -> None:
    full = webhook(
        events=(EventKind.POST_PUBLISHED, EventKind.USER_JOINED),
        previous_secret="sealed",
        previous_until=NOW,
        is_active=False,
        failing_since=NOW,
        resting_until=NOW + HOUR,
    )
    await storages.webhooks.add(full)

    assert await storages.webhooks.get(ID) == full
    assert await storages.webhooks.find_locked(ID) == full
    assert (await storages.webhooks.list_all(), await storages.webhooks.count()) == ([full], 1)


async def test_saving_counts_versions_and_refuses_an_older_one(storages: Storages) -> None:
    made = webhook()
    await storages.webhooks.add(made)

    saved = await storages.webhooks.save(replace(made, description="Another"))

    assert await storages.webhooks.get(ID) == saved == replace(made, description="Another", version=2)
    with pytest.raises(StaleVersion):
        await storages.webhooks.save(made)


async def test_health_is_noted_and_nothing_else(storages: Storages) -> None:
    made = webhook()
    await storages.webhooks.add(made)
    await storages.webhooks.note_health(replace(made, url="https://x.example", failing_since=NOW, resting_until=NOW))
    await storages.webhooks.note_health(webhook(id=WebhookId("gone")))

    assert await storages.webhooks.list_all() == [replace(made, failing_since=NOW, resting_until=NOW)]


async def test_a_deleted_webhook_takes_its_deliveries_along(storages: Storages) -> None:
    other = WebhookId("other")
    for made in (webhook(), webhook(id=other)):
        await storages.webhooks.add(made)
    await storages.deliveries.add(delivery())
    await storages.deliveries.add(delivery("kept", webhook_id=other))

    await storages.webhooks.delete(ID)

    assert await storages.deliveries.find(DeliveryId("first")) is None
    assert await storages.deliveries.find(DeliveryId("kept")) is not None
    assert await storages.webhooks.find_locked(ID) is None
    for gone in (ID, WebhookId("nowhere")):
        with pytest.raises(WebhookNotFound):
            await storages.webhooks.get(gone)


async def test_a_delivery_comes_back_as_it_went(storages: Storages) -> None:
    await storages.webhooks.add(webhook())
    reply = Reply(status=None, body="Ёж", ms=10_000, trouble=Trouble.TIMEOUT)
    full = delivery(state=DeliveryState.FAILED, attempts=3, answers=(Attempt(at=NOW, reply=reply),), next_at=None)
    await storages.deliveries.add(delivery())
    await storages.deliveries.save(full)
    await storages.deliveries.save(delivery("gone"))

    assert await storages.deliveries.get(ID, full.id) == full
    assert await storages.deliveries.find(DeliveryId("gone")) is None
    with pytest.raises(DeliveryNotFound):
        await storages.deliveries.get(WebhookId("other"), full.id)


async def test_deliveries_are_listed_newest_first_and_forgotten_by_age(storages: Storages) -> None:
    await storages.webhooks.add(webhook())
    assert await storages.deliveries.oldest() is None
    for hours in (3, 1, 2):
        await storages.deliveries.add(delivery(str(hours), created_at=NOW - hours * HOUR))

    page = await storages.deliveries.list_page(ID, number=2, size=2)
    assert ([one.id for one in page.items], page.total, page.number) == (["3"], 3, 2)
    assert (await storages.deliveries.list_page(ID, number=9, size=2)).is_out_of_range
    assert (await storages.deliveries.list_page(WebhookId("other"), number=1, size=2)).total == 0

    await storages.deliveries.delete_older(NOW - 2 * HOUR)
    assert [one.id for one in (await storages.deliveries.list_page(ID, number=1, size=9)).items] == ["1"]
    assert await storages.deliveries.oldest() == NOW - HOUR


async def test_owners_are_those_who_can_sign_in(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        await session.execute(update(UserRow).values(disabled_at=NOW))
        users = SqlUserStorage(session)
        for user in (replace(member(Role.OWNER), locale="ru"), member(Role.EDITOR)):
            await users.add(user)

        assert await SqlOwnerDirectory(session).list_owners() == [Owner(email=member(Role.OWNER).email, locale="ru")]


async def test_an_event_reaches_those_who_subscribed_each_with_a_task(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        storage = SqlWebhookStorage(session)
        for made in (
            webhook(),
            webhook(id=WebhookId("two"), events=(EventKind.POST_PUBLISHED, EventKind.USER_JOINED)),
            webhook(id=WebhookId("deaf"), events=(EventKind.USER_JOINED,)),
            webhook(id=WebhookId("paused"), is_active=False),
        ):
            await storage.add(made)

        await SqlEvents(session, SetClock()).tell(EventKind.POST_PUBLISHED, subject="post", details={"title": "Ёж: :x"})
        await SqlEvents(session, SetClock()).tell(EventKind.POST_TRASHED, subject="post", details={})

        told = (await session.execute(select(DeliveryRow.id, DeliveryRow.webhook_id))).all()
        assert sorted(webhook_id for _, webhook_id in told) == ["one", "two"]
        found = [await SqlDeliveryStorage(session).find(DeliveryId(delivery_id)) for delivery_id, _ in told]
        first, second = (one for one in found if one)
        assert (first.event_id, first.body, first.created_at) == (second.event_id, second.body, NOW)
        assert (first.kind, first.subject, first.is_waiting, first.next_at) == ("post.published", "post", True, NOW)
        assert '"title":"Ёж: :x"' in first.body
        tasks = await session.execute(select(TaskRow.subject, TaskRow.due_at).where(TaskRow.kind == "deliver_webhook"))
        assert sorted(tuple(row) for row in tasks) == sorted((delivery_id, NOW) for delivery_id, _ in told)


async def test_words_of_a_newer_release_mean_nothing_here(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        storage = SqlWebhookStorage(session)
        await storage.add(webhook())
        await session.execute(update(WebhookRow).values(events=["post.published", "comet.seen"]))

        assert (await storage.get(ID)).events == (EventKind.POST_PUBLISHED,)
        assert await session.scalar(text("SELECT count(*) FROM webhook_deliveries")) == 0
