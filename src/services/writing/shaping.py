"""What other programs build of many elements becomes the few that Markdown has words for."""

import re

from bs4 import Tag
from bs4.element import NavigableString

from services.writing.trees import BLOCKS, children, classes_of, has_blocks, made, tags, text_of, words_of

_PLAYERS = ("iframe", "embed", "object", "video", "audio")
_WATCHED = (
    (
        re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+).*"),
        r"https://www.youtube.com/watch?v=\1",
    ),
    (re.compile(r"(?:https?:)?//player\.vimeo\.com/video/(\d+).*"), r"https://vimeo.com/\1"),
)
_BARE = re.compile(r"\s*(https?://[^\s<>]+)\s*")
_ANCHORS = frozenset({"", "#", "¶", "§", "🔗", "\ue14d"})
_RULERS = ("gutter", "lineno", "linenos", "lnt", "ln", "line-numbers-rows")
_SHOWN = ["img", "task", "footnote-ref", "tex"]
_ALERTS = ("note", "tip", "important", "warning", "caution")


def shape(tree: Tag) -> None:
    """Change *tree* in place."""
    _players(tree)
    _cards(tree)
    _details(tree)
    _links(tree)
    _numbers_of_lines(tree)
    _tables(tree)
    _lists(tree)
    _figures(tree)
    _terms(tree)
    _boxes(tree)


def _players(tree: Tag) -> None:
    """What would load from elsewhere is a link to it."""
    for player in tags(tree, *_PLAYERS):
        inner = player.find(["source", "embed"])
        address = text_of(player, "src") or text_of(player, "data")
        if not address and isinstance(inner, Tag):
            address = text_of(inner, "src")
        for pattern, watched in _WATCHED:
            address = pattern.sub(watched, address)
        if address.startswith("//"):
            address = f"https:{address}"
        label = text_of(player, "title") or address
        player.replace_with(made("p", made("a", label, href=address)) if address else NavigableString(""))
    for wrapper in tree.select(".wp-block-embed__wrapper"):
        if found := _BARE.fullmatch(wrapper.get_text()):
            wrapper.replace_with(made("p", made("a", found[1], href=found[1])))


def _cards(tree: Tag) -> None:
    """Ghost's bookmark, file, callout and toggle; boxes with a hint of other programs."""
    for card in tree.select(".kg-bookmark-container"):
        _link_card(card, _part(card, ".kg-bookmark-title"), _part(card, ".kg-bookmark-description"))
    for card in tree.select(".kg-file-card-container"):
        name = _part(card, ".kg-file-card-title") or _part(card, ".kg-file-card-filename")
        _link_card(card, name, _part(card, ".kg-file-card-caption"))
    for card in tree.select(".kg-toggle-heading-text, .kg-audio-title"):
        card.name = "p"
        card.wrap(made("div"))
        _embolden(card)
    for card in tree.select(".kg-audio-player-container, .kg-video-player-container, .kg-audio-thumbnail"):
        card.decompose()
    for box in tree.select(".kg-callout-card, .markdown-alert, .admonition, .theme-admonition"):
        _alert(box)


def _link_card(card: Tag, name: str, words: str) -> None:
    href = text_of(card, "href")
    card.replace_with(made("p", made("a", name or href, href=href), f" — {words}" if words else ""))


def _part(card: Tag, selector: str) -> str:
    found = card.select_one(selector)
    return words_of(found) if found else ""


def _alert(box: Tag) -> None:
    names = " ".join(classes_of(box)).lower()
    for title in box.select(".markdown-alert-title, .admonition-title"):
        title.decompose()
    if emoji := box.select_one(".kg-callout-emoji"):
        emoji.replace_with(f"{words_of(emoji)} ")
    for text in box.select(".kg-callout-text"):
        text.unwrap()
    box.attrs = {"kind": next((kind for kind in _ALERTS if kind in names), "note").upper()}
    box.name = "alert"


def _details(tree: Tag) -> None:
    for summary in tags(tree, "summary"):
        summary.name = "p"
        _embolden(summary)
    for details in tags(tree, "details"):
        details.name = "div"


def _embolden(tag: Tag) -> None:
    strong = made("strong", words_of(tag))
    tag.clear()
    tag.append(strong)


def _links(tree: Tag) -> None:
    for link in tags(tree, "a"):
        href, heading = text_of(link, "href"), link.find_parent(re.compile(r"h[1-6]"))
        if heading and href.startswith("#") and words_of(link) in _ANCHORS:
            link.decompose()
            continue
        for block in tags(link, *BLOCKS):
            block.insert_before(" ")
            block.insert_after(" ")
            block.unwrap()
        for inner in tags(link, "a"):
            inner.unwrap()


