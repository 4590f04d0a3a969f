"""What Ghost's editors keep, as pieces of HTML and of Markdown, the way they stood.

The finished HTML of an export is better for everything but one thing: of a Markdown card it has no source. So these
pieces are used where a post has such a card, or no HTML.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

_FORMATS = ((16, "code"), (1, "strong"), (2, "em"), (4, "s"))
_WORDS = frozenset({"text", "extended-text", "tk", "code-highlight"})
_ELEMENTS = {
    "paragraph": "p",
    "listitem": "li",
    "extended-quote": "blockquote",
    "quote": "blockquote",
    "aside": "blockquote",
}
_PLAIN_CARDS = {"horizontalrule": "<hr>", "hr": "<hr>", "paywall": "", "email": "", "email-cta": ""}
_TAGS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "ul", "ol", "pull-quote"})
_MARKUPS = frozenset({"strong", "b", "em", "i", "code", "s", "a", "sub", "sup", "u"})
DEPTH = 40

Node = Mapping[str, Any]


class UnknownCard(Exception):
    """Something whose HTML only Ghost itself can make."""


class Piece(NamedTuple):
    is_markdown: bool
    text: str


def pieces(lexical: str, mobiledoc: str) -> list[Piece]:
    """The pieces of a body, in order. Raises UnknownCard when one is not known or the source is broken."""
    try:
        if lexical:
            return list(_lexical(json.loads(lexical)["root"]["children"]))
        return list(_mobiledoc(json.loads(mobiledoc)))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise UnknownCard from error


def has_markdown(source: str) -> bool:
    """Whether there may be a Markdown card in a lexical or mobiledoc source."""
    return '"markdown"' in source or '"card-markdown"' in source


def _lexical(nodes: Sequence[Node]) -> Iterator[Piece]:
    for node in nodes:
        if node["type"] == "markdown":
            yield Piece(True, str(node.get("markdown") or ""))
        elif "children" in node:
            yield Piece(False, _element(node, 0))
        else:
            yield Piece(False, _card(node["type"], node))


def _element(node: Node, depth: int) -> str:
    kind = node["type"]
    if depth > DEPTH:
        raise UnknownCard
    if kind in _WORDS:
        return _formatted(str(node["text"]), int(node.get("format") or 0))
    if kind == "linebreak":
        return "<br>"
    if kind == "tab":
        return "\t"
    inner = "".join(_element(child, depth + 1) for child in node["children"])
    if kind in ("link", "autolink"):
        return f'<a href="{escape(str(node.get("url") or ""))}">{inner}</a>'
    if kind in ("extended-heading", "heading", "list"):
        tag = node["tag"] if node["tag"] in _TAGS else "p"
        inner = inner.replace("</li><li><ul>", "<ul>").replace("</li><li><ol", "<ol")
        start = f' start="{int(node.get("start") or 1)}"' if tag == "ol" else ""
        return f"<{tag}{start}>{inner}</{tag}>"
    return f"<{_ELEMENTS[kind]}>{inner}</{_ELEMENTS[kind]}>"


def _formatted(text: str, said: int) -> str:
    html = escape(text, quote=False)
    for bit, tag in _FORMATS:
        if said & bit:
            html = f"<{tag}>{html}</{tag}>"
    return html


def _card(kind: str, card: Node) -> str:
    """The HTML of a card, as far as it carries words, pictures and links."""
    if kind in _PLAIN_CARDS:
        return _PLAIN_CARDS[kind]
    if kind == "html":
        return str(card.get("html") or "")
    if kind in ("codeblock", "code"):
        code = escape(str(card.get("code") or ""))
        code = f'<pre><code class="language-{_said(card, "language")}">{code}</code></pre>'
        return _captioned(code, card)
    if kind == "image":
        return _captioned(_image(card), card)
    if kind == "gallery":
        return _captioned("".join(f"<p>{_image(image)}</p>" for image in card["images"]), card)
    return _captioned(_linking(kind, card), card)


def _linking(kind: str, card: Node) -> str:
    if kind == "bookmark":
        about = card.get("metadata") or {}
        words = f" — {_said(about, 'description')}" if about.get("description") else ""
        return f"<p>{_link(card, 'url', _said(about, 'title'))}{words}</p>"
    if kind == "embed":
        return f"<p>{_link(card, 'url', _said(card.get('metadata') or {}, 'title'))}</p>"
    if kind == "button":
        return f"<p>{_link(card, 'buttonUrl', _said(card, 'buttonText'))}</p>"
    if kind in ("file", "audio", "video"):
        name = _said(card, "fileTitle") or _said(card, "title") or _said(card, "fileName")
        words = f" — {_said(card, 'fileCaption')}" if card.get("fileCaption") else ""
        return f"<p>{_link(card, 'src', name)}{words}</p>"
    if kind == "callout":
        emoji = f"{_said(card, 'calloutEmoji')} " if card.get("calloutEmoji") else ""
        words = str(card.get("calloutText") or "").removeprefix("<p>")
        return f'<div class="kg-callout-card"><p>{emoji}{words}</div>'
    if kind == "toggle":
        return f"<details><summary>{card.get('heading') or ''}</summary>{card.get('content') or ''}</details>"
    raise UnknownCard


def _image(card: Node) -> str:
    image = f'<img src="{_said(card, "src")}" alt="{_said(card, "alt")}">'
    return f'<a href="{_said(card, "href")}">{image}</a>' if card.get("href") else image


def _captioned(html: str, card: Node) -> str:
    caption = str(card.get("caption") or "")
    return f"<figure>{html}<figcaption>{caption}</figcaption></figure>" if caption else f"<figure>{html}</figure>"


def _link(card: Node, key: str, words: str) -> str:
    address = _said(card, key)
    return f'<a href="{address}">{words or address}</a>'


def _said(card: Node, key: str) -> str:
    return escape(str(card.get(key) or ""))


def _mobiledoc(document: Node) -> Iterator[Piece]:
    cards, markups, atoms = document["cards"], document["markups"], document["atoms"]
    for section in document["sections"]:
        kind = section[0]
        if kind == 10:
            name, card = cards[section[1]]
            is_markdown = name in ("markdown", "card-markdown")
            yield Piece(is_markdown, str(card.get("markdown") or "") if is_markdown else _card(name, card))
        elif kind == 1:
            tag = section[1] if section[1] in _TAGS else "p"
            yield Piece(False, f"<{tag}>{_markers(section[2], markups, atoms)}</{tag}>")
        elif kind == 3:
            items = "".join(f"<li>{_markers(item, markups, atoms)}</li>" for item in section[2])
            yield Piece(False, f"<ul>{items}</ul>" if section[1] == "ul" else f"<ol>{items}</ol>")
        else:
            yield Piece(False, f'<figure><img src="{escape(str(section[1]))}" alt=""></figure>')


def _markers(markers: Sequence[Any], markups: Sequence[Any], atoms: Sequence[Any]) -> str:
    html, open_tags = "", list[str]()
    for kind, opened, closed, value in markers:
        for index in opened:
            name, *attributes = markups[index]
            tag = name if name in _MARKUPS else "span"
            said = attributes[0] if attributes else []
            href = next((said[place + 1] for place in range(0, len(said) - 1, 2) if said[place] == "href"), "")
            html += f'<{tag} href="{escape(str(href))}">' if tag == "a" else f"<{tag}>"
            open_tags.append(tag)
        is_break = kind == 1 and atoms[value][0] == "soft-return"
        words = value if kind == 0 else atoms[value][1]
        html += "<br>" if is_break else escape(str(words), quote=False)
        for _ in range(closed):
            html += f"</{open_tags.pop()}>"
    return html
