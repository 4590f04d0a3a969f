import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.webhooks.entities import WebhookId
from core.webhooks.use_cases.list_webhooks import ListWebhooks
from tests.core.webhooks_house import WebhooksHouse


async def test_an_owner_sees_all(house: WebhooksHouse) -> None:
    made = [house.has_webhook(id=WebhookId(key)) for key in ("one", "two")]
    house.admits(Role.OWNER)

    assert await house.make(ListWebhooks)() == made


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ListWebhooks)()