def _numbers_of_lines(tree: Tag) -> None:
    for name in _RULERS:
        for ruler in tree.select(f"pre .{name}, td.{name}, th.{name}"):
            ruler.decompose()


def _tables(tree: Tag) -> None:
    """A table that only lays out is no table: what is in it follows one after another."""
    for table in reversed(tags(tree, "table")):
        rows = tags(table, "tr")
        for caption in tags(table, "caption"):
            table.insert_before(made("p", made("em", words_of(caption))))
            caption.decompose()
        is_layout = max((len(children(row, "td", "th")) for row in rows), default=0) < 2
        if is_layout or table.find(["pre", "ul", "ol", "table", "blockquote", "figure", "h1", "h2", "h3", "hr"]):
            for part in [table, *tags(table, "thead", "tbody", "tfoot", "tr", "td", "th")]:
                part.name = "div"


def _lists(tree: Tag) -> None:
    for found in tags(tree, "ul", "ol"):
        for nested in children(found, "ul", "ol"):
            before = nested.find_previous_sibling("li")
            if isinstance(before, Tag):
                before.append(nested)
        for number, item in enumerate(children(found, "li")):
            item["number"] = str(number)
    for box in tags(tree, "input"):
        is_first = box.find_parent("li") is not None and text_of(box, "type") == "checkbox"
        if is_first:
            box.insert_before(made("task", checked="x" if box.has_attr("checked") else " "))
        box.decompose()


def _figures(tree: Tag) -> None:
    """One picture with words under it keeps them as its caption; words under anything else follow it, slanted."""
    for figure in reversed(tags(tree, "figure")):
        captions, pictures = tags(figure, "figcaption"), tags(figure, "img")
        figure.name = "div"
        for caption in captions:
            if len(pictures) == 1 and not figure.find(["table", "pre", "blockquote"]):
                pictures[0]["caption"] = caption_of(caption)
                caption.decompose()
            elif words_of(caption) and not has_blocks(caption):
                caption.name = "em"
                caption.wrap(made("p"))
                figure.append(caption.parent or caption)
            else:
                caption.name = "div"
        for picture in pictures:
            _stand_alone(picture)


def _stand_alone(picture: Tag) -> None:
    link = picture.parent
    outer = link if link is not None and link.name == "a" and not words_of(link) else picture
    if outer.parent is not None and outer.parent.name not in ("p", "td", "th"):
        outer.wrap(made("p"))


def caption_of(caption: Tag) -> str:
    """The words; a link's address stands behind them, since a caption can hold no link."""
    for link in tags(caption, "a"):
        address = text_of(link, "href")
        if address.startswith(("http://", "https://")) and address not in words_of(link):
            link.append(f" ({address})")
    return " ".join(caption.get_text("").split())


def _terms(tree: Tag) -> None:
    for term in tags(tree, "dt"):
        term.name = "p"
        _embolden(term)
    for description in tags(tree, "dd", "dl"):
        description.name = "div"
    for cite in tree.select("blockquote > cite, blockquote > footer"):
        cite.name = "p"
        cite.insert(0, "— ")


def _boxes(tree: Tag) -> None:
    """Words beside paragraphs are a paragraph too, and lines apart by two breaks are two."""
    for box in tags(tree, "p", "div", "section", "article", "body", "blockquote", "alert"):
        runs = _runs(box)
        if box.name == "p" and len(runs) < 2 and not has_blocks(box):
            continue
        for run in runs:
            paragraph = made("p")
            run[0].insert_before(paragraph)
            for node in run:
                paragraph.append(node)
        if box.name == "p":
            box.name = "div"


def _runs(box: Tag) -> list[list[Tag | NavigableString]]:
    """What stands in *box* between blocks and double breaks; the breaks are taken out."""
    runs: list[list[Tag | NavigableString]] = [[]]
    for node in list(box.children):
        if isinstance(node, Tag) and node.name in BLOCKS:
            runs.append([])
        elif isinstance(node, (Tag, NavigableString)):
            before = runs[-1]
            if _is_break(node) and any(_is_break(one) for one in _last_two(before)):
                runs.append([])
                node.extract()
            else:
                before.append(node)
    for run in runs:
        while run and (_is_break(run[-1]) or (not run[-1].get_text(strip=True) and not _shows(run[-1]))):
            run.pop().extract()
    return [run for run in runs if run]


def _last_two(run: list[Tag | NavigableString]) -> list[Tag | NavigableString]:
    return run[-2:] if run and not run[-1].get_text(strip=True) and not isinstance(run[-1], Tag) else run[-1:]


def _is_break(node: Tag | NavigableString) -> bool:
    return isinstance(node, Tag) and node.name == "br"


def _shows(node: Tag | NavigableString) -> bool:
    return isinstance(node, Tag) and (node.name in _SHOWN or node.find(_SHOWN) is not None)
