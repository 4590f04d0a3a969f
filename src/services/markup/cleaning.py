"""The last gate: whatever the parser made, only this leaves."""

import re
from collections.abc import Callable

import nh3

from services.markup import alerts, code, math
from services.markup.links import SCHEMES, is_safe_link
from services.markup.pictures import BETTER, SIZES, is_safe_picture

MATHEMATICAL = {
    "math",
    "menclose",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
}
TAGS = MATHEMATICAL | {
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "ul",
    "ol",
    "li",
    "pre",
    "code",
    "hr",
    "br",
    "em",
    "strong",
    "s",
    "a",
    "img",
    "picture",
    "source",
    "figure",
    "figcaption",
    "div",
    "span",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "sup",
    "section",
    "input",
    "label",
}
ATTRIBUTES = {
    "a": {"href", "title", "rel", "id"},
    "img": {"src", "alt", "title", "width", "height"},
    "source": {"srcset"},
    "ol": {"start"},
    "li": {"id"},
    "div": {"data-language"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    "math": {"alttext"},
    "mo": {"lspace", "rspace", "minsize", "maxsize"},
    "mspace": {"width"},
    "mpadded": {"width", "height", "voffset"},
}
_YES_OR_NO = {"true", "false"}
_STYLED = {"displaystyle": _YES_OR_NO, "scriptlevel": {"0", "1", "2"}}
VALUES = {
    "input": {"type": {"checkbox"}, "checked": {"checked"}, "disabled": {"disabled"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "section": {"role": {"doc-endnotes"}},
    "div": {"role": {"note"}},
    "source": {"type": set(BETTER), "sizes": {SIZES}},
    "math": {"display": {"block"}},
    "mi": {"mathvariant": {"normal"}},
    "mo": dict.fromkeys(("stretchy", "fence", "separator", "movablelimits", "symmetric", "largeop"), _YES_OR_NO),
    "mover": {"accent": _YES_OR_NO},
    "munder": {"accentunder": _YES_OR_NO},
    "munderover": {"accent": _YES_OR_NO, "accentunder": _YES_OR_NO},
    "menclose": {"notation": {"box", "updiagonalstrike", "downdiagonalstrike", "updiagonalstrike downdiagonalstrike"}},
    "mfrac": {"linethickness": {"0"}, **_STYLED},
    "mrow": _STYLED,
    "mtable": _STYLED,
}
ALLOWED_CLASSES = {
    "span": {*code.CLASSES, "code-title", "code-language", "admonition-kind"},
    "div": {"highlight", "code-head", "table-wrap", "math-wrap", "admonition", *alerts.KINDS},
    "p": {"admonition-title"},
    "code": {"math-source"},
    "img": {f"tone-{red}{green}{blue}" for red in range(4) for green in range(4) for blue in range(4)},
    "th": {"ta-left", "ta-center", "ta-right"},
    "td": {"ta-left", "ta-center", "ta-right"},
    "ul": {"contains-task-list"},
    "ol": {"contains-task-list", "footnotes-list"},
    "li": {"task-list-item", "footnote-item"},
    "input": {"task-list-item-checkbox"},
    "sup": {"footnote-ref"},
    "hr": {"footnotes-sep"},
    "section": {"footnotes"},
    "a": {"footnote-backref", "heading-link"},
    "mtd": set(math.CLASSES),
    "mtable": set(math.CLASSES),
    "mspace": set(math.CLASSES),
}
_ID = re.compile(r"h-[a-z0-9-]+|fn(?:ref)?[0-9]+(?::[0-9]+)?")
_LENGTHS = ("lspace", "rspace", "minsize", "maxsize", "width", "height", "voffset")
_PIXELS = re.compile(r"[1-9][0-9]{0,4}")
_SIZE = re.compile(r"-?[0-9]{1,2}(?:\.[0-9]{1,9})?(?:em)?")
_CANDIDATES = re.compile(r"/media/[0-9a-z._-]+ [1-9][0-9]{0,4}w(?:, /media/[0-9a-z._-]+ [1-9][0-9]{0,4}w)*")
_CHECKS: dict[str, Callable[[str], bool]] = {
    "href": is_safe_link,
    "src": is_safe_picture,
    "srcset": lambda value: _CANDIDATES.fullmatch(value) is not None,
    "id": lambda value: _ID.fullmatch(value) is not None,
    **{name: lambda value: _SIZE.fullmatch(value) is not None for name in _LENGTHS},
}


def clean(html: str) -> str:
    """*html* with nothing but the allowed tags, attributes, classes, ids and addresses."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values=VALUES,
        allowed_classes=ALLOWED_CLASSES,
        attribute_filter=_kept,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute in ("width", "height"):
        return value if _PIXELS.fullmatch(value) else None
    check = _CHECKS.get(attribute)
    return value if check is None or check(value) else None
