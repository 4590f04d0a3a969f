"""A field of knowledge, and how its questions are laid out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NewType, TypeVar

from core.competency_matrix.errors import NameTaken, OrderChanged, PlaceNotFound
from core.competency_matrix.texts import folded
from core.errors import Invalid, Problem, refuse_if_any
from core.slugs import slug_problem
from core.text import N_

SheetId = NewType("SheetId", str)
SectionId = NewType("SectionId", str)
SubsectionId = NewType("SubsectionId", str)

NAME_LENGTH = 100
ABOUT_LENGTH = 500
PLACES_MAX = 100
"""So many sections may a sheet have, and so many subsections a section."""
FORMER_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsection:
    id: SubsectionId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """*subsections* in their order, no two of the same name."""

    id: SectionId
    name: str
    subsections: tuple[Subsection, ...] = ()


Place = TypeVar("Place", Section, Subsection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """*key* is its address under /matrix/, *former_keys* are those that it had, the last one last; *sections* in their
    order, no two of the same name; *position* its place among the sheets; *version* counts saves of all of it."""

    id: SheetId
    key: str
    name: str
    description: str = ""
    sections: tuple[Section, ...] = ()
    position: int = 0
    former_keys: tuple[str, ...] = ()
    version: int = 1

    @property
    def subsections(self) -> tuple[Subsection, ...]:
        return tuple(subsection for section in self.sections for subsection in section.subsections)

    def section(self, section_id: str) -> Section:
        """Raises PlaceNotFound."""
        found = next((section for section in self.sections if section.id == section_id), None)
        if found is None:
            raise PlaceNotFound
        return found

    def holds(self, place_id: str) -> bool:
        """Whether that section or subsection is here."""
        return any(place_id in (section.id, *(one.id for one in section.subsections)) for section in self.sections)

    def section_of(self, subsection_id: str) -> Section:
        """The section that the subsection is in. Raises PlaceNotFound."""
        for section in self.sections:
            if any(subsection.id == subsection_id for subsection in section.subsections):
                return section
        raise PlaceNotFound

    def subsection(self, subsection_id: str) -> Subsection:
        """Raises PlaceNotFound."""
        found = self.section_of(subsection_id)
        return next(subsection for subsection in found.subsections if subsection.id == subsection_id)

    def described(self, *, key: str, name: str, description: str) -> Sheet:
        """The sheet under another name. Raises Invalid."""
        refuse_if_any(sheet_problems(key=key, name=name, description=description))
        former = left_behind(self.former_keys, self.key, key)
        return replace(self, key=key, name=_trimmed(name), description=description.strip(), former_keys=former)

    def with_section(self, name: str) -> Sheet:
        """With a further section at the end. Raises Invalid or NameTaken."""
        _check(name, self.sections)
        return replace(self, sections=(*self.sections, Section(id=SectionId(_new_id()), name=_trimmed(name))))

    def with_subsection(self, section_id: str, name: str) -> Sheet:
        """With a further subsection at the end of the section. Raises PlaceNotFound, Invalid or NameTaken."""
        section = self.section(section_id)
        _check(name, section.subsections)
        added = Subsection(id=SubsectionId(_new_id()), name=_trimmed(name))
        return self._put(replace(section, subsections=(*section.subsections, added)))

    def rename(self, place_id: str, name: str) -> Sheet:
        """A section or subsection under another name. Raises PlaceNotFound, Invalid or NameTaken."""
        for section in self.sections:
            if section.id == place_id:
                _check(name, [other for other in self.sections if other.id != place_id])
                return self._put(replace(section, name=_trimmed(name)))
        section = self.section_of(place_id)
        _check(name, [other for other in section.subsections if other.id != place_id])
        renamed = tuple(replace(one, name=_trimmed(name)) if one.id == place_id else one for one in section.subsections)
        return self._put(replace(section, subsections=renamed))

    def ordered(self, section_ids: Sequence[str]) -> Sheet:
        """The sections in the order of *section_ids*, which names each once. Raises OrderChanged."""
        return replace(self, sections=_ordered(self.sections, section_ids))

    def ordered_within(self, section_id: str, subsection_ids: Sequence[str]) -> Sheet:
        """The same for the subsections of one section. Raises PlaceNotFound or OrderChanged."""
        section = self.section(section_id)
        return self._put(replace(section, subsections=_ordered(section.subsections, subsection_ids)))

    def without(self, place_id: str) -> Sheet:
        """Without that section or subsection. Whether it is empty is for the caller. Raises PlaceNotFound."""
        if any(section.id == place_id for section in self.sections):
            return replace(self, sections=tuple(section for section in self.sections if section.id != place_id))
        section = self.section_of(place_id)
        left = tuple(one for one in section.subsections if one.id != place_id)
        return self._put(replace(section, subsections=left))

    def with_moved(self, subsection: Subsection, section_id: str) -> Sheet:
        """With *subsection*, which came from another section or sheet, at the end of the section. Raises
        PlaceNotFound or NameTaken."""
        section = self.section(section_id)
        _check(subsection.name, section.subsections)
        return self._put(replace(section, subsections=(*section.subsections, subsection)))

    def _put(self, section: Section) -> Sheet:
        return replace(self, sections=tuple(section if one.id == section.id else one for one in self.sections))


def new_sheet(*, key: str, name: str, description: str = "", position: int = 0) -> Sheet:
    """An empty sheet under a new id. Raises Invalid."""
    blank = Sheet(id=SheetId(_new_id()), key=key, name="", position=position)
    return blank.described(key=key, name=name, description=description)


def sheet_with(subsection_id: str, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet that the subsection is in."""
    return next((sheet for sheet in sheets if any(one.id == subsection_id for one in sheet.subsections)), None)


