import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.webhooks.entities import WebhookId
from core.webhooks.errors import WebhookNotFound
from core.webhooks.use_cases.show_webhook import ShowWebhook
from tests.core.webhooks_house import ID, WebhooksHouse


async def test_an_owner_sees_one(house: WebhooksHouse) -> None:
    made = house.has_webhook()
    house.admits(Role.OWNER)

    assert await house.make(ShowWebhook)(ID) == made


async def test_there_is_no_other(house: WebhooksHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(WebhookNotFound):
        await house.make(ShowWebhook)(WebhookId("nowhere"))


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_webhook()
    house.admits(role)

    with house.refuses(error):
        await house.make(ShowWebhook)(ID)
