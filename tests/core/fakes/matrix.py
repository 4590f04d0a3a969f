from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.blog.entities import PostId
from core.competency_matrix.cards import (
    AttachedResource,
    Beside,
    CellCount,
    EvidenceLink,
    FoundQuestions,
    QuestionCard,
    WorkCounts,
)
from core.competency_matrix.entities import Question, QuestionId
from core.competency_matrix.errors import OrderChanged, QuestionNotFound, QuestionSlugTaken
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.resources import ResourceId
from core.competency_matrix.sheets import SheetId, SubsectionId
from core.competency_matrix.storage import ALIKE, QuestionFilter
from core.competency_matrix.texts import fingerprint
from core.errors import StaleVersion
from core.pagination import NumberedPage, Slice
from tests.core.fakes.blog import MemoryPosts
from tests.core.fakes.cursors import after
from tests.core.fakes.matrix_library import MemoryResources
from tests.core.fakes.matrix_lists import (
    alikeness,
    card_of,
    cell_of,
    cell_order,
    changed,
    count_cells,
    count_work,
    evidence_link,
    is_wanted,
    is_whose,
    newness,
    place,
    sheet_order,
)
from tests.core.fakes.matrix_search import search
from tests.core.fakes.matrix_sheets import MemorySheets

_RENDERED = ("wordings", "mentions", "renderer_version")