def sheet_holding(place_id: str, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet that the section or subsection is in."""
    return next((sheet for sheet in sheets if sheet.holds(place_id)), None)


def sheet_called(key: str, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet that has this address, or else the one that had it before."""
    named = [sheet for sheet in sheets if sheet.key == key]
    return next(iter([*named, *(sheet for sheet in sheets if key in sheet.former_keys)]), None)


def left_behind(former: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """The addresses that lead to what moved from *old* to *new* and had *former* ones before."""
    kept = dict.fromkeys((*(one for one in former if one != old), old))
    kept.pop(new, None)
    return tuple(kept)[-FORMER_MAX:]


def sheet_problems(*, key: str, name: str, description: str) -> list[Problem]:
    found = [problem] if (problem := slug_problem(key, "key")) else []
    found += _name_problems(name)
    if len(description) > ABOUT_LENGTH:
        found.append(Problem.of("description", N_("At most %(limit)d characters, please."), limit=ABOUT_LENGTH))
    return found


def _name_problems(name: str) -> list[Problem]:
    if not name.strip():
        return [Problem.of("name", N_("It needs a name."))]
    if len(name) > NAME_LENGTH:
        return [Problem.of("name", N_("At most %(limit)d characters, please."), limit=NAME_LENGTH)]
    return []


def _check(name: str, neighbours: Sequence[Section] | Sequence[Subsection]) -> None:
    refuse_if_any(_name_problems(name))
    if len(neighbours) >= PLACES_MAX:
        raise Invalid(Problem.of("name", N_("At most %(limit)d entries, please."), limit=PLACES_MAX))
    if folded(name) in {folded(neighbour.name) for neighbour in neighbours}:
        raise NameTaken(_trimmed(name))


def _ordered(places: Sequence[Place], wanted: Sequence[str]) -> tuple[Place, ...]:
    by_id = {str(place.id): place for place in places}
    if sorted(wanted) != sorted(by_id):
        raise OrderChanged
    return tuple(by_id[place_id] for place_id in wanted)


def _trimmed(name: str) -> str:
    return " ".join(name.split())


def _new_id() -> str:
    return secrets.token_hex(16)
