"""Blocks of code, coloured by classes: ```` ```python {2,4-6} title="x.py" ````."""

import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from services.markup.patience import PATIENCE, Patience

CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name) | {"hll"}
BLOCK_LENGTH = 20_000
MARKED_LINES = 500
TEXT_LENGTH = 100_000
_LANGUAGE = re.compile(r"[^\s{}\"=]{1,30}")
_TITLE = re.compile(r'\btitle="([^"]{1,200})"')
_LINES = re.compile(r"\{([0-9, -]{1,200})\}")
_RANGE = re.compile(r"([0-9]{1,5})(?:\s*-\s*([0-9]{1,5}))?")
_COLOURED = "coloured"
_KEPT_LEXERS = 32
_TEXT = TextLexer(stripnl=False)
_FORMATTER = HtmlFormatter(nowrap=True)
Env = MutableMapping[str, object]


def code_plugin(md: MarkdownIt) -> None:
    md.add_render_rule("fence", _block)
    md.add_render_rule("code_block", _block)


def _block(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Env) -> str:
    del renderer, options
    patience = env[PATIENCE]
    if isinstance(patience, Patience):
        patience.check()
    token = tokens[index]
    info = unescapeAll(token.info)
    words = info.split(maxsplit=1)
    language = words[0].lower() if words and _LANGUAGE.fullmatch(words[0]) else ""
    attribute = f' data-language="{escape(language)}"' if language else ""
    lines = _lines(info, token.content.count("\n"))
    coloured = _coloured(token.content, language, lines, env)
    head = _head(language, info)
    return f'<div class="highlight"{attribute}>{head}<pre><code>{coloured}</code></pre></div>\n'


def _head(language: str, info: str) -> str:
    """The name of the file and of the language, above the code."""
    title = _TITLE.search(info)
    lexer = _lexer(language) if language else None
    name = lexer.name if lexer else language
    parts = (("code-title", title[1].strip() if title else ""), ("code-language", name))
    shown = " ".join(f'<span class="{kind}">{escape(text)}</span>' for kind, text in parts if text)
    return f'<div class="code-head">{shown}</div>' if shown else ""


def _lines(info: str, count: int) -> list[int]:
    """The numbers of the lines to mark; a range beyond the code ends with it."""
    found = _LINES.search(info)
    numbers: set[int] = set()
    for first, last in _RANGE.findall(found[1]) if found else ():
        numbers.update(range(int(first), min(int(last or first), count, int(first) + MARKED_LINES) + 1))
    return sorted(numbers)


def _coloured(code: str, language: str, lines: Sequence[int], env: Env) -> str:
    """HTML of *code*; what is too long or of no known language stays black and white."""
    before = int(str(env.get(_COLOURED, 0)))
    lexer = _lexer(language) if language else None
    lexer = _TEXT if lexer is None and lines else lexer
    if lexer is None or len(code) > BLOCK_LENGTH or before + len(code) > TEXT_LENGTH:
        return escape(code, quote=False)
    env[_COLOURED] = before + len(code)
    formatter = HtmlFormatter(nowrap=True, hl_lines=lines) if lines else _FORMATTER  # making one takes a millisecond
    return str(highlight(code, lexer, formatter))


@lru_cache(maxsize=_KEPT_LEXERS)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
