"""Every page of reader and desk, on both sites: for everybody's eyes, hands and languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.async_api import Page, StorageState

from tests.browser import looking
from tests.browser.conftest import Open, Tour
from tests.browser.town import Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A page: its *path*, and the links to follow from there by selector. *many* selects what there are a hundred of
    and more, all alike: axe reads every tenth."""

    path: str
    follow: tuple[str, ...] = ()
    status: int = 200
    many: str | None = None


READING = {
    "home": Stop(path="/"),
    "list": Stop(path="/blog"),
    "nothing found": Stop(path="/blog?q=zzyzx"),
    "post": Stop(path="{heaviest}"),
    "tag": Stop(path="/blog", follow=(".tags a",)),
    "matrix": Stop(path="/matrix"),
    "grid": Stop(path="{sheet}"),
    "questions": Stop(path="{sheet}?view=list"),
    "no questions": Stop(path="{sheet}?q=zzyzx"),
    "question": Stop(path="{sheet}", follow=(".q a",)),
    "interview": Stop(path="{sheet}/interview?seed=a"),
    "before an interview": Stop(path="{sheet}/interview"),
    "proposing": Stop(path="/matrix/suggestions"),
    "writing": Stop(path="/contacts"),
    "login": Stop(path="/login"),
    "not found": Stop(path="/nothing", status=404),
    "api": Stop(path="/api/docs", many=".api-operation"),
}
DESK = {
    "overview": Stop(path="/admin"),
    "posts": Stop(path="/admin/blog"),
    "no posts": Stop(path="/admin/blog?q=zzyzx"),
    "new post": Stop(path="/admin/blog/new"),
    "new page": Stop(path="/admin/pages/new"),
    "editor": Stop(path="/admin/blog?status=draft", follow=("[data-edit]",)),
    "published": Stop(path="/admin/blog?status=published", follow=("[data-edit]",)),
    "preview": Stop(path="/admin/blog?status=draft", follow=(".item-tools a",)),
    "media": Stop(path="/admin/media"),
    "picture": Stop(path="/admin/media", follow=(".shot a",)),
    "settings": Stop(path="/admin/settings"),
    "tokens": Stop(path="/admin/tokens"),
    "new token": Stop(path="/admin/tokens/new"),
    "webhooks": Stop(path="/admin/webhooks"),
    "new webhook": Stop(path="/admin/webhooks/new"),
    "webhook": Stop(path="/admin/webhooks", follow=(".item-title a",)),
    "changed webhook": Stop(path="/admin/webhooks", follow=(".item-title a", ".desk-head [data-edit]")),
    "delivery": Stop(path="/admin/webhooks", follow=(".item-title a", ".log-what a")),
    "export": Stop(path="/admin/export"),
    "import": Stop(path="/admin/import"),
    "matrix desk": Stop(path="/admin/matrix"),
    "kept questions": Stop(path="/admin/matrix/questions"),
    "kept sheet": Stop(path="/admin/matrix", follow=("#sheets + .items a",)),
    "cell": Stop(path="/admin/matrix", follow=("#sheets + .items a", ".keep-tools a[href*='?place']")),
    "order": Stop(path="{order}"),
    "moved question": Stop(path="/admin/matrix", follow=("#sheets + .items a", ".keep-move")),
    "new question": Stop(path="/admin/matrix/questions/new"),
    "kept question": Stop(path="/admin/matrix/questions", follow=("[data-edit]",)),
    "shown question": Stop(path="/admin/matrix/questions", follow=("[data-edit]", ".paths a[href$=preview]")),
    "versions of a question": Stop(path="/admin/matrix/questions", follow=("[data-edit]", ".paths a[href$=revisions]")),
    "structure": Stop(path="/admin/matrix/structure"),
    "sections": Stop(path="/admin/matrix/structure", follow=(".place-name a",)),
    "section": Stop(path="/admin/matrix/structure", follow=(".place-name a", "h3 a")),
    "questions from a file": Stop(path="/admin/matrix/import"),
    "grades": Stop(path="/admin/matrix/settings"),
    "library": Stop(path="/admin/matrix/resources"),
    "resource": Stop(path="/admin/matrix/resources", follow=(".item-title a",)),
    "dead links": Stop(path="/admin/matrix/resources?show=troubled"),
    "two resources": Stop(path="/admin/matrix/resources/merge?{pair}"),
    "suggestions": Stop(path="/admin/matrix/suggestions"),
    "suggestion": Stop(path="/admin/matrix/suggestions", follow=(".item-title a",)),
    "messages": Stop(path="/admin/contacts"),
    "no messages": Stop(path="/admin/contacts?q=zzyzx"),
    "message": Stop(path="/admin/contacts", follow=("[data-edit]",)),
    "contact form": Stop(path="/admin/contacts/settings"),
    "people": Stop(path="/admin/users"),
    "person": Stop(path="/admin/users", follow=("[data-edit]",)),
    "profile": Stop(path="/admin/profile"),
    "stays": Stop(path="/admin/profile/sessions"),
    "roles": Stop(path="/admin/roles", many=".rights tbody tr"),
    "role": Stop(path="/admin/roles/contributor", many=".right-choice"),
    "log": Stop(path="/admin/audit?outcome=done", many=".log-line"),
    "why": Stop(path="/admin/why?action=post.publish"),
    "trash": Stop(path="/admin/trash"),
}
LANGUAGES = {"anna": "en", "boris": "ru"}
THEMES = {"anna": "dark", "boris": "light"}
"""Axe reads each page at both sites, in one theme at each; that any accent is legible in both is core/palette's, and
tested there."""
SITES = pytest.mark.parametrize("slug", ["anna", "boris"])


