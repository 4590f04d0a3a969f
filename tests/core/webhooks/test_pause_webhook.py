from datetime import timedelta

import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.webhooks.errors import WebhookNotFound
from core.webhooks.use_cases.pause_webhook import PauseWebhook
from tests.core.makers import NOW
from tests.core.webhooks_house import ID, WebhooksHouse


async def test_an_owner_pauses_it(house: WebhooksHouse) -> None:
    house.has_webhook(resting_until=NOW + timedelta(hours=1))
    house.admits(Role.OWNER)

    paused = await house.make(PauseWebhook)(ID, is_active=False)

    assert house.kept(house.webhooks) == {ID: paused}
    assert (paused.is_active, paused.resting_until) == (False, None)
    assert [(line.before, line.after) for line in house.audit.kept] == [({"is_active": "true"}, {"is_active": "false"})]


async def test_resumed_it_begins_anew(house: WebhooksHouse) -> None:
    house.has_webhook(is_active=False, failing_since=NOW - timedelta(days=4))
    house.admits(Role.OWNER)

    resumed = await house.make(PauseWebhook)(ID, is_active=True)

    assert (resumed.is_active, resumed.failing_since) == (True, None)


async def test_the_same_again_changes_nothing(house: WebhooksHouse) -> None:
    made = house.has_webhook()
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(PauseWebhook)(ID, is_active=True) == made


async def test_there_is_no_other(house: WebhooksHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(WebhookNotFound):
        await house.make(PauseWebhook)(ID, is_active=True)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_webhook()
    house.admits(role)

    with house.refuses(error):
        await house.make(PauseWebhook)(ID, is_active=False)
