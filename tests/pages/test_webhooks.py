"""Webhooks at the desk."""

from typing import Any

import pytest

from core.identity import Role
from tests.api.house import House, Site
from tests.isolation.webhooks import webhook_of
from tests.pages.browser import Browser, Shown
from tests.pages.conftest import SignedIn

LIST = "/admin/webhooks"
FORM = "form.settings"
URL = "https://receiver.example/hook"
MESSAGE: dict[str, Any] = {"event-message.received": "yes"}


async def made(owner: Browser, description: str, **typed: str) -> tuple[Shown, str]:
    """The page with its secret, and its own address."""
    shown = await owner.submit(
        await owner.get(f"{LIST}/new"), FORM, url=URL, description=description, **MESSAGE, **typed
    )
    assert shown.status == 201, shown.answer.text
    return shown, str(shown.one("#rotate ~ form").attributes["action"]).removesuffix("/secret")


async def test_a_webhook_is_made_shown_once_changed_paused_and_deleted(owner: Browser) -> None:
    shown, page = await made(owner, "The chat")
    secret = shown.one("#f-secret").attributes["value"] or ""
    rotated = await owner.submit(shown, "#rotate ~ form")
    changed = await owner.press(await owner.get(f"{page}/edit"), FORM, url=f"{URL}/2", **{"event-user.joined": "yes"})
    paused = await owner.press(changed, f'form[action="{page}/pause"]')
    resumed = await owner.press(paused, f'form[action="{page}/resumption"]')
    listed = await owner.get(LIST)
    gone = await owner.press(resumed, "#delete ~ form")

    assert secret.startswith("whsec_")
    assert (shown.answer.headers["cache-control"], rotated.status) == ("private, no-store", 201)
    assert rotated.one("#f-secret").attributes["value"] not in (secret, "", None)
    assert "A message came · Somebody accepted an invitation" in changed.texts(".facts dd")
    assert f"{URL}/2" in changed.texts(".facts dd")
    assert secret not in changed.answer.text
    assert (paused.has(f'form[action="{page}/tests"]'), resumed.has(f'form[action="{page}/tests"]')) == (False, True)
    assert "The chat" in listed.texts(".item-title a")
    assert "The chat" not in gone.texts(".item-title a")
    assert (await owner.get(page)).status == 404


async def test_a_test_event_is_waited_for_and_its_log_is_read(owner: Browser) -> None:
    _, page = await made(owner, "Tested")
    waiting = await owner.press(await owner.get(page), f'form[action="{page}/tests"]')
    again = await owner.post(
        f"{waiting.answer.request.url.path}/redelivery", {"csrf_token": await owner.token()}, origin=owner.site.url
    )
    log = await owner.get(page)

    assert waiting.texts("h1") == ["Test event"]
    assert waiting.has("#tries[hx-get]")
    assert '"type": "webhook.test"' in waiting.texts("#sent ~ .delivery-body")[0]
    assert again.status == 409
    assert (log.texts(".log-what a"), log.texts(".delivery-waiting")) == (["Test event"], ["waiting"])


async def test_what_was_delivered_can_be_sent_once_more(anna: Site, owner: Browser) -> None:
    ids = await webhook_of(anna, "old")
    delivery = f"{LIST}/{ids['webhook_id']}/deliveries/{ids['delivery_id']}"
    before = await owner.get(delivery)
    after = await owner.press(before, f'form[action="{delivery}/redelivery"]')

    assert before.texts("#tries .delivery-done") == ["delivered"]
    assert after.has("#tries .delivery-waiting")
    assert not after.has(f'form[action="{delivery}/redelivery"]')


async def test_what_cannot_be_comes_back_as_it_was_typed(owner: Browser) -> None:
    empty = await owner.get(f"{LIST}/new")
    private = await owner.submit(empty, FORM, url="https://169.254.169.254/", description="Inside", **MESSAGE)
    nothing = await owner.submit(empty, FORM, url="", description="")
    _, page = await made(owner, "Changed by two")
    mine = await owner.get(f"{page}/edit")
    await owner.press(await owner.get(f"{page}/edit"), FORM, description="Hers")
    stale = await owner.submit(mine, FORM, description="Mine")

    assert (private.status, private.texts("#f-url-error")) == (
        422,
        ["Nothing is sent to private addresses. Use one that is public."],
    )
    assert private.one("#f-description").attributes["value"] == "Inside"
    assert private.has('input[name="event-message.received"][checked]')
    assert nothing.texts("#f-url-error, #f-events-error") == [
        "Write the address that events are sent to.",
        "Choose at least one event.",
    ]
    assert (stale.status, stale.one("#f-description").attributes["value"]) == (409, "Mine")
    assert (await owner.press(stale, FORM)).texts("h1") == ["Mine"]


@pytest.mark.parametrize("path", ["", "/new", "/{webhook_id}", "/{webhook_id}/deliveries/{delivery_id}"])
async def test_they_are_the_owners_business(house: House, signed_in: SignedIn, path: str) -> None:
    ids = await webhook_of(house.anna, "closed")
    hers, his = await signed_in(house.anna, Role.EDITOR), await signed_in(house.boris, Role.OWNER)

    assert (await hers.get(f"{LIST}{path.format(**ids)}")).status == 403
    assert (await his.get(f"{LIST}{path.format(**ids)}")).status == (404 if "{" in path else 200)


async def test_the_desk_speaks_russian(boris: Site, signed_in: SignedIn) -> None:
    owner = await signed_in(boris, Role.OWNER)
    shown, _ = await made(owner, "Чат")

    assert shown.texts("#rotate") == ["Новый секрет"]
    assert (await owner.get(LIST)).texts("h1") == ["Вебхуки"]
