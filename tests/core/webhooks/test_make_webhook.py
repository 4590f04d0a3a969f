from dataclasses import replace

import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.events import EventKind
from core.identity import Role
from core.webhooks.entities import WEBHOOKS_MAX, WebhookId
from core.webhooks.errors import TooManyWebhooks
from core.webhooks.use_cases.make_webhook import MakeWebhook
from tests.core.webhooks_house import URL, WANTED, WebhooksHouse


async def test_an_owner_subscribes_and_is_told_the_secret_once(house: WebhooksHouse) -> None:
    house.admits(Role.OWNER)

    made = await house.make(MakeWebhook)(replace(WANTED, url=f" {URL} "))

    (kept,) = house.kept(house.webhooks).values()
    assert kept == made.webhook
    assert (kept.url, kept.events, kept.is_active, kept.version) == (URL, (EventKind.POST_PUBLISHED,), True, 1)
    assert made.secret.startswith("whsec_")
    assert house.box.open(kept.secret) == made.secret
    (line,) = house.audit.kept
    assert (line.action, line.label, line.after["url"]) == (Action.EDIT_WEBHOOKS, "receiver.example", URL)
    assert made.secret not in str(line)


async def test_a_private_target_is_refused_and_noted(house: WebhooksHouse) -> None:
    house.admits(Role.OWNER)
    wanted = replace(WANTED, url="https://169.254.169.254/latest")

    with house.refuses(Invalid) as refused:
        await house.make(MakeWebhook)(wanted)

    assert [problem.field for problem in refused.value.problems] == ["url"]  # type: ignore[attr-defined]  # Invalid's
    (noted,) = house.refusals.kept
    assert (noted.action, noted.label, noted.reason) == (Action.EDIT_WEBHOOKS, wanted.url, "private_target")


async def test_a_site_has_so_many_and_no_more(house: WebhooksHouse) -> None:
    for number in range(WEBHOOKS_MAX):
        house.has_webhook(id=WebhookId(str(number)))
    house.admits(Role.OWNER)

    with house.refuses(TooManyWebhooks):
        await house.make(MakeWebhook)(WANTED)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(MakeWebhook)(WANTED)
