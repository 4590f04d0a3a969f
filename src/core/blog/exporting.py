"""The parts of taking texts out of their site: what pictures are called, how texts name them, what translates what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.blog.addresses import address_of
from core.blog.entities import PostId, PostKind
from core.blog.exports import MEDIA, ExportedPicture, is_alias
from core.blog.storage import PostOutline
from core.pictures import LibraryPicture
from core.slugs import SlugMaker

NAME_LENGTH = 80
_BEFORE = r"(?P<before>\]\(|\]: )"
_AFTER = r"(?=[\s)]|\Z)"
_KEY = r"/media/(?P<{0}>[0-9a-f]{{32}})(?:-[0-9]{{1,5}}w(?:r[0-9a-f]{{8}})?)?\.(?:webp|avif|jpg|png)"
_SHOWN = re.compile(
    rf"{_BEFORE}(?:\s*(?:<{_KEY.format('bracketed')}>|{_KEY.format('bare')})|{MEDIA}/(?P<name>[a-z0-9-]+\.webp)){_AFTER}"
    r"|(?P<mark>\]\(|\]: )import:"
)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPicture:
    """A picture with its name outside. *keys* are the library's for the same bytes."""

    exported: ExportedPicture
    source: LibraryPicture
    keys: tuple[str, ...]


def named(pictures: Sequence[LibraryPicture], slugs: SlugMaker) -> Sequence[NamedPicture]:
    """All different *pictures* by name. Names follow from file names and bytes alone, and whoever has only these names
    as file names gets the same ones: a site that imported them exports them so."""
    alike: dict[str, list[LibraryPicture]] = defaultdict(list)
    for picture in pictures:
        alike[picture.digest].append(picture)
    wanted = {digest: min(_plain_name(one.filename, slugs) for one in same) for digest, same in alike.items()}
    reserved, taken = set(wanted.values()), set[str]()
    found = []
    for digest in sorted(alike, key=lambda digest: (wanted[digest], digest)):
        name = _free(wanted[digest], reserved, taken)
        taken.add(name)
        alt = min((one.alt for one in alike[digest] if one.alt), default="")
        keys = tuple(one.key for one in alike[digest])
        exported = ExportedPicture(name=name, alt=alt)
        found.append(NamedPicture(exported=exported, source=alike[digest][0], keys=keys))
    return sorted(found, key=lambda picture: picture.exported.name)


def names_by_stem(pictures: Sequence[NamedPicture]) -> Mapping[str, str]:
    """The names outside by the stems of keys, which all sizes of a picture share."""
    return {_stem(key): picture.exported.name for picture in pictures for key in picture.keys}


def portable_cover(cover: str | None, names: Mapping[str, str]) -> str | None:
    return names.get(_stem(cover)) if cover else None


def portable_body(body: str, names: Mapping[str, str]) -> str:
    """*body* with the pictures of *names* as ``media/NAME``; what looked so before gets ``./`` in front, so that nobody
    takes it for one. All else stays, to the letter."""
    known = set(names.values())

    def carried(found: re.Match[str]) -> str:
        if found["mark"]:
            return f"{found['mark']}./import:"
        if found["name"]:
            return f"{found['before']}./{MEDIA}/{found['name']}" if found["name"] in known else found[0]
        name = names.get(found["bracketed"] or found["bare"])
        return f"{found['before']}{MEDIA}/{name}" if name else found[0]

    return _SHOWN.sub(carried, body)


def originals(outlines: Sequence[PostOutline]) -> Mapping[PostId, str]:
    """For each translation the slug of the text that it translates: the one that gave its group the name, or where that
    is gone the oldest. Each language once; what is left over stands for itself."""
    groups: dict[tuple[PostId, PostKind], list[PostOutline]] = defaultdict(list)
    for outline in outlines:
        groups[outline.group_id, outline.kind].append(outline)
    found: dict[PostId, str] = {}
    for (group_id, _), members in groups.items():
        members.sort(key=lambda one: (one.id != group_id, one.created_at, one.slug))
        by_lang: dict[str, PostOutline] = {}
        for member in members:
            by_lang.setdefault(member.lang, member)
        found |= {one.id: members[0].slug for one in by_lang.values() if one is not members[0]}
    return found


def aliases_of(
    paths: Mapping[PostId, Sequence[str]], outlines: Sequence[PostOutline]
) -> Mapping[PostId, tuple[str, ...]]:
    """The old addresses that still lead to a text: not those at which another one stands now."""
    standing = {address_of(outline.kind, outline.slug) for outline in outlines}
    return {
        post_id: tuple(sorted(path for path in old if is_alias(path) and path not in standing))
        for post_id, old in paths.items()
    }


def _free(name: str, reserved: set[str], taken: set[str]) -> str:
    if name not in taken:
        return name
    stem, _, extension = name.rpartition(".")
    number = 2
    while True:
        suffix = f"-{number}"
        numbered = f"{stem[: NAME_LENGTH - len(suffix)].rstrip('-')}{suffix}.{extension}"
        if numbered not in taken and numbered not in reserved:
            return numbered
        number += 1


def _plain_name(filename: str, slugs: SlugMaker) -> str:
    """*filename* in small Latin letters; one that is so already stays."""
    stem = slugs.make(_EXTENSION.sub("", filename))[:NAME_LENGTH].strip("-")
    return f"{stem or 'picture'}.webp"


def _stem(key: str) -> str:
    return key.partition(".")[0]
