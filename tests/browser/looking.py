"""What a page may never be, however it looks: questions to a real browser, each answered with what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from axe_playwright_python.async_playwright import Axe
from babel.messages.pofile import read_po
from playwright.async_api import Page

from dev.translations import path_of

AXE = Axe()
QUIET = {"resultTypes": ["violations"]}
COLOURS = QUIET | {"runOnly": ["color-contrast"]}
THEMES = ("dark", "light")
SAMPLE = """
([selector, every]) => document.querySelectorAll(selector)
  .forEach((node, place) => { if (place % every) node.remove(); })
"""
NARROW = (320, 390, 1280)
STILL = "() => Promise.all(document.getAnimations().map((one) => one.finished)).then(() => undefined)"

SHAPE = """
() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const told = (nodes) => nodes.map((node) => node.outerHTML.slice(0, 160));
  return {
    "has style attributes": told(all("[style]")),
    "has scripts or styles of its own": told(all("style, script:not([src], [type='application/ld+json'])")).slice(1),
    "has not one h1": all("h1").length === 1 ? [] : told(all("h1")).concat(all("h1").length),
    "has pictures without alt": told(all("img:not([alt])")),
    "has broken pictures": told(all("img").filter((img) => img.complete && !img.naturalWidth)),
    "has ids twice": all("[id]").map((node) => node.id).filter((id, place, ids) => ids.indexOf(id) !== place),
  };
}
"""
TOO_WIDE = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (node) => node && (getComputedStyle(node).overflowX !== "visible" || scrolls(node.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter((node) => node.getBoundingClientRect().right > width + 1 && !scrolls(node.parentElement))
    .map((node) => node.outerHTML.slice(0, 120)).slice(0, 5).concat("the page");
}
"""
UNMARKED_FOCUS = """
() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled && node.type !== "hidden")
  .filter((node) => {
    node.focus();
    const unseen = node.matches("input[type=radio]") && getComputedStyle(node).opacity === "0";
    const marked = unseen ? [node.nextElementSibling, node.parentElement] : [node];
    return document.activeElement === node && !marked.some((one) => {
      const style = one && getComputedStyle(one);
      return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
  })
  .map((node) => node.outerHTML.slice(0, 160))
"""
WORDS = """
() => {
  const written = ".prose, textarea, code, pre, kbd, script, datalist";
  const ours = (node) => !node.closest(written) && !node.closest("[lang]:not(html):not([lang=ru])");
  const words = [document.title];
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (ours(walk.currentNode.parentElement)) words.push(walk.currentNode.data);
  for (const node of document.querySelectorAll("*")) for (const { name, value } of node.attributes)
    if (/^(aria-label|title|placeholder|alt|data-.+)$/.test(name) && ours(node)) words.push(value);
  return words.map((text) => text.trim().replace(/\\s+/g, " ")).filter(Boolean);
}
"""


async def shape(page: Page) -> list[str]:
    found: dict[str, list[Any]] = await page.evaluate(SHAPE)
    return [f"{what}: {where}" for what, where in found.items() if where]


async def too_wide(page: Page) -> list[str]:
    troubles = []
    for width in NARROW:
        await page.set_viewport_size({"width": width, "height": 900})
        troubles += [f"too wide at {width}: {node}" for node in await page.evaluate(TOO_WIDE)]
    return troubles


async def unmarked_focus(page: Page) -> list[str]:
    """The first Tab tells the browser that somebody uses the keyboard."""
    await page.keyboard.press("Tab")
    return [f"focus cannot be seen: {node}" for node in await page.evaluate(UNMARKED_FOCUS)]


async def refused_by_axe(page: Page, *, themes: Sequence[str] = THEMES) -> list[str]:
    """Everything in the first of *themes*, colours in each: a theme changes nothing else."""
    troubles: list[str] = []
    await page.evaluate(AXE.axe_script)
    for theme in themes:
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        await page.evaluate(STILL)
        results = await page.evaluate("(options) => axe.run(options)", QUIET if theme == themes[0] else COLOURS)
        for violation in results["violations"]:
            nodes = [f"{node['html'][:160]} {node['failureSummary']}" for node in violation["nodes"]]
            troubles.append(f"axe ({theme}), {violation['id']}: {nodes}")
    return troubles


async def thin_out(page: Page, selector: str, every: int) -> None:
    """Of many alike leave some, spread over the page."""
    await page.evaluate(SAMPLE, [selector, every])


def english_sentences() -> re.Pattern[str]:
    """All that Russian says otherwise, with anything in the gaps."""
    with path_of("ru").open("rb") as file:
        catalog = read_po(file)
    patterns = set()
    for message in catalog:
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        for english in ids:
            bare = re.sub(r"%\(\w+\)[sd]", "", english)
            if english not in strings and re.search("[A-Za-z]{2}", bare):
                patterns.add(".+".join(re.escape(part) for part in re.split(r"%\(\w+\)[sd]", english)))
    return re.compile("|".join(sorted(patterns)))


async def english(page: Page, sentences: re.Pattern[str]) -> list[str]:
    words: list[str] = await page.evaluate(WORDS)
    return [f"is English: {text}" for text in words if sentences.fullmatch(text)]
