"""What would become of the rows of a file in this site."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from core.clock import Clock
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.files import FoundMatrix, QuestionRow
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.planting import QuestionCode, SheetCode, ground_of, grown, text_of
from core.competency_matrix.readiness import lacks
from core.competency_matrix.resources import resource_problems
from core.competency_matrix.sheets import Sheet, new_sheet, sheet_called
from core.competency_matrix.storage import QuestionFilter, QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.competency_matrix.texts import QuestionText, folded
from core.errors import Invalid, Problem
from core.locales import LOCALES
from core.text import N_

_NUL = "\x00"
SLICE = 50
"""So many rows are looked at in one go, then others have their turn."""


class Verdict(StrEnum):
    """DOUBLE: the site, or a row before it, has a question of its address or its words."""

    NEW = "new"
    DOUBLE = "double"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """*problems* say for each column what is wrong. *double* is the address of the question that is there, *double_id*
    which one it is (empty when only an earlier address is taken), *twin* the number of the row that is the same.
    *is_possible*: it can be brought in by whoever wants it nevertheless. *missing* is evidence that the site does not
    have; the question comes without it."""

    row: QuestionRow
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    double: str = ""
    double_id: str = ""
    twin: int | None = None
    missing: tuple[str, ...] = ()
    is_possible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedMatrix:
    """*sheets* are those of the file that the site would get, by their keys."""

    rows: Sequence[CheckedRow]
    sheets: Mapping[str, Sheet]


@dataclass(slots=True, kw_only=True)
class _Ground:
    """The site as it is and as the rows that were looked at would leave it."""

    lang: str
    settings: MatrixSettings
    sheets: list[Sheet]
    bad_sheets: Mapping[str, tuple[Problem, ...]]
    held: frozenset[str]
    asked: Mapping[str, str]
    ids: Mapping[str, str]
    posts: frozenset[str]
    slugs_seen: dict[str, int] = field(default_factory=dict)
    asked_seen: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCheck:
    """Looks at all rows with a handful of queries, however many there are."""

    sheets: SheetStorage
    questions: QuestionStorage
    composer: QuestionComposer
    clock: Clock

    async def check(self, matrix: FoundMatrix, *, lang: str) -> CheckedMatrix:
        """Nothing is written. *lang* is the site's own language."""
        standing = await self.sheets.list_sheets()
        added, bad = _planned(matrix.sheets, standing)
        ground = await self._ground(matrix, lang, [*standing, *added.values()], bad)
        rows: list[CheckedRow] = []
        for row in matrix.rows:
            if len(rows) % SLICE == 0:
                await asyncio.sleep(0)
            rows.append(self._checked(row, ground))
        return CheckedMatrix(rows=rows, sheets=added)

    async def _ground(
        self, matrix: FoundMatrix, lang: str, sheets: list[Sheet], bad: Mapping[str, tuple[Problem, ...]]
    ) -> _Ground:
        now = self.clock.now()
        slugs = sorted({row.code.slug.strip() for row in matrix.rows if _can_be_asked_for(row.code.slug.strip())})
        names = sorted({name for row in matrix.rows for name in row.code.evidence if _can_be_asked_for(name)})
        cards = await self.questions.list_cards(QuestionFilter(now=now, status=None), lang=lang)
        links = await self.questions.list_evidence(names, now=now) if names else ()
        return _Ground(
            lang=lang,
            settings=await self.sheets.settings(),
            sheets=sheets,
            bad_sheets=bad,
            held=await self.questions.list_held(slugs) if slugs else frozenset(),
            asked={folded(card.question): card.slug for card in reversed(cards)},
            ids={card.slug: str(card.id) for card in cards},
            posts=frozenset(name for link in links for name in (link.slug, link.post_id)),
        )

    def _checked(self, row: QuestionRow, ground: _Ground) -> CheckedRow:
        problems = [*row.problems, *self._problems(row, ground)]
        if problems:
            return CheckedRow(row=row, verdict=Verdict.WRONG, problems=_each_once(problems))
        missing = tuple(name for name in row.code.evidence if name not in ground.posts)
        slug, asked = row.code.slug.strip(), folded(row.code.question)
        there = slug if slug in ground.held else ""
        double = there or ground.asked.get(asked, "")
        twin = ground.slugs_seen.get(slug) or ground.asked_seen.get(asked)
        if slug:
            ground.slugs_seen.setdefault(slug, row.number)
        ground.asked_seen.setdefault(asked, row.number)
        verdict = Verdict.DOUBLE if double or twin else Verdict.NEW
        double_id = ground.ids.get(double, "")
        return CheckedRow(
            row=row,
            verdict=verdict,
            double=double,
            double_id=double_id,
            twin=twin,
            missing=missing,
            is_possible=not there,
        )

    def _problems(self, row: QuestionRow, ground: _Ground) -> list[Problem]:
        if unusable := _unusable(row.code):
            return unusable
        problems = _plain_problems(row)
        try:
            sheet = _placed(row.code, ground)
        except Invalid as error:
            return [*problems, *error.problems, *self._text_problems(row, ground, _ANYWHERE)]
        found = [*problems, *self._text_problems(row, ground, sheet)]
        if not found and sheet not in ground.sheets:
            ground.sheets = [sheet if one.id == sheet.id else one for one in ground.sheets]
        return found

    def _text_problems(self, row: QuestionRow, ground: _Ground, sheet: Sheet) -> list[Problem]:
        code = row.code if sheet is not _ANYWHERE else replace(row.code, section=_SOME, subsection=_SOME)
        try:
            text = self.composer.checked(text_of(code, sheet, ground.settings), lang=row.lang or ground.lang)
        except Invalid as error:
            return list(error.problems)
        return _lacking(text) if row.is_public else []


