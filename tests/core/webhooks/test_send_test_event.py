import json

import pytest

from core.errors import Forbidden, TerraceError, TooMany, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind
from core.webhooks.deliveries import TEST_KIND
from core.webhooks.entities import ASKED_PER_SITE
from core.webhooks.errors import WebhookNotFound, WebhookPaused
from core.webhooks.use_cases.send_test_event import SendTestEvent
from tests.core.makers import NOW
from tests.core.webhooks_house import ID, WebhooksHouse


async def test_a_receiver_gets_an_event_that_has_not_happened(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.admits(Role.OWNER)

    sent = await house.make(SendTestEvent)(ID)

    assert house.kept(house.deliveries) == {sent.id: sent}
    body = json.loads(sent.body)
    assert (body["type"], body["data"]) == (TEST_KIND, {"id": ID})
    (task,) = house.kept(house.tasks).values()
    assert (task.kind, task.subject, task.due_at) == (TaskKind.DELIVER_WEBHOOK, sent.id, NOW)


async def test_a_paused_webhook_is_told_nothing(house: WebhooksHouse) -> None:
    house.has_webhook(is_active=False)
    house.admits(Role.OWNER)

    with house.refuses(WebhookPaused):
        await house.make(SendTestEvent)(ID)


async def test_nobody_makes_a_target_of_a_receiver(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.admits(Role.OWNER)
    for _ in range(ASKED_PER_SITE.times):
        await house.limiter.hit(ASKED_PER_SITE, "site")

    with house.refuses(TooMany):
        await house.make(SendTestEvent)(ID)


async def test_there_is_no_other(house: WebhooksHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(WebhookNotFound):
        await house.make(SendTestEvent)(ID)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_webhook()
    house.admits(role)

    with house.refuses(error):
        await house.make(SendTestEvent)(ID)
