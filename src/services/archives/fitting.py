"""What others allowed and we do not is trimmed or remade, and said."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from core.blog.archives import Note
from core.blog.texts import (
    BODY_LENGTH,
    DESCRIPTION_LENGTH,
    SERIES_LENGTH,
    TAG_LENGTH,
    TAGS_MAX,
    TITLE_LENGTH,
    URL_LENGTH,
)
from core.locales import LOCALES
from core.slugs import SLUG_LENGTH, SlugMaker, slug_problem
from core.text import N_

_NOT_IN_TAGS = re.compile(r"[^\w.+#-]+|_+")
_DOUBLE = re.compile(r"-{2,}")
_ROOM_FOR_NUMBER = 6
PATH_LENGTH = 1_000
KEY_LENGTH = 300
SAID_LENGTH = 60
NUL = "\x00"


@dataclass(slots=True)
class Notes:
    """The notes of one item, each once."""

    said: list[Note] = field(default_factory=list)

    def add(self, message: str, **params: object) -> None:
        note = Note.of(message, **params)
        if note not in self.said:
            self.said.append(note)


def fitting_line(text: str, limit: int, field_name: str, notes: Notes) -> str:
    """One line of at most *limit* characters, cut between words."""
    line = " ".join(text.replace("\x00", "").split())
    if len(line) <= limit:
        return line
    notes.add(N_("%(field)s: cut to %(limit)d characters."), field=field_name, limit=limit)
    head = line[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip() + "…"


def fitting_title(text: str, notes: Notes) -> str:
    return fitting_line(text, TITLE_LENGTH, "title", notes)


def fitting_description(text: str, field_name: str, notes: Notes) -> str:
    return fitting_line(text, DESCRIPTION_LENGTH, field_name, notes)


def fitting_series(text: str, notes: Notes) -> str:
    return fitting_line(text, SERIES_LENGTH, "series", notes)


def fitting_body(text: str, notes: Notes) -> str:
    body = text.replace("\x00", "").encode("utf-8", "replace").decode()
    if len(body) <= BODY_LENGTH:
        return body
    notes.add(N_("%(field)s: cut to %(limit)d characters."), field="body", limit=BODY_LENGTH)
    head = body[:BODY_LENGTH]
    return head[: head.rfind("\n") + 1] or head


def fitting_key(text: str) -> str:
    """*text* short enough to be looked up by."""
    if len(text) <= KEY_LENGTH and NUL not in text:
        return text
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    return f"{text.replace(NUL, '')[: KEY_LENGTH - len(digest) - 1]}#{digest}"


def fitting_tags(names: Iterable[str], notes: Notes) -> tuple[str, ...]:
    """Tags as ours may be: small letters and hyphens, the first TAGS_MAX of them."""
    found: dict[str, None] = {}
    for name in names:
        tag = _tag(name)
        if tag:
            found[tag] = None
        elif name.strip():
            notes.add(N_("The tag “%(tag)s” cannot be used here and was left out."), tag=name.strip()[:TAG_LENGTH])
    if len(found) > TAGS_MAX:
        rest = ", ".join(list(found)[TAGS_MAX:])
        notes.add(N_("Only the first %(limit)d tags came over; left out: %(tags)s."), limit=TAGS_MAX, tags=rest)
    return tuple(found)[:TAGS_MAX]


def _tag(name: str) -> str:
    words = _DOUBLE.sub("-", _NOT_IN_TAGS.sub("-", name.lower().strip()))
    return words.lstrip("-.+#")[:TAG_LENGTH].rstrip("-.")


def fitting_address(url: str, notes: Notes) -> str:
    """A canonical address, or none."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        is_usable = False
    if is_usable and len(text) <= URL_LENGTH:
        return text
    if text:
        notes.add(N_("The canonical address %(url)s is no whole web address and was left out."), url=text[:URL_LENGTH])
    return ""


