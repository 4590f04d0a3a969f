"""A receiver is subscribed, tried out, and its answer read in the log."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import StorageState, expect
from standardwebhooks import Webhook

from tests.browser import looking
from tests.browser.conftest import SOME_WAYS, Open, Way
from tests.browser.town import Town
from tests.fixtures.receiver import Receiver, receiving

LONG_ENOUGH_MS = 30_000


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as found:
        yield found


@pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
async def test_a_webhook_is_made_and_a_test_event_answered(
    town: Town, window: Open, way: Way, boris_key: StorageState, receiver: Receiver
) -> None:
    page = await window(way, state=boris_key, lang="ru")
    await page.goto(f"{town.boris.url}/admin/webhooks")
    await page.get_by_role("link", name="Новый вебхук").click()
    await page.get_by_label("Адрес получателя").fill("https://10.0.0.1/")
    await page.get_by_role("button", name="Создать вебхук").click()
    await expect(page.get_by_text("На частные адреса ничего не отправляется.")).to_be_visible()
    await expect(page.get_by_text("Выберите хотя бы одно событие.")).to_be_visible()
    await page.get_by_label("Адрес получателя").fill(f"{receiver.url}/hook")
    await page.get_by_label("Название для вас").fill(f"Чат {way.width}")
    await page.get_by_label("Пришло сообщение").check()
    await page.get_by_role("button", name="Создать вебхук").click()
    secret = await page.locator("#f-secret").input_value()
    assert re.fullmatch(r"whsec_[0-9A-Za-z+/]{43}=", secret)
    await expect(page.get_by_text("Включён", exact=True)).to_be_visible()
    assert not await looking.too_wide(page)

    await page.get_by_role("button", name="Отправить пробное событие").click()
    await expect(page.get_by_role("heading", name="Пробное событие")).to_be_visible()
    answer = page.locator("#tries .delivery-done")
    async with asyncio.timeout(LONG_ENOUGH_MS / 1000):
        while not way.has_script and not await answer.count():
            await page.reload()
    await expect(answer).to_be_visible(timeout=LONG_ENOUGH_MS)
    await expect(page.get_by_text("Ответ 200")).to_be_visible()
    await expect(page.get_by_text("heard")).to_be_visible()
    troubles = await looking.refused_by_axe(page) if way.has_script else []
    assert not troubles + await looking.too_wide(page)
    ((path, body, headers),) = receiver.heard
    assert path == "/hook"
    assert Webhook(secret).verify(body, headers)["type"] == "webhook.test"

    await page.get_by_role("link", name=f"Чат {way.width}").click()
    await expect(page.locator(".log-what a")).to_have_text(["Пробное событие"])
    await page.get_by_role("button", name="Удалить вебхук").click()
    await expect(page.get_by_text("Удалено.")).to_be_visible()
    await expect(page.get_by_role("link", name=f"Чат {way.width}")).to_have_count(0)
