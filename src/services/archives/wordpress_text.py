"""What WordPress does to a text before it shows it: blocks, shortcodes, paragraphs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from core.text import N_
from services.archives.fitting import Notes

REUSED_DEPTH = 3
TEXT_LENGTH = 2_000_000
_BLOCK_TAGS = (
    "table|thead|tfoot|caption|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|blockquote|address|p|h[1-6]|hr"
    "|fieldset|section|article|aside|header|footer|nav|figure|figcaption|details|summary|iframe"
)
_OPENS = re.compile(rf"(<(?:{_BLOCK_TAGS})(?=[\s/>]))", re.IGNORECASE)
_CLOSES = re.compile(rf"(</(?:{_BLOCK_TAGS})\s*>|<hr\s*/?>)", re.IGNORECASE)
_STARTS = re.compile(rf"\s*</?(?:{_BLOCK_TAGS})(?=[\s/>])", re.IGNORECASE)
_KEPT = re.compile(r"<(pre|code|script|style|textarea)\b[^<]*(?:<(?!/\1\s*>)[^<]*)*+</\1\s*>", re.IGNORECASE)
_ASIDE = re.compile("\ue002([0-9]{1,9})\ue003")
_URL_LINE = re.compile(r"^[ \t]*(https?://[^\s<>\"]{1,2000})[ \t]*$", re.MULTILINE)
_BLOCK = re.compile(r"<!--\s+wp:([a-z][a-z0-9/_-]{0,100})\s+(\{[^\n]{0,20000}?\}\s+)?/-->")
_ESCAPED = re.compile(r"\[(\[/?[\w-]{1,60}[^\[\]]{0,500}\])\]")
_SHORTCODE = re.compile(r"\[([a-zA-Z][\w-]{0,60})((?:\s[^\[\]]{0,2000})?)/?\]")
_ATTRIBUTE = re.compile(r"""([\w-]{1,60})\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"']{1,500}))""")
_IMAGE = re.compile(r"(?:<a\s[^<>]{0,2000}>\s*)?<img\s[^<>]{0,4000}>(?:\s*</a>)?", re.IGNORECASE)
_SOURCES = ("src", "mp4", "mp3", "m4a", "webm", "ogg")
_CODE = frozenset({"code", "sourcecode", "php", "python", "javascript", "css", "html", "bash", "sql", "crayon"})


