"""Words that would be read as marks."""

import re
from urllib.parse import quote

_ALWAYS = re.compile(r"([\\*`\[\]|$])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_WAVES = re.compile(r"~(?=~)|(?<=~)~|\A~|~\Z")
_FIRST = re.compile(
    r"(\s*)(?:(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+(?=\s|$)|-{2,}(?=\s|$|:)|:::|:?-+:?(?=\s|$)|~{3,})|(\d{1,9})([.)])(?=\s|$))"
)
_BLANKS = re.compile(r"[\s()<>\\\"\[\]]")
_UNSAFE_IN_ADDRESS = {ord(char): quote(char) for char in ' \t\n\r()<>\\"[]`|'}


def escaped(text: str, *, is_first: bool = True) -> str:
    """*text* so that it is read as itself; *is_first*: it may begin a line."""
    text = _ALWAYS.sub(r"\\\1", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _TAG.sub(r"\\<", text)
    text = _ENTITY.sub(r"\\&", text)
    text = _WAVES.sub(r"\\~", text)
    return _FIRST.sub(_begins, text, count=1) if is_first and _FIRST.match(text) else text


def _begins(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}"


def address(url: str) -> str:
    """*url* as it may stand between round brackets."""
    return url.strip().translate(_UNSAFE_IN_ADDRESS)


def title(words: str) -> str:
    """A title behind an address, with its blank; nothing for no words."""
    words = " ".join(words.split())
    marked = re.sub(r'(["\\])', r"\\\1", words)
    return f' "{_ENTITY.sub(chr(92) * 2 + "&", marked)}"' if words else ""