class MemoryQuestions:
    """In *sheets*; what stands beside them is in *resources* and *posts*."""

    def __init__(
        self,
        sheets: MemorySheets | None = None,
        resources: MemoryResources | None = None,
        posts: MemoryPosts | None = None,
    ) -> None:
        self.kept: dict[QuestionId, Question] = {}
        self._sheets = sheets or MemorySheets()
        self._resources = resources or MemoryResources()
        self._posts = posts or MemoryPosts()
        self._sheets.questions = self._resources.questions = self

    async def get(self, question_id: str) -> Question:
        found = self.kept.get(QuestionId(question_id))
        if found is None:
            raise QuestionNotFound
        return found

    async def get_by_slug(self, slug: str, *, now: datetime) -> Question:
        found = await self.find_by_slug(slug)
        if found is None or not found.is_readable(now):
            raise QuestionNotFound
        return found

    async def find_by_slug(self, slug: str) -> Question | None:
        return next((question for question in self.kept.values() if question.slug == slug), None)

    async def find_former(self, slug: str, *, now: datetime) -> Question | None:
        left = [one for one in self.kept.values() if slug in one.former_slugs and one.is_readable(now)]
        return max(left, key=changed, default=None)

    async def list_held(self, slugs: Sequence[str]) -> frozenset[str]:
        return frozenset(question.slug for question in self.kept.values() if question.slug in slugs)

    async def list_cards(self, wanted: QuestionFilter, *, lang: str) -> Sequence[QuestionCard]:
        return self._cards(sorted(self._list(wanted), key=cell_order), wanted.now, lang)

    async def list_numbered(
        self, wanted: QuestionFilter, *, lang: str, number: int, size: int
    ) -> NumberedPage[QuestionCard]:
        found = sorted(self._list(wanted), key=changed, reverse=True)
        shown = self._cards(found[(number - 1) * size : number * size], wanted.now, lang)
        return NumberedPage(items=shown, number=number, size=size, total=len(found))

    async def list_slice(self, wanted: QuestionFilter, *, limit: int, cursor: str | None) -> Slice[Question]:
        return after(sorted(self._list(wanted), key=place, reverse=True), cursor, limit=limit, key=place)

    async def list_many(self, question_ids: Sequence[str]) -> Sequence[Question]:
        return [question for question in self.kept.values() if question.id in question_ids]

    async def list_newest(self, *, now: datetime, sheet_id: SheetId | None, limit: int) -> Sequence[Question]:
        return sorted(self._list(QuestionFilter(now=now, sheet_id=sheet_id)), key=newness, reverse=True)[:limit]

    async def list_evidence(self, names: Sequence[str], *, now: datetime) -> Sequence[EvidenceLink]:
        posts = [post for post in self._posts.kept.values() if post.trashed_at is None and post.kind.value == "post"]
        return [evidence_link(post, now) for post in posts if post.id in names or post.slug in names]

    async def search(
        self, wanted: QuestionFilter, *, lang: str, number: int, size: int, is_brief: bool = False
    ) -> FoundQuestions:
        wider = self._list(QuestionFilter(now=wanted.now))
        among = sorted(self._list(replace(wanted, text=None)), key=changed, reverse=True)
        text = (wanted.text or "").replace("\x00", "")

        def carded(question: Question) -> QuestionCard:
            return card_of(question, lang, posts=self._posts.kept, now=wanted.now)

        return search(among, wider, carded, text=text, lang=lang, number=number, size=size, is_brief=is_brief)

    async def look_beside(self, question: Question, *, now: datetime, lang: str) -> Beside:
        posts = [self._posts.kept[one] for one in map(PostId, question.evidence) if one in self._posts.kept]
        library = self._resources.kept
        previous, following = self._neighbours(question, now)
        return Beside(
            resources=[
                AttachedResource(resource=library[ResourceId(one.resource_id)], why=one.why)
                for one in question.resources
                if one.resource_id in library
            ],
            evidence=[evidence_link(post, now) for post in posts if post.is_readable(now)],
            previous=next(iter(self._cards(previous[-1:], now, lang)), None),
            following=next(iter(self._cards(following[:1], now, lang)), None),
        )

    async def list_doubles(
        self, question: str, *, now: datetime, own: QuestionId | None, limit: int
    ) -> Sequence[QuestionCard]:
        others = [one for one in self.kept.values() if one.id != own and one.trashed_at is None]
        near = [(one.fingerprint == fingerprint(question), alikeness(one.title, question), one) for one in others]
        alike = sorted((found for found in near if found[0] or found[1] >= ALIKE), key=lambda found: found[:2])
        return self._cards([one for _, _, one in alike[::-1]][:limit], now, None)

    async def find_by_fingerprint(self, fingerprint: str) -> Question | None:
        there = [question for question in self.kept.values() if question.trashed_at is None]
        return next((question for question in there if question.fingerprint == fingerprint), None)

    async def count_cells(self, *, now: datetime) -> Sequence[CellCount]:
        return count_cells(self._list(QuestionFilter(now=now)), self._posts.kept, now)

    async def count_in(self, place_ids: Sequence[str]) -> int:
        return sum(question.subsection_id in place_ids for question in self.kept.values())

    async def count_places(self) -> Mapping[str, int]:
        return Counter(question.subsection_id for question in self.kept.values())

    async def count_with_grade(self, grade: GradeKey) -> int:
        return sum(question.grade == grade for question in self.kept.values())

    async def count_work(self, wanted: QuestionFilter) -> WorkCounts:
        mine = [question for question in self.kept.values() if is_whose(question, wanted)]
        return count_work([one for one in mine if wanted.sheet_id in (None, one.sheet_id)], wanted.now)

    async def add(self, question: Question) -> Question:
        self._refuse_taken(question)
        self.kept[question.id] = self._at_end(question)
        return self.kept[question.id]

    async def save(self, question: Question) -> Question:
        standing = await self.get(question.id)
        if standing.version != question.version:
            raise StaleVersion(current=standing.version)
        self._refuse_taken(question)
        is_moved = cell_of(standing) != cell_of(question)
        placed = self._at_end(question) if is_moved else replace(question, position=standing.position)
        self.kept[question.id] = replace(placed, version=question.version + 1)
        return self.kept[question.id]

    async def save_many(self, questions: Sequence[Question]) -> Sequence[Question]:
        for question in questions:
            standing = await self.get(question.id)
            if standing.version != question.version:
                raise StaleVersion(current=standing.version)
        return [await self.save(question) for question in questions]

    async def save_rendered(self, question: Question) -> bool:
        standing = self.kept.get(question.id)
        if standing is None or standing.version != question.version:
            return False
        self.kept[question.id] = replace(standing, **{name: getattr(question, name) for name in _RENDERED})
        return True

    async def move_all(self, place_ids: Sequence[str], *, sheet_id: SheetId, subsection_id: str) -> int:
        found = [one for one in self.kept.values() if one.subsection_id in place_ids]
        for question in sorted(found, key=cell_order):
            moved = replace(question, sheet_id=sheet_id, subsection_id=SubsectionId(subsection_id))
            self.kept[question.id] = replace(self._at_end(moved), version=question.version + 1)
        return len(found)

    async def settle(self, subsection_ids: Sequence[str], *, sheet_id: SheetId) -> None:
        for question in [one for one in self.kept.values() if one.subsection_id in subsection_ids]:
            self.kept[question.id] = replace(question, sheet_id=sheet_id, version=question.version + 1)

    async def order(
        self, subsection_id: str, grade: GradeKey | None, question_ids: Sequence[str], *, expected: Sequence[str]
    ) -> None:
        there = [one for one in self.kept.values() if cell_of(one) == (subsection_id, grade) and one.trashed_at is None]
        standing = [question.id for question in sorted(there, key=cell_order)]
        if list(expected) != standing or sorted(question_ids) != sorted(standing):
            raise OrderChanged
        for position, question_id in enumerate(map(QuestionId, question_ids), 1):
            self.kept[question_id] = replace(self.kept[question_id], position=position)

    async def list_outdated(self, version: int, *, limit: int) -> Sequence[Question]:
        return self._sorted(lambda question: question.renderer_version < version)[:limit]

    async def list_mentioning(
        self, mentions: Sequence[str], *, limit: int, after: QuestionId | None = None
    ) -> Sequence[Question]:
        wanted = set(mentions)
        found = self._sorted(lambda one: one.trashed_at is None and bool(wanted & set(one.mentions)))
        return [question for question in found if after is None or question.id > after][:limit]

    async def delete_trashed(self, *, before: datetime) -> Sequence[QuestionId]:
        gone = [one.id for one in self._sorted(lambda one: one.trashed_at is not None and one.trashed_at < before)]
        self.kept = {key: question for key, question in self.kept.items() if key not in gone}
        return gone

    def _list(self, wanted: QuestionFilter) -> list[Question]:
        return self._sorted(lambda one: is_wanted(one, wanted, self._sheets.kept, self._posts.kept))

    def _sorted(self, is_one: Callable[[Question], bool]) -> list[Question]:
        return sorted(filter(is_one, self.kept.values()), key=lambda question: question.id)

    def _cards(self, questions: Iterable[Question], now: datetime, lang: str | None) -> list[QuestionCard]:
        return [card_of(question, lang, posts=self._posts.kept, now=now) for question in questions]

    def _at_end(self, question: Question) -> Question:
        others = [one for one in self.kept.values() if cell_of(one) == cell_of(question) and one.id != question.id]
        return replace(question, position=max((one.position for one in others), default=0) + 1)

    def _neighbours(self, question: Question, now: datetime) -> tuple[Sequence[Question], Sequence[Question]]:
        sheet = next(sheet for sheet in self._sheets.kept if sheet.id == question.sheet_id)
        readable = self._list(QuestionFilter(now=now, sheet_id=sheet.id))

        def where(one: Question) -> tuple[Any, ...]:
            return sheet_order(one, sheet, self._sheets.chosen.kept)

        others = sorted((one for one in readable if one.id != question.id), key=where)
        here = where(question)
        return [one for one in others if where(one) < here], [one for one in others if where(one) > here]

    def _refuse_taken(self, question: Question) -> None:
        if any(one.slug == question.slug and one.id != question.id for one in self.kept.values()):
            raise QuestionSlugTaken(question.slug)
