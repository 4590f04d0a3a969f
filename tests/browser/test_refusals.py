"""What goes wrong is said in the reader's language, next to its cause, with a way on."""

import re

import pytest
from playwright.async_api import FilePayload, Locator, StorageState, expect

from tests.browser import looking
from tests.browser.conftest import SOME_WAYS, Open, Way
from tests.browser.town import Town

SOME = pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())


@pytest.mark.parametrize(("lang", "words"), [("en", "There is no site at this address"), ("ru", "нет сайта")])
async def test_a_host_of_nobody(town: Town, window: Open, lang: str, words: str) -> None:
    page = await window(lang=lang)
    answer = await page.goto(town.nowhere("/blog"))
    assert answer is not None
    assert answer.status == 421
    await expect(page.get_by_role("heading", level=1)).to_contain_text(words)
    await expect(page.locator("html")).to_have_attribute("lang", lang)
    troubles = await looking.shape(page) + await looking.refused_by_axe(page) + await looking.too_wide(page)
    assert not troubles, "\n".join(troubles)
    assert await page.context.cookies() == []


@SOME
async def test_a_page_that_is_not_there_offers_a_search(town: Town, window: Open, way: Way) -> None:
    page = await window(way)
    answer = await page.goto(f"{town.anna.url}/blog/no-such-post")
    assert answer is not None
    assert answer.status == 404
    await page.get_by_label("Search posts").fill("generators")
    await page.get_by_label("Search posts").press("Enter")
    await expect(page.locator(".entry")).to_have_count(1)


@SOME
async def test_a_wrong_password_in_russian(town: Town, window: Open, way: Way) -> None:
    page = await window(way, lang="ru")
    await page.goto(f"{town.boris.url}/login")
    await page.get_by_label("Почта").fill("nobody@boris.example")
    await page.get_by_label("Пароль").fill("совсем не тот пароль")
    await page.get_by_role("main").get_by_role("button", name="Войти", exact=True).click()
    await expect(page.get_by_role("alert").filter(has_text="парол")).to_be_visible()
    await expect(page.get_by_label("Почта")).to_have_value("nobody@boris.example")


async def refused_in_russian(error: Locator) -> None:
    await expect(error.first).to_have_text(re.compile("[а-яё]{3}"))


@SOME
async def test_settings_are_refused_in_russian_beside_the_field(
    town: Town, window: Open, way: Way, boris_key: StorageState
) -> None:
    page = await window(way, state=boris_key, lang="ru")
    await page.goto(f"{town.boris.url}/admin/settings")
    await page.locator("[name=menu-2-label]").fill("Опасное")
    await page.locator("[name=menu-2-url]").fill("javascript:alert(1)")
    await page.get_by_role("button", name="Сохранить").click()
    field = page.locator("[name=menu-2-url]")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_value("javascript:alert(1)")
    await expect(page.locator("[name=menu-2-label]")).to_have_value("Опасное")
    await refused_in_russian(page.locator(".field-error:visible"))


@SOME
async def test_an_empty_post_is_not_published(town: Town, window: Open, way: Way, boris_key: StorageState) -> None:
    page = await window(way, state=boris_key, lang="ru")
    await page.goto(f"{town.boris.url}/admin/blog/new")
    await page.get_by_label("Заголовок", exact=True).fill("Пустая")
    await page.get_by_role("button", name="Опубликовать").click()
    await expect(page.get_by_label("Заголовок", exact=True)).to_have_value("Пустая")
    await refused_in_russian(page.locator(".field-error:visible"))


@SOME
async def test_what_is_no_picture_is_refused(town: Town, window: Open, way: Way, boris_key: StorageState) -> None:
    page = await window(way, state=boris_key, lang="ru")
    await page.goto(f"{town.boris.url}/admin/media")
    shown = await page.locator(".shot").count()
    page_in_disguise: FilePayload = {
        "name": "cat.png",
        "mimeType": "image/png",
        "buffer": b"<html><script>alert(1)</script>",
    }
    await page.locator("#f-file").set_input_files(page_in_disguise)
    await page.get_by_role("button", name="Загрузить").click()
    await refused_in_russian(page.locator("#upload-error"))
    await expect(page.locator(".shot")).to_have_count(shown)
