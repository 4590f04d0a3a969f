"""Blocks of code, coloured by classes."""

import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from services.markup.patience import PATIENCE, Patience

CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)
BLOCK_LENGTH = 20_000
TEXT_LENGTH = 100_000
_LANGUAGE = re.compile(r"[A-Za-z][A-Za-z0-9+#._-]{0,29}")
_COLOURED = "coloured"
_KEPT_LEXERS = 32
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
    words = token.info.split(maxsplit=1)
    language = words[0].lower() if words and _LANGUAGE.fullmatch(words[0]) else ""
    attribute = f' data-language="{escape(language)}"' if language else ""
    coloured = _coloured(token.content, language, env)
    return f'<div class="highlight"{attribute}><pre><code>{coloured}</code></pre></div>\n'


def _coloured(code: str, language: str, env: Env) -> str:
    """HTML of *code*; what is too long or of no known language stays black and white."""
    before = int(str(env.get(_COLOURED, 0)))
    lexer = _lexer(language) if language and len(code) <= BLOCK_LENGTH else None
    if lexer is None or before + len(code) > TEXT_LENGTH:
        return escape(code, quote=False)
    env[_COLOURED] = before + len(code)
    return str(highlight(code, lexer, _FORMATTER))


@lru_cache(maxsize=_KEPT_LEXERS)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
