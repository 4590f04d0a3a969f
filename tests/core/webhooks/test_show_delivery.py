import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.webhooks.deliveries import DeliveryId
from core.webhooks.entities import WebhookId
from core.webhooks.errors import DeliveryNotFound
from core.webhooks.use_cases.show_delivery import ShowDelivery
from tests.core.webhooks_house import ID, WebhooksHouse


async def test_an_owner_reads_one(house: WebhooksHouse) -> None:
    made = house.has_delivery()
    house.admits(Role.OWNER)

    assert await house.make(ShowDelivery)(ID, made.id) == made


async def test_one_of_another_webhook_is_not_there(house: WebhooksHouse) -> None:
    made = house.has_delivery(webhook_id=WebhookId("other"))
    house.admits(Role.OWNER)

    with house.refuses(DeliveryNotFound):
        await house.make(ShowDelivery)(ID, made.id)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_delivery()
    house.admits(role)

    with house.refuses(error):
        await house.make(ShowDelivery)(ID, DeliveryId("first"))
