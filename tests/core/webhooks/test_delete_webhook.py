import pytest

from core.errors import Forbidden, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from core.webhooks.errors import WebhookNotFound
from core.webhooks.use_cases.delete_webhook import DeleteWebhook
from tests.core.webhooks_house import ID, URL, WebhooksHouse


async def test_an_owner_ends_it_with_its_log(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.has_delivery()
    house.admits(Role.OWNER)

    await house.make(DeleteWebhook)(ID, expected=1)

    assert (house.kept(house.webhooks), house.kept(house.deliveries)) == ({}, {})
    assert [line.before["url"] for line in house.audit.kept] == [URL]


async def test_over_somebodys_newer_version_it_is_refused(house: WebhooksHouse) -> None:
    house.has_webhook(version=3)
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await house.make(DeleteWebhook)(ID, expected=2)


async def test_there_is_no_other(house: WebhooksHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(WebhookNotFound):
        await house.make(DeleteWebhook)(ID)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_webhook()
    house.admits(role)

    with house.refuses(error):
        await house.make(DeleteWebhook)(ID)
