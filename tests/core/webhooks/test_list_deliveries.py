from datetime import timedelta

import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.webhooks.entities import WebhookId
from core.webhooks.errors import DeliveryNotFound, WebhookNotFound
from core.webhooks.use_cases.list_deliveries import ListDeliveries
from tests.core.makers import NOW
from tests.core.webhooks_house import ID, WebhooksHouse


async def test_an_owner_sees_what_was_told_the_newest_first(house: WebhooksHouse) -> None:
    house.has_webhook()
    for number in range(3):
        house.has_delivery(str(number), created_at=NOW + timedelta(minutes=number))
    house.has_delivery("elsewhere", webhook_id=WebhookId("other"))
    house.admits(Role.OWNER)

    page = await house.make(ListDeliveries)(ID, 1, 2)

    assert ([one.id for one in page.items], page.total) == (["2", "1"], 3)


async def test_a_page_that_is_not_there(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.admits(Role.OWNER)

    with house.refuses(DeliveryNotFound):
        await house.make(ListDeliveries)(ID, 2)


async def test_of_a_webhook_that_is_not_there(house: WebhooksHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(WebhookNotFound):
        await house.make(ListDeliveries)(ID)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_webhook()
    house.admits(role)

    with house.refuses(error):
        await house.make(ListDeliveries)(ID)
