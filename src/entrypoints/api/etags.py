"""ETags say which version an answer shows: the version, and the coding that it is shown in (``"7-json"``).

If-Match compares the version alone, so a tag from any representation of a thing works for all of them.
"""

from __future__ import annotations

import re
from hashlib import sha256

from entrypoints.api.answers import ApiRequest
from entrypoints.api.refusals import PreconditionMissing

_CODING = "json"
_TAG = re.compile(r'(W/)?"([^"]*)"')
_VERSION = re.compile(r"([1-9][0-9]{0,9})-.+")
_NO_VERSION = 0


def version_tag(version: int, state: str = "") -> str:
    """The tag of a thing's *version*; *state* is what changes without a new version, such as by the clock."""
    return f'"{version}-{_CODING}{f".{state}" if state else ""}"'


def whole_tag(version: int, content: bytes) -> str:
    """The tag of a thing's *version* together with what belongs to it and changes without a new one: all of
    *content*."""
    return version_tag(version, sha256(content).hexdigest()[:16])


def content_tag(content: bytes) -> str:
    """The tag of an answer that has no version of its own, such as a list."""
    return f'"{sha256(content).hexdigest()[:32]}-{_CODING}"'


def packed_tag(tag: str) -> str:
    """The tag of the same, packed by gzip."""
    return f'{tag[:-1]}-gzip"'


def required_version(request: ApiRequest) -> int | None:
    """The version that If-Match names, None for ``*``. Raises PreconditionMissing without the header."""
    if "if-match" not in request.headers:
        raise PreconditionMissing
    return optional_version(request)


def optional_version(request: ApiRequest) -> int | None:
    """The version that If-Match names, None for ``*`` or without the header.

    Of several the newest counts; weak and foreign tags are no version at all, so nothing matches them
    (RFC 9110, 13.1.1).
    """
    header = request.headers.get("if-match")
    if header is None or header.strip() == "*":
        return None
    strong = [text for weak, text in _TAG.findall(header) if not weak]
    versions = [int(found[1]) for text in strong if (found := _VERSION.fullmatch(text))]
    return max(versions, default=_NO_VERSION)


def is_known(request: ApiRequest, tag: str) -> bool:
    """Whether If-None-Match says that the client has what *tag* names already."""
    header = request.headers.get("if-none-match")
    if header is None:
        return False
    return header.strip() == "*" or tag.strip('"') in {text for _, text in _TAG.findall(header)}


def is_meant(request: ApiRequest, tag: str) -> bool:
    """Whether If-Match names *tag*, which is no version, in any coding, or whatever stands (``*``)."""
    header = request.headers.get("if-match", "")
    said = {text.removesuffix("-gzip") for weak, text in _TAG.findall(header) if not weak}
    return header.strip() == "*" or tag.strip('"') in said
