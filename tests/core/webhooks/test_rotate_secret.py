from datetime import timedelta

import pytest

from core.errors import Forbidden, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from core.webhooks.entities import SECRETS_OVERLAP
from core.webhooks.errors import WebhookNotFound
from core.webhooks.use_cases.rotate_secret import RotateSecret
from tests.core.makers import NOW
from tests.core.webhooks_house import ID, SECRET, WebhooksHouse


async def test_two_secrets_live_for_a_day(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.admits(Role.OWNER)

    made = await house.make(RotateSecret)(ID, expected=1)

    (kept,) = house.kept(house.webhooks).values()
    assert [house.box.open(sealed) for sealed in kept.signing_secrets(NOW)] == [made.secret, SECRET]
    assert [house.box.open(sealed) for sealed in kept.signing_secrets(NOW + SECRETS_OVERLAP)] == [made.secret]
    (line,) = house.audit.kept
    assert line.after == {"previous_until": (NOW + timedelta(days=1)).isoformat(timespec="seconds")}


async def test_over_somebodys_newer_version_it_is_refused(house: WebhooksHouse) -> None:
    house.has_webhook(version=3)
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await house.make(RotateSecret)(ID, expected=2)


async def test_there_is_no_other(house: WebhooksHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(WebhookNotFound):
        await house.make(RotateSecret)(ID)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_webhook()
    house.admits(role)

    with house.refuses(error):
        await house.make(RotateSecret)(ID)
