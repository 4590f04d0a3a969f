"""A prepared tree as Markdown."""

import re
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from bs4 import Tag
from bs4.element import NavigableString
from markdownify import BACKSLASH, MarkdownConverter

from services.markup.links import is_safe_link
from services.markup.patience import Patience
from services.writing.escaping import address, escaped, title
from services.writing.tables import Row, as_table
from services.writing.trees import BLOCKS, tags, text_of

_LANGUAGE = re.compile(
    r"\b(?:language-|lang[-:]|highlight-source-|highlight-|brush:\s*)(?!lang-)([A-Za-z0-9+#._-]{1,30})"
)
_TASK = re.compile(r"\s*\[([ xX])\]\s+(?=\S)")
_RUNS = re.compile(r"`+")
_LINES = re.compile(r"^(?=.)", re.MULTILINE)
_NO_LANGUAGE = frozenset({"plain", "text", "none", "plaintext", "nohighlight", "default", "auto"})
_TEXT = frozenset({"_noformat"})
_ENDING = re.compile(r"(?:\\\n\s*)+\Z")

Parents = AbstractSet[str]


class _Library(MarkdownConverter):
    """What the library's own stubs leave out."""

    if TYPE_CHECKING:

        def process_tag(self, node: Tag, parent_tags: Parents | None = None) -> str: ...

        def process_text(self, el: NavigableString, parent_tags: Parents | None = None) -> str: ...

        def convert_p(self, el: Tag, text: str, parent_tags: Parents) -> str: ...

        def convert_list(self, el: Tag, text: str, parent_tags: Parents) -> str: ...

        def convert_blockquote(self, el: Tag, text: str, parent_tags: Parents) -> str: ...


