"""Thousands of attacks, rendered and put into a real post in a real Chromium: none may do anything.

The page is the application's own, with its CSP, htmx and hyperscript; only the words of the post are replaced on their
way to the browser. All is tried a second time with the marks taken away that keep htmx and hyperscript out of a post:
then nothing but the renderer stands between what is written there and the reader. The same attacks, raw and without a
CSP, tell whether the watch would have seen them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import httpx
from playwright.async_api import Browser, Error, Page, Request, Route, async_playwright

from bench.deployment import Deployment
from bench.prove import corpus
from bench.report import Figure
from dev import chromium
from services.markdown_html import MarkdownHtml
from services.markup.cleaning import clean

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
HOST, PATH = "anna.localhost", "/blog/hello-world"
AT_ONCE = 500
PATIENCE_MS = 60_000
SETTLING_MS = 500
SEEN_RAW = 40
LANG = "en"
WATCH = """
window.struck = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.struck.push(name);
"""
PROVOKE = """
() => {
  const leadsAway = (link) => ["http:", "https:", "mailto:", "tel:"].includes(link.protocol);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && leadsAway(link)) event.preventDefault();
  }, true);
  for (const link of document.querySelectorAll(".prose a[href]"))
    if (!leadsAway(link)) window.struck.push(link.protocol + link.outerHTML);
  for (const node of document.querySelectorAll(".prose *")) {
    for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "load", "error"])
      node.dispatchEvent(new Event(kind));
    node.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
}
"""
ALIVE = "() => typeof htmx === 'object' && typeof _hyperscript === 'function'"
CLOBBERED = "() => typeof document.getElementById !== 'function' || document.body.nodeType !== 1"
_PROSE = re.compile(r'<div class="prose\b[^"]*"([^>]*)>.*?</div>\s*(?=<footer class="post-foot")', re.DOTALL)


@dataclass(slots=True)
class Watch:
    """What a page did that it should not have."""

    page: Page
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on(
            "request", lambda request: self._asked(request)
        )  # a method cannot carry what Playwright notes on it

    def _asked(self, request: Request) -> None:
        if "struck" in request.url or "evil.example" in request.url or request.resource_type == "document":
            self.told.append(request.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How the words come to the reader: *has_guard* with the marks that keep htmx and hyperscript out, *has_policy*
    with the CSP."""

    has_guard: bool = True
    has_policy: bool = True


@dataclass(slots=True)
class Reader:
    """Opens the post with other words in it, and tells what happened; *answer* is what the application says."""

    browser: Browser
    answer: httpx.Response
    way: Way
    alive: int = 0

    async def read(self, words: str) -> list[str]:
        context = await self.browser.new_context()
        try:
            return await self._read(await context.new_page(), words)
        except Error as error:  # the page went elsewhere under our hands, or never came to rest
            return [error.message]
        finally:
            await context.close()

    async def _read(self, page: Page, words: str) -> list[str]:
        async def answered(route: Route) -> None:
            await route.fulfill(status=200, headers=self._headers(), body=self._page(words))

        url = str(self.answer.url).replace("127.0.0.1", HOST)
        page.set_default_timeout(PATIENCE_MS)
        await page.route(url, answered)
        await page.route("**/media/**", lambda route: route.fulfill(status=404))
        await page.add_init_script(WATCH)
        watch = Watch(page)
        await page.goto(url)
        await page.wait_for_timeout(SETTLING_MS)
        self.alive += bool(await page.evaluate(ALIVE))
        await page.evaluate(PROVOKE)
        await page.wait_for_timeout(SETTLING_MS)
        told = [*watch.told[1:], *(await page.evaluate("window.struck"))]
        if page.url != url or await page.evaluate(CLOBBERED):
            told.append(f"elsewhere: {page.url}")
        return told

    def _headers(self) -> dict[str, str]:
        dropped = {"content-length", "content-encoding", *(() if self.way.has_policy else ("content-security-policy",))}
        return {name: value for name, value in self.answer.headers.items() if name not in dropped}

    def _page(self, words: str) -> str:
        html = self.answer.text
        found = _PROSE.search(html)
        if found is None:
            raise RuntimeError("the post's words are not where they used to be")
        guard = found[1] if self.way.has_guard else ""
        return f'{html[: found.start()]}<div class="prose"{guard}>{words}</div>{html[found.end() :]}'


async def prove(deployment: Deployment) -> list[Figure]:
    await deployment.terrace("tenants", "apply", "tenants", "--jobs", "2")
    await deployment.start_app()
    async with deployment.visitor(HOST) as visitor:
        answer = (await visitor.get(PATH)).raise_for_status()
    typed, last = corpus.markdown(), corpus.html()
    markdown = MarkdownHtml()
    made = [(await markdown.render(text, lang=LANG)).html for text in typed] + [clean(html) for html in last]
    markdown.close()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        as_it_is, unguarded = Reader(browser, answer, Way()), Reader(browser, answer, Way(has_guard=False))
        strikes = [await _strikes(as_it_is, made), await _strikes(unguarded, made)]
        raw = await _raw(Reader(browser, answer, Way(has_guard=False, has_policy=False)))
        await browser.close()
    pages = len(list(_batches(made)))
    return [
        Figure(name="attacks in a post", value=len(typed), limit=5_000, is_minimum=True),
        Figure(name="attacks on the last gate", value=len(last)),
        Figure(name="pages with htmx and hyperscript at work", value=as_it_is.alive, limit=pages, is_minimum=True),
        Figure(name="active in a post as it is", value=strikes[0], limit=0),
        Figure(name="active without the guards of htmx and hyperscript", value=strikes[1], limit=0),
        Figure(name="active raw, without a CSP", value=raw, limit=SEEN_RAW, is_minimum=True),
    ]


async def _strikes(reader: Reader, made: Sequence[str]) -> int:
    strikes = 0
    for number, words in enumerate(_batches(made)):
        told = await reader.read(words)
        strikes += len(told)
        for line in told[:5]:
            print(f"  batch {number}: {line[:200]}", flush=True)
    return strikes


async def _raw(reader: Reader) -> int:
    """How many of the attacks are seen when nothing is done against them."""
    seen = 0
    for tag in corpus.TAGS:
        seen += bool(await reader.read(tag))
    return seen


def _batches(made: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(made), AT_ONCE):
        yield "".join(f"<div>{html}</div>\n" for html in made[start : start + AT_ONCE])
