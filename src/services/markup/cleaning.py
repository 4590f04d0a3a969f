"""The last gate: whatever the parser made, only this leaves."""

import re
from collections.abc import Callable

import nh3

from services.markup.code import CLASSES
from services.markup.links import SCHEMES, is_safe_link, is_safe_picture

TAGS = {
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
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "li": {"id"},
    "div": {"data-language"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
VALUES = {
    "input": {"type": {"checkbox"}, "checked": {"checked"}, "disabled": {"disabled"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "section": {"role": {"doc-endnotes"}},
}
ALLOWED_CLASSES = {
    "span": set(CLASSES),
    "div": {"highlight", "table-wrap"},
    "th": {"ta-left", "ta-center", "ta-right"},
    "td": {"ta-left", "ta-center", "ta-right"},
    "ul": {"contains-task-list"},
    "ol": {"contains-task-list", "footnotes-list"},
    "li": {"task-list-item", "footnote-item"},
    "input": {"task-list-item-checkbox"},
    "sup": {"footnote-ref"},
    "hr": {"footnotes-sep"},
    "section": {"footnotes"},
    "a": {"footnote-backref"},
}
_ID = re.compile(r"h-[a-z0-9-]+|fn(?:ref)?[0-9]+(?::[0-9]+)?")
_CHECKS: dict[str, Callable[[str], bool]] = {
    "href": is_safe_link,
    "src": is_safe_picture,
    "id": lambda value: _ID.fullmatch(value) is not None,
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
    del tag
    check = _CHECKS.get(attribute)
    return value if check is None or check(value) else None