class PatientConverter(_Library):
    """Markdownify with escapes as CommonMark wants them, and tables, notes, tasks and alerts as our renderer reads
    them. Gives up when *patience* ends."""

    def __init__(self, patience: Patience) -> None:
        super().__init__(heading_style="atx", bullets="-", newline_style=BACKSLASH, strip_pre=None)
        self._patience = patience

    def process_tag(self, node: Tag, parent_tags: Parents | None = None) -> str:
        self._patience.check()
        return super().process_tag(node, parent_tags=parent_tags)

    def process_text(self, el: NavigableString, parent_tags: Parents | None = None) -> str:
        """As the parent's, except that "!" before a link would make a picture of it, and boxes to tick stay so."""
        text = super().process_text(el, parent_tags=parent_tags)
        if _TEXT & set(parent_tags or ()):
            return text
        if text.endswith("!") and _may_precede_a_link(el):
            text = f"{text[:-1]}\\!"
        task = _TASK.match(str(el))
        if task and _begins_item(el):
            rest = str(el)[task.end() :]
            text = f"[{task[1].lower()}] {escaped(' '.join(rest.split()) + (' ' if rest[-1:].isspace() else ''))}"
        return text

    def escape(self, text: str, parent_tags: Parents) -> str:
        del parent_tags
        return escaped(text) if text else ""

    def convert_a(self, el: Tag, text: str, parent_tags: Parents) -> str:
        href, words = text_of(el, "href"), text.strip()
        if "_noformat" in parent_tags or not words:
            return text
        before, after = text[: len(text) - len(text.lstrip())][:1], text[len(text.rstrip()) :][:1]
        if not href or href.startswith("#") or not is_safe_link(href.removeprefix("import:")):
            return text
        if el.get_text() == href and re.fullmatch(r"https?://[^\s<>]+", href):
            return f"{before}<{href}>{after}"
        flat = re.sub(r"\\?\n\s*", " ", words)
        return f"{before}[{flat}]({address(href)}{title(text_of(el, 'title'))}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del text, parent_tags
        alt, source = " ".join(text_of(el, "alt").split()), text_of(el, "src")
        if not source or source.startswith("data:") or not is_safe_link(source.removeprefix("import:")):
            return escaped(alt)
        words = text_of(el, "caption") or text_of(el, "title")
        return f"![{escaped(alt, is_first=False)}]({address(source)}{title(words)})"

    def convert_code(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del text
        code = " ".join(el.get_text().split()) if el.parent is None or el.parent.name != "pre" else el.get_text()
        if "_noformat" in parent_tags or "pre" in parent_tags:
            return el.get_text()
        if not code:
            return ""
        fence = "`" * (max((len(run) for run in _RUNS.findall(code)), default=0) + 1)
        blank = " " if code[0] == "`" or code[-1] == "`" else ""
        if parent_tags & {"td", "th"}:
            code = code.replace("|", "\\|")
        return f"{fence}{blank}{code}{blank}{fence}"

    convert_kbd = convert_samp = convert_code

    def convert_pre(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del text, parent_tags
        for line_break in tags(el, "br"):
            line_break.replace_with("\n")
        code = el.get_text().replace("\r\n", "\n").strip("\n")
        if not code.strip():
            return ""
        fence = "`" * max(3, max((len(run) for run in _RUNS.findall(code)), default=0) + 1)
        return f"\n\n{fence}{_language(el)}\n{code}\n{fence}\n\n"

    def _marked(self, mark: str, el: Tag, text: str, parent_tags: Parents) -> str:
        words = text.strip()
        if "_noformat" in parent_tags or not words or not _stands_free(el, text, mark):
            return text
        if el.find_parent(el.name) is not None or "\n\n" in words:
            return text
        before, after = text[: len(text) - len(text.lstrip())][:1], text[len(text.rstrip()) :][:1]
        return f"{before}{mark}{words}{mark}{after}"

    def convert_em(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._marked("*", el, text, parent_tags)

    def convert_strong(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._marked("**", el, text, parent_tags)

    def convert_s(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return self._marked("~~", el, text, parent_tags)

    def convert_q(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del el, parent_tags
        return f"“{text}”"

    def convert_p(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return super().convert_p(el, _ENDING.sub("", text), parent_tags)

    def convert_list(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A number other than one cannot begin a list right under words."""
        text = super().convert_list(el, text, parent_tags)
        return f"\n{text}" if "li" in parent_tags and text_of(el, "start") not in ("", "1") else text

    convert_ul = convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del parent_tags
        words = _ENDING.sub("", text.strip())
        if not words:
            return ""
        bullet = "- "
        if el.parent is not None and el.parent.name == "ol":
            start = text_of(el.parent, "start")
            first = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
            bullet = f"{first + int(text_of(el, 'number') or 0)}. "
        return f"{bullet}{_LINES.sub(' ' * len(bullet), words)[len(bullet) :]}\n"

    def convert_task(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del text, parent_tags
        after = el.next_sibling
        blank = "" if isinstance(after, NavigableString) and after[:1].isspace() else " "
        return f"[{text_of(el, 'checked') or ' '}]{blank}"

    def convert_alert(self, el: Tag, text: str, parent_tags: Parents) -> str:
        quoted = self.convert_blockquote(el, text.strip(), parent_tags).strip()
        return f"\n\n> [!{text_of(el, 'kind')}]\n{quoted}\n\n" if quoted.startswith(">") else f"\n\n{quoted}\n\n"

    def convert_tex(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del text, parent_tags
        return f"${' '.join(el.get_text().split())}$"

    def convert_footnote_ref(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del text, parent_tags
        return f"[^{text_of(el, 'number')}]"

    def convert_footnote_list(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del el, parent_tags
        return f"\n\n{text.strip()}\n"

    def convert_footnote_item(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del parent_tags
        return f"\n\n[^{text_of(el, 'number')}]: {_LINES.sub('    ', text.strip())[4:]}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del parent_tags
        el["written"] = re.sub(r"\s*\\?\n\s*", " ", text).strip()
        return f" {text.strip()} "

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: Parents) -> str:
        del el, parent_tags
        return f" {text.strip()} "

    def convert_table(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "_inline" in parent_tags:
            return text
        rows = [Row.of(row) for row in tags(el, "tr")]
        return f"\n\n{as_table(rows)}\n\n"


def _may_precede_a_link(el: NavigableString) -> bool:
    is_last_of_some_words = el.next_sibling is None and el.parent is not None and el.parent.name not in BLOCKS
    return is_last_of_some_words or isinstance(el.next_sibling, Tag) or el.find_parent(["td", "th"]) is not None


def _begins_item(el: NavigableString) -> bool:
    holder = el.parent
    if holder is not None and holder.name == "p" and el.previous_sibling is None:
        return holder.parent is not None and holder.parent.name == "li" and holder.previous_sibling is None
    return holder is not None and holder.name == "li" and el.previous_sibling is None


def _stands_free(el: Tag, text: str, mark: str) -> bool:
    """Whether marks here would be read as marks: not between a sign and a letter, not beside other marks."""
    before, after = el.previous_sibling, el.next_sibling
    if isinstance(before, Tag) and before.name in ("em", "strong", "s") and not text[0].isspace():
        return False
    left = str(before)[-1:] if isinstance(before, NavigableString) else ""
    right = str(after)[:1] if isinstance(after, NavigableString) else ""
    first, last = text[0], text[-1]
    blocked_left = left.isalnum() and not first.isalnum() and not first.isspace()
    blocked_right = right.isalnum() and not last.isalnum() and not last.isspace()
    if isinstance(after, Tag) and after.name not in BLOCKS and after.name != "br":
        blocked_right = blocked_right or not last.isalnum() or mark == "~~"
    return not (blocked_left or blocked_right)


def _language(pre: Tag) -> str:
    near = [pre, *tags(pre, "code")[:1], *list(pre.parents)[:2]]
    for tag in near:
        said = f"lang-{text_of(tag, 'data-lang')} lang-{text_of(tag, 'data-language')}"
        names = f"{text_of(tag, 'class')} {said}"
        if (found := _LANGUAGE.search(names)) and found[1].lower() not in _NO_LANGUAGE:
            return found[1].lower()
    return ""