@pytest.fixture(scope="session")
def sentences() -> re.Pattern[str]:
    return looking.english_sentences()


async def go(page: Page, town: Town, slug: str, stop: Stop) -> None:
    home = town.home(slug)
    answer = await page.goto(
        home.url + stop.path.format(heaviest=home.heaviest, sheet=home.sheet, order=home.order, pair=home.pair)
    )
    for selector in stop.follow:
        path = await page.locator(selector).first.get_attribute("href")
        answer = await page.goto(f"{home.url}{path}")
    assert answer is not None
    assert answer.status == stop.status


async def look_at(page: Page, slug: str, sentences: re.Pattern[str], *, many: str | None = None) -> None:
    lang = await page.locator("html").get_attribute("lang")
    troubles = [] if lang == LANGUAGES[slug] else [f"lang is {lang}"]
    troubles += await looking.shape(page)
    if slug == "boris":
        troubles += await looking.english(page, sentences)
    troubles += await looking.unmarked_focus(page)
    troubles += await looking.too_wide(page)
    if many:
        await looking.thin_out(page, many, 10)
    troubles += await looking.refused_by_axe(page, themes=[THEMES[slug]])
    assert not troubles, "\n".join(troubles)


@SITES
@pytest.mark.parametrize("stop", READING.values(), ids=READING.keys())
async def test_pages_for_readers(town: Town, tour: Tour, sentences: re.Pattern[str], slug: str, stop: Stop) -> None:
    page = await tour(f"a reader of {slug}", lang=LANGUAGES[slug])
    await go(page, town, slug, stop)
    await look_at(page, slug, sentences, many=stop.many)


@SITES
@pytest.mark.parametrize("stop", DESK.values(), ids=DESK.keys())
async def test_pages_of_the_desk(
    town: Town,
    tour: Tour,
    sentences: re.Pattern[str],
    annas_key: StorageState,
    boris_key: StorageState,
    slug: str,
    stop: Stop,
) -> None:
    key = annas_key if slug == "anna" else boris_key
    page = await tour(f"the owner of {slug}", state=key, lang=LANGUAGES[slug])
    await go(page, town, slug, stop)
    await look_at(page, slug, sentences, many=stop.many)


@SITES
async def test_what_is_asked_before_a_sheet_goes(
    town: Town,
    tour: Tour,
    sentences: re.Pattern[str],
    annas_key: StorageState,
    boris_key: StorageState,
    slug: str,
) -> None:
    page = await tour(f"the owner of {slug}", state=annas_key if slug == "anna" else boris_key, lang=LANGUAGES[slug])
    await go(page, town, slug, DESK["sections"])
    await page.locator("form[action$=deletion] button").click()
    await page.wait_for_selector("#f-into")
    await look_at(page, slug, sentences)


async def test_the_page_of_an_invitation(town: Town, window: Open, sentences: re.Pattern[str]) -> None:
    page = await window()
    await page.goto(await town.invite("looked-at@anna.example", "author"))
    await look_at(page, "anna", sentences)


async def test_a_check_that_finds_nothing_would_be_none(town: Town, window: Open, sentences: re.Pattern[str]) -> None:
    page = await window()
    await page.goto(town.boris.url)
    await page.evaluate("""() => {
      document.getElementById("main").insertAdjacentHTML("beforeend",
        '<h1>Sign in</h1><img><p id="main">Page 2 of 3</p>' +
        `<p class="btn">${"wide ".repeat(99)}</p>`);
    }""")
    told = await looking.shape(page) + await looking.english(page, sentences) + await looking.too_wide(page)
    told += await looking.refused_by_axe(page)
    for trouble in ("not one h1", "without alt", "ids twice", "English: Sign in", "Page 2 of 3", "wide at 390", "axe"):
        assert any(trouble in line for line in told), (trouble, told)
    await page.close()


async def test_pictures_of_a_site_as_code_are_described(town: Town, window: Open, boris_key: StorageState) -> None:
    page = await window(state=boris_key)
    await page.goto(f"{town.boris.url}/admin/media")
    shown = page.locator(".shot", has_text="portrait.webp").locator("img")
    assert await shown.get_attribute("alt") == "Условный портрет: бородатый человек в шапке на фоне гор"
    told = page.locator(".shot", has_text="packet-path.webp").locator("img")
    assert "Шесть стадий приёма пакета" in (await told.get_attribute("alt") or "")
