"""`> [!NOTE]` and its kin: a quote that is an advice to the reader, as GitHub writes them."""

import re
from collections.abc import MutableMapping, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from services.markup.typography import LANG

NAMES = {
    "en": {"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution"},
    "ru": {
        "note": "Примечание",
        "tip": "Совет",
        "important": "Важно",
        "warning": "Внимание",
        "caution": "Осторожно",
    },
}
KINDS = tuple(NAMES["en"])
_MARK = re.compile(rf"\[!({'|'.join(KINDS)})\][ \t]*([^\n]*)(?:\n|$)", re.IGNORECASE)

Env = MutableMapping[str, object]


def alerts_plugin(md: MarkdownIt) -> None:
    md.core.ruler.after("block", "alerts", _alerts)
    md.add_render_rule("alert_kind", _kind)


def _alerts(state: StateCore) -> None:
    """One walk; *open_* tells of each quote that is not yet closed whether it is an alert."""
    made: list[Token] = []
    open_: list[bool] = []
    tokens, index = state.tokens, 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.type == "blockquote_open":
            found = _found(tokens[index : index + 4])
            open_.append(found is not None)
            if found is not None:
                made += _opening(found, tokens[index + 1])
                index += 0 if tokens[index + 1].content else 3
                continue
        elif token.type == "blockquote_close" and open_.pop():
            token = Token("alert_close", "div", -1, block=True)
        made.append(token)
    state.tokens = made


def _found(tokens: Sequence[Token]) -> re.Match[str] | None:
    """The mark at the beginning of a quote, unless nothing follows it in the quote."""
    kinds = [token.type for token in tokens]
    found = _MARK.match(tokens[1].content) if kinds[:2] == ["paragraph_open", "inline"] else None
    is_alone = kinds[3:] == ["blockquote_close"]
    if found is None or (is_alone and not found[2].strip() and not found.string[found.end() :].strip()):
        return None
    return found


def _opening(found: re.Match[str], inline: Token) -> Sequence[Token]:
    """The head of the alert; what stood below the mark stays in *inline*, one line further down."""
    kind, line = found[1].lower(), inline.map[0] if inline.map else 0
    title = found[2].strip()
    inline.content = found.string[found.end() :]
    inline.map = [line + 1, max(line + 1, inline.map[1] if inline.map else 0)]
    return (
        Token("alert_open", "div", 1, block=True, attrs={"class": f"admonition {kind}", "role": "note"}),
        Token("alert_title_open", "p", 1, attrs={"class": "admonition-title"}, block=True),
        Token("alert_kind", "", 0, info=kind, meta={"has_title": bool(title)}),
        Token("inline", "", 0, content=title, children=[], map=[line, line + 1], block=True),
        Token("alert_title_close", "p", -1, block=True),
    )


def _kind(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Env) -> str:
    """The kind in words: a colour or a picture alone would not reach everybody."""
    del renderer, options
    token, lang = tokens[index], str(env.get(LANG, "")).partition("-")[0]
    name = NAMES.get(lang, NAMES["en"])[token.info]
    return f'<span class="admonition-kind">{escape(name)}{":" if token.meta["has_title"] else ""}</span> '
