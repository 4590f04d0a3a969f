from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.events import EventKind
from core.identity import Role
from core.webhooks.errors import WebhookNotFound
from core.webhooks.use_cases.edit_webhook import EditWebhook
from tests.core.makers import NOW
from tests.core.webhooks_house import ID, WANTED, WebhooksHouse


async def test_an_owner_chooses_other_events(house: WebhooksHouse) -> None:
    house.has_webhook(failing_since=NOW)
    house.admits(Role.OWNER)
    wanted = replace(WANTED, events=("user.joined", "post.published"))

    saved = await house.make(EditWebhook)(ID, wanted, expected=1)

    assert house.kept(house.webhooks) == {ID: saved}
    assert saved.events == (EventKind.POST_PUBLISHED, EventKind.USER_JOINED)
    assert (saved.version, saved.failing_since) == (2, NOW)
    (line,) = house.audit.kept
    assert (line.action, line.before) == (Action.EDIT_WEBHOOKS, {"events": "post.published"})
    assert line.after == {"events": "post.published, user.joined"}


@pytest.mark.parametrize("wanted", [replace(WANTED, url="https://other.example/"), WANTED])
async def test_what_goes_elsewhere_or_on_again_begins_anew(house: WebhooksHouse, wanted: object) -> None:
    house.has_webhook(is_active=wanted is not WANTED, failing_since=NOW, resting_until=NOW + timedelta(hours=1))
    house.admits(Role.OWNER)

    saved = await house.make(EditWebhook)(ID, replace(WANTED, url=getattr(wanted, "url", "")))

    assert (saved.is_active, saved.failing_since, saved.resting_until) == (True, None, None)


async def test_the_same_again_changes_nothing(house: WebhooksHouse) -> None:
    made = house.has_webhook()
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(EditWebhook)(ID, WANTED) == made


async def test_over_somebodys_newer_version_it_is_refused(house: WebhooksHouse) -> None:
    house.has_webhook(version=3)
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await house.make(EditWebhook)(ID, WANTED, expected=2)


async def test_a_private_target_is_refused_and_noted(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(EditWebhook)(ID, replace(WANTED, url="https://[::1]/"))

    assert [noted.reason for noted in house.refusals.kept] == ["private_target"]


async def test_there_is_no_other(house: WebhooksHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(WebhookNotFound):
        await house.make(EditWebhook)(ID, WANTED)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_webhook()
    house.admits(role)

    with house.refuses(error):
        await house.make(EditWebhook)(ID, replace(WANTED, description="Forged"))
