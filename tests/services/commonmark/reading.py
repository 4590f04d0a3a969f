"""Two pieces of HTML made comparable: what the spec says, and what we made of the same text."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

HEADINGS = re.compile("^h[1-6]$")
BLOCKS = r"p|h[1-6]|ul|ol|li|blockquote|pre|hr|div|table"
AROUND_BLOCKS = re.compile(rf"\s*(</?(?:{BLOCKS})\b[^>]*>)\s*")


def in_our_house(html: str) -> str:
    """What the spec says, with what we do otherwise on purpose: headings begin below the page's own h1, and a picture
    that is not of the site is a link to it, or its words."""
    soup = BeautifulSoup(html, "html.parser")
    headings = soup.find_all(HEADINGS)
    shift = 2 - min((int(heading.name[1]) for heading in headings), default=2)
    for heading in headings:
        heading.name = f"h{min(6, int(heading.name[1]) + shift)}"
    for picture in soup.find_all("img"):
        address, words = str(picture.get("src", "")), NavigableString(str(picture.get("alt", "")))
        is_link = address.startswith("http") and picture.find_parent("a") is None
        picture.replace_with(words)
        if is_link:
            words.wrap(soup.new_tag("a", href=address))
    return canonical(soup)


def without_decorations(html: str) -> str:
    """Our HTML without what we add: the addresses of headings, `rel`, the box and the colours of code."""
    soup = BeautifulSoup(html, "html.parser")
    for heading in soup.find_all(HEADINGS):
        del heading["id"]
    for link in soup.find_all("a"):
        del link["rel"]
        if "heading-link" in link.get_attribute_list("class"):
            link.unwrap()
    for box in soup.select("div.highlight"):
        _undress(box)
    return canonical(soup)


def canonical(soup: BeautifulSoup) -> str:
    for text in soup.find_all(string=True):
        if text.find_parent("pre") is None:
            text.replace_with(re.sub(r"\s+", " ", text))
    soup.smooth()
    for element in soup.find_all(True):
        element.attrs = dict(sorted(element.attrs.items()))
    return AROUND_BLOCKS.sub(r"\1", soup.decode(formatter="minimal")).strip()


def _undress(box: Tag) -> None:
    for extra in box.select(".code-head"):
        extra.decompose()
    for colour in box.select("pre span"):
        colour.unwrap()
    code = box.select_one("pre > code")
    language = box.get("data-language")
    if code is not None and language:
        code["class"] = f"language-{language}"
    box.unwrap()
