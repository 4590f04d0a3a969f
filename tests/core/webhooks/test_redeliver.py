from datetime import timedelta

import pytest

from core.errors import Forbidden, TerraceError, TooMany, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind
from core.webhooks.deliveries import DeliveryId, DeliveryState
from core.webhooks.entities import ASKED_PER_SITE
from core.webhooks.errors import DeliveryNotFound, DeliveryWaiting, WebhookNotFound, WebhookPaused
from core.webhooks.use_cases.redeliver import Redeliver
from tests.core.makers import NOW
from tests.core.webhooks_house import ID, WebhooksHouse

FIRST = DeliveryId("first")


@pytest.mark.parametrize("state", [DeliveryState.DONE, DeliveryState.FAILED])
async def test_the_same_event_goes_once_more_with_all_its_tries(house: WebhooksHouse, state: DeliveryState) -> None:
    house.has_webhook()
    house.has_delivery(state=state, attempts=10, created_at=NOW - timedelta(days=2), next_at=None)
    house.admits(Role.OWNER)

    again = await house.make(Redeliver)(ID, FIRST)

    assert house.kept(house.deliveries) == {FIRST: again}
    assert (again.event_id, again.attempts, again.is_waiting, again.next_at) == ("msg_first", 0, True, NOW)
    (task,) = house.kept(house.tasks).values()
    assert (task.kind, task.subject, task.due_at) == (TaskKind.DELIVER_WEBHOOK, FIRST, NOW)


async def test_what_is_on_its_way_needs_no_asking(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.has_delivery()
    house.admits(Role.OWNER)

    with house.refuses(DeliveryWaiting):
        await house.make(Redeliver)(ID, FIRST)


async def test_a_paused_webhook_is_told_nothing(house: WebhooksHouse) -> None:
    house.has_webhook(is_active=False)
    house.has_delivery(state=DeliveryState.DONE)
    house.admits(Role.OWNER)

    with house.refuses(WebhookPaused):
        await house.make(Redeliver)(ID, FIRST)


async def test_nobody_makes_a_target_of_a_receiver(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.has_delivery(state=DeliveryState.DONE)
    house.admits(Role.OWNER)
    for _ in range(ASKED_PER_SITE.times):
        await house.limiter.hit(ASKED_PER_SITE, "site")

    with house.refuses(TooMany):
        await house.make(Redeliver)(ID, FIRST)


async def test_there_is_no_other(house: WebhooksHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(WebhookNotFound):
        await house.make(Redeliver)(ID, FIRST)


async def test_there_is_no_other_delivery(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.admits(Role.OWNER)

    with house.refuses(DeliveryNotFound):
        await house.make(Redeliver)(ID, FIRST)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_webhook()
    house.has_delivery(state=DeliveryState.DONE)
    house.admits(role)

    with house.refuses(error):
        await house.make(Redeliver)(ID, FIRST)
