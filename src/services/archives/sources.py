"""Markdown of others: its links and pictures moved, what is no Markdown of ours put into it."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from markdown_it import MarkdownIt

from core.text import N_
from services.archives.addresses import Journey
from services.archives.shortcodes import blocks_of_code, without_shortcodes
from services.markdown_writer import HTML_LENGTH, written
from services.markup.patience import Patience, TooMuch, patience_plugin
from services.writing.escaping import address as bracketed
from services.writing.escaping import title as titled
from services.writing.trees import HTML_NAMES

SECONDS = 3.0
_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").use(patience_plugin)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:[^\n]|\n(?!\s*\n)){1,1000}?(?<!`)\1(?!`)")
_DESTINATION = r"""\(\s{0,9}(?P<to><[^<>\n]{0,1000}>|[^\s()<>]{0,2000}(?:\([^\s()]{0,200}\)[^\s()<>]{0,2000}){0,3})"""
_TITLE = r"""(?:\s{1,9}(?P<title>"(?:\\.|[^"\\]){0,1000}"|'(?:\\.|[^'\\]){0,1000}'|\([^()]{0,1000}\)))?\s{0,9}\)"""
_WORDS = r"(?P<alt>(?:\\.|[^\\\[\]]|\[[^\[\]]{0,200}\]){0,1000})"
_PICTURE = re.compile(rf"(?P<before>\[?)!\[{_WORDS}\]{_DESTINATION}{_TITLE}")
_LINK = re.compile(r"\]" + _DESTINATION + _TITLE)
_DEFINITION = re.compile(r"^(?P<name> {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]+)<?(?P<to>[^\s<>]{1,2000})>?", re.MULTILINE)
_ATTRIBUTES = re.compile(r"^[ \t]*\{:[^{}\n]{0,200}\}[ \t]*$\n?|(?<=\))\{:[^{}\n]{0,200}\}", re.MULTILINE)
_COMMENT = re.compile(r"<!--.{0,4000}?-->", re.DOTALL)
_LINKED = re.compile(r"<a\s[^<>]{0,2000}>(?:[^<\n]|<(?!/?a\b)[^<>\n]{0,500}>){0,1000}</a\s*>", re.IGNORECASE)
_INLINE = re.compile(r"<(/?)([a-z][a-z0-9-]{0,20})\b([^<>]{0,2000})>", re.IGNORECASE)
_MARKS = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "s": "~~",
    "del": "~~",
    "strike": "~~",
    "code": "`",
    "kbd": "`",
}


def moved(source: str, journey: Journey) -> str:
    """*source* with its addresses as *journey* says; HTML in it becomes Markdown, and the shortcodes of Hugo and Jekyll
    what they would have shown."""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    text = _outside_code(text, blocks_of_code)
    return _outside_code(_blocks_written(text, journey), lambda part: _foreign(part, journey))


def _foreign(part: str, journey: Journey) -> str:
    part = _ATTRIBUTES.sub("", without_shortcodes(part, journey))
    return _addresses(_inline_html(part, journey), journey)