@dataclass(frozen=True, slots=True)
class Attachment:
    url: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class WordPressTexts:
    """*attachments* by their ids, *reusable* blocks by theirs."""

    attachments: Mapping[str, Attachment]
    reusable: Mapping[str, str]

    def html(self, content: str, notes: Notes) -> str:
        """*content* as a visitor would get it, without what needs WordPress itself."""
        text = content.replace("\r\n", "\n")
        if len(text) > TEXT_LENGTH:
            notes.add(N_("%(field)s: cut to %(limit)d characters."), field="HTML", limit=TEXT_LENGTH)
        text = re.sub("[\ue002\ue003]", "", text[:TEXT_LENGTH])
        is_classic = "<!-- wp:" not in text
        text = self._blocks(text, notes, 0)
        kept: list[str] = []

        def aside(found: re.Match[str]) -> str:
            kept.append(found[0])
            return f"\ue002{len(kept) - 1}\ue003"

        text = self._shortcodes(_KEPT.sub(aside, text), notes)
        text = _KEPT.sub(aside, text)
        text = _with_paragraphs(text) if is_classic else text
        for _ in range(2):
            text = _ASIDE.sub(lambda found: kept[int(found[1])], text)
        return text

    def _blocks(self, text: str, notes: Notes, depth: int) -> str:
        def dynamic(found: re.Match[str]) -> str:
            name = found[1]
            reference = str(_settings(found[2]).get("ref", ""))
            if name == "block" and reference in self.reusable and depth < REUSED_DEPTH:
                return self._blocks(self.reusable[reference], notes, depth + 1)
            if name == "block":
                notes.add(N_("The reusable block %(id)s is not in the archive and was left out."), id=reference)
            elif name not in ("nextpage", "more", "spacer"):
                notes.add(N_("The block “%(name)s” shows what WordPress itself makes and was left out."), name=name)
            return ""

        return _BLOCK.sub(dynamic, text)

    def _shortcodes(self, text: str, notes: Notes) -> str:
        escaped: list[str] = []

        def put_aside(found: re.Match[str]) -> str:
            escaped.append(found[1])
            return f"\ue004{len(escaped) - 1}\ue005"

        text = _ESCAPED.sub(put_aside, re.sub("[\ue004\ue005]", "", text))
        closed = set(re.findall(r"\[/([\w-]{1,60})\]", text))
        parts, done = [], 0
        for found in _SHORTCODE.finditer(text):
            if found.start() < done:
                continue
            name, said = found[1], _attributes(found[2])
            if not said and name not in closed and name not in ("gallery", "playlist"):
                continue
            close = text.find(f"[/{name}]", found.end()) if name in closed else -1
            inner = text[found.end() : close] if close >= 0 else ""
            parts += [text[done : found.start()], self._shown(name, said, inner, notes)]
            done = close + len(name) + 3 if close >= 0 else found.end()
        text = "".join([*parts, text[done:]])
        return re.sub("\ue004([0-9]{1,9})\ue005", lambda found: escaped[int(found[1])], text)

    def _shown(self, name: str, said: Mapping[str, str], inner: str, notes: Notes) -> str:
        kind = name.lower()
        if kind in ("caption", "wp_caption") and (image := _IMAGE.search(inner)):
            words = said.get("caption") or inner[: image.start()] + inner[image.end() :]
            return f"\n\n<figure>{image[0]}<figcaption>{words.strip()}</figcaption></figure>\n\n"
        if kind == "gallery":
            return self._gallery(said, notes)
        if kind in ("embed", "audio", "video", "playlist"):
            address = inner.strip() or next(
                (said[key] for key in ("src", "mp4", "mp3", "m4a", "webm", "ogg") if key in said), ""
            )
            return f'\n\n<p><a href="{escape(address)}">{escape(address)}</a></p>\n\n' if address else ""
        if kind in _CODE and inner:
            language = (
                said.get("language") or said.get("lang") or ("" if kind in ("code", "sourcecode", "crayon") else kind)
            )
            code = inner if "&lt;" in inner else escape(inner, quote=False)
            of = "" if language in ("code", "sourcecode", "crayon") else f' class="language-{escape(language)}"'
            return f"<pre{of}>{code}</pre>"
        notes.add(N_("The shortcode “%(name)s” means nothing here; only what it enclosed came over."), name=name)
        return self._shortcodes(inner, notes) if "[" in inner and len(inner) < 100_000 else inner

    def _gallery(self, said: Mapping[str, str], notes: Notes) -> str:
        images = []
        for number in re.findall(r"[0-9]{1,12}", said.get("ids") or said.get("include") or ""):
            found = self.attachments.get(number)
            if found is None:
                notes.add(N_("Picture %(id)s of a gallery is not in the export and was left out."), id=number)
                continue
            caption = f"<figcaption>{escape(found.caption)}</figcaption>" if found.caption else ""
            images.append(f'<figure><img src="{escape(found.url)}" alt="{escape(found.alt)}">{caption}</figure>')
        if not said.get("ids") and not said.get("include"):
            notes.add(N_("A gallery of all pictures of its post names none of them and was left out."))
        return "\n\n" + "".join(images) + "\n\n"


def _with_paragraphs(text: str) -> str:
    """As wpautop: an empty line begins a paragraph, a single one is a break, an address alone is embedded."""
    text = _URL_LINE.sub(r'\n\n<p><a href="\1">\1</a></p>\n\n', text)
    text = re.sub("(\ue002[0-9]{1,9}\ue003)\n", "\\1\n", text)
    text = _CLOSES.sub(r"\1\n\n", _OPENS.sub(r"\n\n\1", text))
    parts = []
    for part in re.split(r"\n\s*\n", text):
        words = part.strip()
        if not words:
            continue
        is_block = _STARTS.match(words) or _ASIDE.fullmatch(words)
        parts.append(words if is_block else f"<p>{_broken(words)}</p>")
    return "\n".join(parts)


def _broken(words: str) -> str:
    return re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)\n", "<br>\n", words)


def _settings(said: str | None) -> Mapping[str, object]:
    try:
        found = json.loads(said or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _attributes(said: str) -> dict[str, str]:
    return {
        found[1].lower(): found[2] or found[3] or found[4] or ""
        for found in _ATTRIBUTE.finditer(said.replace("&quot;", '"'))
    }
