"""What Hugo and Jekyll put into Markdown."""

import re
from collections.abc import Mapping

from core.text import N_
from services.archives.addresses import Journey
from services.writing.escaping import address, title

_HIGHLIGHT = re.compile(
    r"""^[ \t]*(?:\{\{[<%]\s*highlight\s+(?P<hugo>[\w+#.-]{1,30})[^{}\n]{0,200}[%>]\}\}\n?"""
    r"""(?P<code>.*?)\{\{[<%]\s*/\s*highlight\s*[%>]\}\}"""
    r"""|\{%-?\s*highlight\s+(?P<jekyll>[\w+#.-]{1,30})[^{}\n]{0,200}-?%\}\n?"""
    r"""(?P<lines>.*?)\{%-?\s*endhighlight\s*-?%\})""",
    re.DOTALL | re.MULTILINE,
)
_REFERENCE = re.compile(
    r"""\{\{[<%]\s*(?:rel)?ref\s+["`]?([^"`\s{}]{1,300})["`]?[^{}\n]{0,100}[%>]\}\}"""
    r"""|\{%-?\s*(?:post_url|link)\s+([^\s{}]{1,300})\s*-?%\}"""
)
_SHORTCODE = re.compile(r"\{\{([<%])\s*(/?)\s*([\w/.-]{1,60})((?:[^{}]|\{(?!\{)){0,2000}?)/?\s*[%>]\}\}")
_TAG = re.compile(r"\{%-?\s*(end)?(\w{1,40})([^{}]{0,2000}?)-?%\}")
_BASE = re.compile(
    r"""\{\{-?\s*site\.(?:baseurl|url)(?:\s*\|[^{}\n]{0,100})?\s*-?\}\}"""
    r"""|\{\{-?\s*["']([^"'{}\n]{0,300})["']\s*\|\s*(?:relative|absolute)_url\s*-?\}\}"""
)
_PARAMETER = re.compile(
    r"""(?:([\w-]{1,40})\s*=\s*)?(?:"((?:\\.|[^"\\]){0,1000})"|`([^`]{0,1000})`|([^\s"`=]{1,500}))"""
)
_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v=%s",
    "vimeo": "https://vimeo.com/%s",
    "gist": "https://gist.github.com/%s",
}


def blocks_of_code(text: str) -> str:
    """Highlighted blocks as fences, so that all that follows leaves them alone."""

    def fence(found: re.Match[str]) -> str:
        language = found["hugo"] or found["jekyll"]
        code = (found["code"] or found["lines"] or "").strip("\n")
        mark = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
        return f"{mark}{language}\n{code}\n{mark}"

    return _HIGHLIGHT.sub(fence, text) if "highlight" in text else text


def without_shortcodes(part: str, journey: Journey) -> str:
    """Figures, players and references as Markdown; of any other its content, and a note."""
    if "{{" not in part and "{%" not in part:
        return part

    def shortcode(found: re.Match[str]) -> str:
        return _shown(found[3].lower(), bool(found[2]), _parameters(found[4]), journey)

    def tag(found: re.Match[str]) -> str:
        if found[2] not in ("raw", "comment"):
            _say(found[2], journey)
        return ""

    part = _REFERENCE.sub(lambda found: f"ref:{found[1] or found[2]}", part)
    part = _BASE.sub(lambda found: found[1] or "", part)
    return _TAG.sub(tag, _SHORTCODE.sub(shortcode, part))


def _shown(name: str, is_end: bool, said: Mapping[str, str], journey: Journey) -> str:
    if name in ("figure", "image", "img") and not is_end and (source := said.get("src") or said.get("0", "")):
        words = title(said.get("caption") or said.get("title") or "")
        return f"![{_bracketed(said.get('alt') or said.get('caption') or '')}]({address(source)}{words})"
    if name in _PLAYERS and (number := said.get("id") or "/".join(said[key] for key in ("0", "1") if key in said)):
        return f"<{_PLAYERS[name] % address(number)}>"
    _say(name, journey)
    return ""


def _say(name: str, journey: Journey) -> None:
    journey.notes.add(N_("The shortcode “%(name)s” means nothing here; only what it enclosed came over."), name=name)


def _parameters(text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for found in _PARAMETER.finditer(text):
        name = found[1] or str(sum(1 for key in said if key.isdigit()))
        said[name.lower()] = next(value for value in (found[2], found[3], found[4], "") if value is not None)
    return said


def _bracketed(words: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", words)