def _blocks(text: str, kinds: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """First line, line after the last, kind of the outermost blocks of *kinds*; none when the text is too much work."""
    try:
        tokens = _PARSER.parse(text, {"patience": Patience(SECONDS)})
    except (TooMuch, RecursionError):
        return
    after = 0
    for token in tokens:
        if token.type in kinds and token.map and token.map[0] >= after:
            after = token.map[1]
            yield token.map[0], token.map[1], token.type


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """*text* with *change* made to all of it that is no code."""
    lines, parts, done = text.split("\n"), [], 0
    for first, after, _ in _blocks(text, frozenset({"fence", "code_block"})):
        parts += [_outside_spans("\n".join(lines[done:first]), change)] if first > done else []
        parts.append("\n".join(lines[first:after]))
        done = after
    if done < len(lines):
        parts.append(_outside_spans("\n".join(lines[done:]), change))
    return "\n".join(parts)


def _outside_spans(text: str, change: Callable[[str], str]) -> str:
    """Code within a line is put aside, since links may go around it."""
    spans: list[str] = []

    def aside(found: re.Match[str]) -> str:
        spans.append(found[0])
        return f"\ue000{len(spans) - 1}\ue001"

    changed = change(_CODE_SPAN.sub(aside, re.sub("[\ue000\ue001]", "", text)))
    return re.sub("\ue000([0-9]{1,9})\ue001", lambda found: spans[int(found[1])], changed)


def _blocks_written(text: str, journey: Journey) -> str:
    """Blocks of HTML as Markdown."""
    lines, parts, done = text.split("\n"), [], 0
    for first, after, _ in _blocks(text, frozenset({"html_block"})):
        html = "\n".join(lines[first:after])
        if html[:1].isspace() or len(html) > HTML_LENGTH:
            continue  # within a list: the words stay where they are
        parts += lines[done:first]
        markdown = written(html, journey.edit).rstrip("\n")
        parts += ["", markdown, ""] if markdown else [""]
        done = after
        if _COMMENT.sub("", html).strip():
            _say_html(journey)
    return "\n".join([*parts, *lines[done:]])


def _say_html(journey: Journey) -> None:
    journey.notes.add(N_("HTML within the text became Markdown; what has no word there was left out."))


def _inline_html(part: str, journey: Journey) -> str:
    part = _COMMENT.sub("", part)

    def as_markdown(found: re.Match[str]) -> str:
        _say_html(journey)
        return written(found[0], journey.edit).strip("\n")

    def as_mark(found: re.Match[str]) -> str:
        name = found[2].lower()
        if name not in HTML_NAMES:
            return found[0]
        _say_html(journey)
        if name == "img":
            return written(found[0], journey.edit).strip("\n")
        if name == "br":
            return "\\\n" if "|" not in found.string[: found.start()].rpartition("\n")[2] else " "
        return _MARKS.get(name, "")

    return _INLINE.sub(as_mark, _LINKED.sub(as_markdown, part))


def _addresses(part: str, journey: Journey) -> str:
    def picture(found: re.Match[str]) -> str:
        to = _plain(found["to"])
        if not to or to.startswith("import:"):
            return found[0]
        mark = journey.picture(to, _unmarked(found["alt"]))
        if mark is not None:
            return _with(found, mark)
        told, label = journey.absolute(to), found["alt"] or to.rpartition("/")[2]
        if found["before"] or not told.startswith(("http://", "https://", "/")):
            return f"{found['before']}{label}"
        return f"[{label}]({bracketed(told)}{titled(_title(found['title']))})"

    def link(found: re.Match[str]) -> str:
        to = _plain(found["to"])
        if not to or to.startswith(("#", "import:")):
            return found[0]
        target = _target(to, journey)
        return found[0] if target == to else _with(found, target)

    def definition(found: re.Match[str]) -> str:
        return f"{found['name']}{_target(_plain(found['to']), journey)}"

    part = _PICTURE.sub(picture, part)
    return _LINK.sub(link, _DEFINITION.sub(definition, part))


def _with(found: re.Match[str], target: str) -> str:
    """The match with another address in it, all else as it was typed."""
    start, end = found.start("to") - found.start(), found.end("to") - found.start()
    return f"{found[0][:start]}{target}{found[0][end:]}"


def _target(to: str, journey: Journey) -> str:
    """What a link or a definition leads to; a file of the archive that is a picture goes along."""
    if journey.name_of(to) is not None:
        return journey.picture(to) or to
    target = journey.link(to)
    return to if target == to else bracketed(target)


def _plain(destination: str) -> str:
    return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", destination.strip("<>")))


def _title(quoted: str | None) -> str:
    return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", quoted[1:-1])) if quoted else ""


def _unmarked(alt: str) -> str:
    return " ".join(re.sub(r"\\([!-/:-@\[-`{-~])|[*_`]", r"\1", alt).split())
