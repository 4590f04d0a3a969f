"""HTML of others as a tree in which only what can be written is left, never deeper than any text needs."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

DEPTH = 60
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\ufffe\uffff\U0001fffe\U0001ffff]")
_JUNK = frozenset(
    {
        "script", "style", "template", "head", "title", "meta", "link", "base", "svg", "canvas", "noscript",
        "noembed", "noframes", "select", "datalist", "textarea", "button", "progress", "meter", "map", "area",
        "frameset", "frame", "dialog",
    }
)  # fmt: skip
_KEPT = frozenset(
    {
        "p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre",
        "code", "hr", "br", "em", "strong", "b", "i", "s", "del", "strike", "a", "img", "figure", "figcaption",
        "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "kbd", "samp", "tt", "sup", "q", "cite",
        "dl", "dt", "dd", "details", "summary", "iframe", "embed", "object", "video", "audio", "source", "input",
        "span", "body", "html", "math", "annotation",
    }
)  # fmt: skip
HTML_NAMES = (
    _JUNK
    | _KEPT
    | {
        "abbr", "address", "aside", "big", "center", "font", "footer", "form", "header", "ins", "label", "main",
        "mark", "nav", "nobr", "picture", "small", "sub", "time", "u", "var", "wbr",
    }
)  # fmt: skip
"""What is HTML in a text that is something else."""
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
BLOCKS = frozenset(
    {
        "p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre",
        "hr", "figure", "figcaption", "table", "dl", "dt", "dd", "details", "caption", "footnote-list", "alert",
    }
)  # fmt: skip


def parsed(html: str) -> BeautifulSoup:
    """*html* without scripts, styles, controls, comments and what nobody would see; unknown elements leave their
    words."""
    clean = _UNUSABLE.sub("", html.encode("utf-8", "replace").decode())
    soup = BeautifulSoup(clean, "lxml")
    for node, depth in list(_walk(soup)):
        if isinstance(node, NavigableString):
            if isinstance(node, PreformattedString):
                node.extract()
        elif _is_junk(node):
            node.extract()
        elif depth == DEPTH:
            node.replace_with(NavigableString(" ".join(node.stripped_strings)))
        elif node.name not in _KEPT:
            node.unwrap()
    return soup


def _walk(soup: BeautifulSoup) -> Iterator[tuple[Tag | NavigableString, int]]:
    """Everything down to DEPTH with how deep it lies, without recursion."""
    waiting: list[tuple[Tag | NavigableString, int]] = [(child, 1) for child in _children(soup)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        if isinstance(node, Tag) and depth < DEPTH and not _is_junk(node):
            waiting.extend((child, depth + 1) for child in _children(node))


def _children(tag: Tag) -> list[Tag | NavigableString]:
    return [child for child in tag.children if isinstance(child, (Tag, NavigableString))]


def _is_junk(tag: Tag) -> bool:
    return tag.name in _JUNK or tag.has_attr("hidden") or bool(_HIDDEN.search(text_of(tag, "style")))


def text_of(tag: Tag, name: str) -> str:
    """The attribute *name*, as one string; empty when there is none."""
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else str(value or "").strip()


def classes_of(tag: Tag) -> set[str]:
    return set(text_of(tag, "class").split())


def tags(tree: Tag, *names: str) -> list[Tag]:
    """All *names* in *tree*, in order; a list, so that what is done to the tree does not matter."""
    return list(tree.find_all(list(names)))


def children(tag: Tag, *names: str) -> list[Tag]:
    return [child for child in tag.children if isinstance(child, Tag) and (not names or child.name in names)]


def made(name: str, *content: Tag | str, **attributes: str) -> Tag:
    """A new element."""
    tag = Tag(name=name, attrs=dict(attributes))
    for part in content:
        tag.append(part)
    return tag


def words_of(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def has_blocks(tag: Tag) -> bool:
    return tag.find(list(BLOCKS)) is not None
