"""What the parser's tokens become before they are written: headings under the page's own, figures, tables, notes."""

from collections.abc import MutableMapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from slugify import slugify

from core.markdown import FindingKind
from services.markup.patience import PATIENCE
from services.markup.reading import plain_text
from services.markup.report import report_of

TOP, BOTTOM = 2, 6
ANCHOR_PREFIX = "h-"
_ANCHOR_LENGTH = 60
_LEADING = frozenset({"link_open", "footnote_ref"})

Env = MutableMapping[str, object]


def shape_plugin(md: MarkdownIt) -> None:
    md.core.ruler.push("headings", _headings)
    md.core.ruler.push("figures", _figures)
    md.core.ruler.push("tables", _tables)
    md.add_render_rule("footnote_caption", _footnote_caption)
    md.add_render_rule("footnote_block_open", _footnotes_open)


def _headings(state: StateCore) -> None:
    """The highest heading of the text becomes h2; each gets an id that no part of a page has, and leads to itself."""
    openings = [(index, token) for index, token in enumerate(state.tokens) if token.type == "heading_open"]
    if not openings:
        return
    shift = TOP - min(_level(token) for _, token in openings)
    taken: dict[str, int] = {}
    for index, token in openings:
        state.env[PATIENCE].check()
        tag = f"h{min(BOTTOM, _level(token) + shift)}"
        token.tag = state.tokens[index + 2].tag = tag
        inline = state.tokens[index + 1]
        anchor = _anchor(plain_text(inline), taken)
        token.attrSet("id", anchor)
        if _is_empty(inline):
            line = token.map[0] + 1 if token.map else 1
            report_of(state.env).find(FindingKind.EMPTY_HEADING, line)
        elif not any(child.type in _LEADING for child in inline.children or ()):
            opening = Token("link_open", "a", 1, attrs={"class": "heading-link", "href": f"#{anchor}"})
            inline.children = [opening, *(inline.children or ()), Token("link_close", "a", -1)]


def _is_empty(inline: Token) -> bool:
    shown = (child.type == "math_inline" or child.type == "image" for child in inline.children or ())
    return not plain_text(inline).strip() and not any(shown)


def _level(token: Token) -> int:
    return int(token.tag[1:])


def _anchor(text: str, taken: dict[str, int]) -> str:
    name = str(slugify(text[:500], max_length=_ANCHOR_LENGTH, word_boundary=True, save_order=True)) or "section"
    taken[name] = taken.get(name, 0) + 1
    if taken[name] == 1:
        return ANCHOR_PREFIX + name
    return _anchor(f"{name}-{taken[name]}", taken)


def _figures(state: StateCore) -> None:
    """A picture alone in its paragraph is a figure, its title the caption."""
    for index in range(len(state.tokens) - 2):
        opening, inline, closing = state.tokens[index : index + 3]
        if opening.type == "paragraph_open" and not opening.hidden and _is_picture_alone(inline):
            opening.tag = closing.tag = "figure"
            _add_caption(inline)


def _is_picture_alone(inline: Token) -> bool:
    children = inline.children or []
    kinds = [child.type for child in children if child.type != "text" or child.content.strip()]
    return kinds in (["image"], ["link_open", "image", "link_close"])


def _add_caption(inline: Token) -> None:
    children = inline.children or []
    picture = next(child for child in children if child.type == "image")
    title = str(picture.attrs.pop("title", ""))
    if not title:
        return
    caption = Token("figcaption_open", "figcaption", 1), Token("text", "", 0, content=title)
    inline.children = [*children, *caption, Token("figcaption_close", "figcaption", -1)]


def _tables(state: StateCore) -> None:
    """Alignment as classes (the pages' policy forbids inline styles), in a box that can scroll; an empty corner is a
    cell, since a head without words tells listeners nothing."""
    tokens: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type == "th_open" and not state.tokens[index + 1].content:
            token.tag = state.tokens[index + 2].tag = "td"
        style = str(token.attrs.pop("style", ""))
        if style.startswith("text-align:"):
            token.attrJoin("class", f"ta-{style.removeprefix('text-align:').strip()}")
        if token.type == "table_open":
            tokens.append(_box(1))
        tokens.append(token)
        if token.type == "table_close":
            tokens.append(_box(-1))
    state.tokens = tokens


def _box(nesting: int) -> Token:
    token = Token("table_box", "div", -1 if nesting < 0 else 1, block=True)
    if nesting > 0:
        token.attrSet("class", "table-wrap")
    return token


def _footnote_caption(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Env
) -> str:
    del renderer, options, env
    return str(tokens[index].meta["id"] + 1)


def _footnotes_open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Env) -> str:
    del renderer, tokens, index, options, env
    opening = '<section class="footnotes" role="doc-endnotes">\n<ol class="footnotes-list">\n'
    return f'<hr class="footnotes-sep">\n{opening}'
