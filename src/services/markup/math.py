"""Formulas between dollars, as MathML that browsers set by themselves.

The rules are ours: those of mdit-py-plugins look at the last character of the text when a formula is its first, and
read to the end of the text for each opening that nothing closes.
"""

import re
from collections.abc import MutableMapping, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from math_core import LatexError, LatexToMathML

from services.markup.patience import PATIENCE, Patience

LENGTH = 4_000
WEIGHT = 400
_EXPANSIONS = 200
_INLINE = re.compile(
    r"\$\$(?P<shown>(?:[^$\\]|\\.)+)\$\$(?!\$)|\$(?![\s$])(?P<said>(?:[^$\\]|\\.)+)(?<!\s)\$(?![\w$])", re.DOTALL
)
_DEFINITION = re.compile(r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let|global)(?![A-Za-z])")
_HEAVY = re.compile(r"[{\\\[]")
_LINK = re.compile(r"</?a\b[^>]*>")
_STYLE = re.compile(r' style="([^"]*)"')
_CLASSES = (
    ("text-align: left", "m-left"),
    ("text-align: right", "m-right"),
    ("padding-left: 0", "m-joined-left"),
    ("padding-right: 0", "m-joined-right"),
    ("border-right", "m-rule-right"),
    ("border-top", "m-rule-above"),
    ("width: 100%", "m-wide"),
    ("width: 50%", "m-half"),
    ("margin-left:-", "m-back"),
)
CLASSES = frozenset(name for _, name in _CLASSES)

Env = MutableMapping[str, object]


def math_plugin(md: MarkdownIt) -> None:
    md.inline.ruler.before("escape", "math_inline", _inline)
    md.block.ruler.before("fence", "math_block", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    formulas = Formulas()

    def render(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Env) -> str:
        del renderer, options
        patience = env[PATIENCE]
        if isinstance(patience, Patience):
            patience.check()
        return formulas.html(tokens[index])

    md.add_render_rule("math_inline", render)
    md.add_render_rule("math_block", render)


class Formulas:
    """Not to be used by two threads at once."""

    def __init__(self) -> None:
        self._converter = LatexToMathML(fancy_error=False, max_expansions=_EXPANSIONS)

    def html(self, token: Token) -> str:
        """The formula, or its source as code."""
        is_block = token.type == "math_block"
        mathml = self.mathml(token.content.strip(), is_display=token.markup == "$$")
        if mathml is None:
            source = escape(f"{token.markup}{token.content}{token.markup}", quote=False)
            code = f'<code class="math-source">{source}</code>'
            return f"<p>{code}</p>\n" if is_block else code
        return f'<div class="math-wrap">{mathml}</div>\n' if is_block else mathml

    def mathml(self, tex: str, *, is_display: bool) -> str | None:
        """None for what is no formula, or is more than one: the library calls itself for each level of nesting, and a
        command defined in the text could hide any number of them."""
        if not tex or len(tex) > LENGTH or len(_HEAVY.findall(tex)) > WEIGHT or _DEFINITION.search(tex):
            return None
        try:
            made = self._converter.convert_with_local_state(tex, displaystyle=is_display)
        except (LatexError, ValueError):
            return None
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # of Rust; it is no Exception and cannot be imported
                raise
            return None
        made = _STYLE.sub(_as_classes, _LINK.sub("", made))
        return made.replace("<math", f'<math alttext="{escape(tex)}"', 1)


def _as_classes(style: re.Match[str]) -> str:
    """The pages' policy forbids inline styles; colours are the theme's."""
    classes = " ".join(name for sign, name in _CLASSES if sign in style[1])
    return f' class="{classes}"' if classes else ""


def _inline(state: StateInline, silent: bool) -> bool:
    """No formula: what follows a letter or a digit (US$5), ends after a blank, or right before another ($5 or $6)."""
    if state.src[state.pos] != "$" or (state.pos and state.src[state.pos - 1].isalnum()):
        return False
    found = _INLINE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = found["shown"] or found["said"]
        token.markup = "$$" if found["shown"] else "$"
    state.pos = found.end()
    return True


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """From a line that begins with two dollars to one that ends with two, without a blank one between."""
    lines: list[str] = []
    for number in range(start, end):
        line = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()
        if number == start and (not line.startswith("$$") or state.is_code_block(start)):
            return False
        if number > start and (not line or state.sCount[number] < state.blkIndent):
            return False
        line = line[2:] if number == start else line
        before, dollars, after = line.partition("$$")
        lines.append(before)
        if dollars and (after or (number == start and not before.strip())):
            return False
        if dollars:
            return silent or _pushed(state, start, number + 1, "\n".join(lines))
    return False


def _pushed(state: StateBlock, start: int, end: int, content: str) -> bool:
    token = state.push("math_block", "math", 0)
    token.block, token.content, token.markup, token.map = True, content, "$$", [start, end]
    state.line = end
    return True