def _planned(
    codes: Sequence[SheetCode], standing: Sequence[Sheet]
) -> tuple[dict[str, Sheet], dict[str, tuple[Problem, ...]]]:
    """The sheets that the site lacks, and what is wrong with those that it cannot have, by key."""
    added: dict[str, Sheet] = {}
    bad: dict[str, tuple[Problem, ...]] = {}
    for code in codes:
        if sheet_called(code.key, standing) is not None or code.key in added:
            continue
        try:
            added[code.key] = grown(new_sheet(key=code.key, name=code.name), code)
        except Invalid as error:
            bad[code.key] = tuple(replace(problem, field="sheet") for problem in error.problems)
    return added, bad


def _placed(code: QuestionCode, ground: _Ground) -> Sheet:
    """Raises Invalid."""
    if bad := ground.bad_sheets.get(code.sheet.strip()):
        raise Invalid(*bad)
    return ground_of(code, ground.sheets)


def _plain_problems(row: QuestionRow) -> list[Problem]:
    found = []
    if not row.code.question.strip():
        found.append(Problem.of("question", N_("Write the question.")))
    if row.lang and row.lang not in LOCALES:
        found.append(Problem.of("lang", N_("Use one of these: %(names)s."), names=", ".join(LOCALES)))
    return found + [
        replace(problem, field=f"resources.{place}.{problem.field}")
        for place, one in enumerate(row.code.resources)
        for problem in resource_problems(name=one.name, url=one.url)
    ]


def _lacking(text: QuestionText) -> list[Problem]:
    return [lack.problem for lack in lacks(text)]


def _unusable(code: QuestionCode) -> list[Problem]:
    """What no text may hold, wherever it stands."""
    words = N_("There is a character in it that cannot be kept. Please take it out.")
    plain = ("sheet", "section", "subsection", "question", "answer", "expectation", "hint", "slug")
    fields = [name for name in (*plain, "grade", "frequency") if _NUL in getattr(code, name)]
    fields += [
        f"translations.{lang}.{name}"
        for lang, wording in code.translations.items()
        for name in ("question", "answer", "expectation", "hint")
        if _NUL in getattr(wording, name)
    ]
    fields += ["resources" for one in code.resources if _NUL in one.name + one.url + one.why]
    fields += ["evidence" for name in code.evidence if _NUL in name]
    return [Problem.of(name, words) for name in fields]


def _each_once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for place, problem in enumerate(problems) if problem not in problems[:place])


def _can_be_asked_for(name: str) -> bool:
    return bool(name) and _NUL not in name


_SOME = "Somewhere"
_ANYWHERE = grown(
    new_sheet(key="somewhere", name=_SOME), SheetCode(key="somewhere", name=_SOME, sections=((_SOME, (_SOME,)),))
)
"""For looking at the words of a row whose place is wrong: all that is wrong with it is told at once."""