def fitting_lang(text: str, notes: Notes) -> str:
    """A language of ours, or none said."""
    lang = text.strip().lower().replace("_", "-").partition("-")[0]
    if lang and lang not in LOCALES:
        notes.add(N_("The language “%(lang)s” is not offered here; the site's own is taken."), lang=text.strip()[:20])
        return ""
    return lang


class Slugs:
    """Gives each item of an archive a usable address that no other of its kind has."""

    def __init__(self, maker: SlugMaker) -> None:
        self._maker = maker
        self._taken: set[tuple[str, str]] = set()

    def take(self, kind: str, wanted: str, title: str) -> str:
        """*wanted* when it is usable and free; else one made of it or of the title, numbered."""
        decoded = unquote(wanted).strip().strip("/").rpartition("/")[2]
        base = next((slug for slug in self._candidates(decoded, title, kind) if slug_problem(slug) is None), kind)
        slug, number = base, 1
        while (kind, slug) in self._taken:
            number += 1
            slug = f"{base[: SLUG_LENGTH - _ROOM_FOR_NUMBER].rstrip('-')}-{number}"
        self._taken.add((kind, slug))
        return slug

    def _candidates(self, wanted: str, title: str, kind: str) -> Sequence[str]:
        made, titled = self._maker.make(wanted), self._maker.make(title)
        return (wanted, made, f"{kind}-{made}"[:SLUG_LENGTH] if made else "", titled, f"{kind}-{titled}"[:SLUG_LENGTH])


def note_slug(wanted: str, slug: str, notes: Notes) -> None:
    name = unquote(wanted).strip("/").rpartition("/")[2]
    if name and name != slug:
        notes.add(N_("The address “%(old)s” became “%(new)s”."), old=name[:PATH_LENGTH], new=slug)


def old_path(address: str) -> str:
    """The part of *address* that a redirect knows: no host, not encoded, no slash at the end; empty for none."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = unquote(parts.path, errors="strict") if _is_utf8(parts.path) else parts.path
    path = "/" + path.strip("/").removesuffix("/index.html").removesuffix("index.html").rstrip("/")
    query = re.fullmatch(r"(?:p|page_id)=[0-9]{1,12}", parts.query)
    if path == "/":
        return f"/?{parts.query}" if query else ""
    return path if len(path) <= PATH_LENGTH and path.isprintable() else ""


def _is_utf8(path: str) -> bool:
    try:
        unquote(path, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def old_paths(addresses: Iterable[str], own: str) -> tuple[str, ...]:
    """Each once, without the one that the item will have itself."""
    found = dict.fromkeys(filter(None, map(old_path, addresses)))
    found.pop(own, None)
    return tuple(found)


def undated(said: str, notes: Notes) -> None:
    """Tell why a text without a time comes as a draft: *said* is what stands where its time should."""
    if said:
        notes.add(N_("“%(date)s” is no date, so it comes as a draft."), date=shortened(said))
    else:
        notes.add(N_("It says nowhere when it was published, and comes as a draft."))


def shortened(said: str) -> str:
    return said if len(said) <= SAID_LENGTH else f"{said[: SAID_LENGTH - 1]}…"


def moment(text: object) -> datetime | None:
    """A time in UTC from what files say of it; without a zone it is meant in UTC. None for what is no time."""
    if isinstance(text, datetime):
        return _utc(text)
    words = str(text or "").strip().replace("/", "-")
    zone = re.fullmatch(r"(.*?[\dT:.])\s*(?:UTC|GMT|Z)?\s*([+-]\d{2}:?\d{2})?", words, re.IGNORECASE)
    shape = f"{zone[1]}{zone[2] or ''}" if zone else words
    short = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(.*)", shape)
    if short:
        shape = f"{short[1]}-{int(short[2]):02}-{int(short[3]):02}{short[4]}"
    try:
        return _utc(datetime.fromisoformat(re.sub(r"([ T])(\d):", r"\g<1>0\2:", shape)))
    except ValueError:
        return None


def _utc(time: datetime) -> datetime | None:
    try:
        found = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return found if 1900 < found.year < 9000 else None
