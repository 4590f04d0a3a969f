"""A program is given a token: made with few ticks, copied at once, used, ended when it is needed no more."""

import re

import pytest
from playwright.async_api import StorageState, expect

from tests.browser import looking
from tests.browser.conftest import SOME_WAYS, Open, Way
from tests.browser.town import Town


@pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
async def test_a_token_is_made_copied_and_revoked(town: Town, window: Open, way: Way, boris_key: StorageState) -> None:
    page = await window(way, state=boris_key, lang="ru")
    await page.goto(f"{town.boris.url}/admin/tokens")
    await page.get_by_role("link", name="Новый токен").click()
    await page.get_by_label("Название токена").fill("Ночные черновики")
    await page.get_by_role("button", name="Создать токен").click()
    await expect(page.get_by_text("Выберите хотя бы одно из того, что ему можно.")).to_be_visible()
    await expect(page.get_by_label("Название токена")).to_have_value("Ночные черновики")
    await page.get_by_label("Только черновики").check()
    await page.get_by_label("Писать новые").first.check()
    await page.get_by_role("button", name="Создать токен").click()

    secret = await page.locator("#f-secret").input_value()
    assert re.fullmatch(r"trc_[0-9A-Za-z]{36}", secret)
    troubles = await looking.refused_by_axe(page) if way.has_script else []
    assert not troubles + await looking.too_wide(page)
    if way.has_script:
        await page.get_by_role("button", name="Скопировать").click()
        assert await page.evaluate("navigator.clipboard.readText()") == secret

    assert await draft_by_program(town, secret) == [201, 403]
    await page.goto(f"{town.boris.url}/admin/tokens")
    await page.get_by_role("link", name="Ночные черновики").first.click()
    await page.get_by_role("button", name="Отозвать токен").click()
    await expect(page.get_by_text("Токен больше не действует.")).to_be_visible()
    assert await draft_by_program(town, secret) == [401, 401]


async def draft_by_program(town: Town, secret: str) -> list[int]:
    """What a program is answered that shows the token, writes a draft and then publishes it."""
    async with town.deployment.visitor("boris.localhost") as program:
        program.headers["Authorization"] = f"Bearer {secret}"
        made = await program.post("/api/v1/posts", json={"title": "Ночью", "body": "Пока все спят."})
        path = made.headers.get("location", "/api/v1/posts/none")
        published = await program.put(f"{path}/publication", headers={"If-Match": "*"}, json={})
    return [made.status_code, published.status_code]
