from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from core.competency_matrix.entities import Question, QuestionId
from core.competency_matrix.errors import (
    QuestionRevisionNotFound,
    ResourceNotFound,
    SuggestionDecided,
    SuggestionNotFound,
    UrlTaken,
)
from core.competency_matrix.history import QuestionRevision
from core.competency_matrix.resources import Resource, ResourceId
from core.competency_matrix.suggestions import Suggestion, SuggestionId, SuggestionState
from core.competency_matrix.texts import Attachment
from core.errors import StaleVersion
from core.pagination import NumberedPage

if TYPE_CHECKING:
    from tests.core.fakes.matrix import MemoryQuestions

T = TypeVar("T")


class MemoryResources:
    """*questions* are those of MemoryQuestions, once there are any."""

    def __init__(self) -> None:
        self.kept: dict[ResourceId, Resource] = {}
        self.questions: MemoryQuestions | None = None

    async def list_numbered(self, *, text: str, number: int, size: int) -> NumberedPage[tuple[Resource, int]]:
        wanted = text.replace("\x00", "").casefold()
        found = [one for one in self._by_name() if wanted in one.name.casefold() or wanted in one.url.casefold()]
        return _page([(one, len(self._where(one.id))) for one in found], number, size)

    async def list_many(self, resource_ids: Sequence[str]) -> Sequence[Resource]:
        return [resource for resource in self.kept.values() if resource.id in resource_ids]

    async def list_troubled(self) -> Sequence[Resource]:
        return [resource for resource in self._by_name() if resource.trouble]

    async def list_unchecked(self, *, before: datetime, limit: int) -> Sequence[Resource]:
        due = [one for one in self.kept.values() if one.checked_at is None or one.checked_at < before]
        return due[:limit]

    async def get(self, resource_id: str) -> Resource:
        found = self.kept.get(ResourceId(resource_id))
        if found is None:
            raise ResourceNotFound
        return found

    async def find_by_url(self, url: str) -> Resource | None:
        return next((resource for resource in self.kept.values() if resource.url == url), None)

    async def add(self, resource: Resource) -> Resource:
        self._refuse_taken(resource)
        self.kept[resource.id] = resource
        return resource

    async def save(self, resource: Resource) -> Resource:
        await self._standing(resource)
        self._refuse_taken(resource)
        self.kept[resource.id] = replace(resource, version=resource.version + 1)
        return self.kept[resource.id]

    async def save_check(self, resource: Resource) -> None:
        standing = self.kept.get(resource.id)
        if standing is not None and standing.url == resource.url:
            checked = replace(standing, checked_at=resource.checked_at, trouble=resource.trouble)
            self.kept[resource.id] = checked

    async def merge(self, gone: ResourceId, into: ResourceId) -> int:
        where = self._where(gone)
        for question in where:
            self._attach(question, _merged(question.resources, gone, into))
        del self.kept[gone]
        return len(where)

    async def delete(self, resource: Resource) -> int:
        await self._standing(resource)
        where = self._where(resource.id)
        for question in where:
            self._attach(question, [one for one in question.resources if one.resource_id != resource.id])
        del self.kept[resource.id]
        return len(where)

    def _by_name(self) -> list[Resource]:
        return sorted(self.kept.values(), key=lambda one: (one.name.casefold(), one.id))

    def _where(self, resource_id: ResourceId) -> list[Question]:
        everything = self.questions.kept.values() if self.questions else ()
        return [one for one in everything if resource_id in [attached.resource_id for attached in one.resources]]

    def _attach(self, question: Question, attachments: Iterable[Attachment]) -> None:
        if self.questions:
            attached = replace(question, resources=tuple(attachments), version=question.version + 1)
            self.questions.kept[question.id] = attached

    async def _standing(self, resource: Resource) -> Resource:
        standing = await self.get(resource.id)
        if standing.version != resource.version:
            raise StaleVersion(current=standing.version)
        return standing

    def _refuse_taken(self, resource: Resource) -> None:
        for other in self.kept.values():
            if other.url == resource.url and other.id != resource.id:
                raise UrlTaken(other.name)


class MemorySuggestions:
    def __init__(self) -> None:
        self.kept: dict[SuggestionId, Suggestion] = {}

    async def add(self, suggestion: Suggestion) -> None:
        self.kept[suggestion.id] = suggestion

    async def get(self, suggestion_id: SuggestionId | str) -> Suggestion:
        found = self.kept.get(SuggestionId(suggestion_id))
        if found is None:
            raise SuggestionNotFound
        return found

    async def save(self, suggestion: Suggestion) -> None:
        if (await self.get(suggestion.id)).state is not SuggestionState.NEW:
            raise SuggestionDecided
        self.kept[suggestion.id] = suggestion

    async def list_numbered(self, state: SuggestionState | None, *, number: int, size: int) -> NumberedPage[Suggestion]:
        found = [one for one in self.kept.values() if state in (None, one.state)]
        return _page(sorted(found, key=lambda one: (one.created_at, one.id), reverse=True), number, size)

    async def find_open(self, fingerprint: str) -> Suggestion | None:
        return next((one for one in self._open() if one.fingerprint == fingerprint), None)

    async def count_open(self) -> int:
        return len(self._open())

    def _open(self) -> list[Suggestion]:
        return [one for one in self.kept.values() if one.state is SuggestionState.NEW]


class MemoryQuestionRevisions:
    def __init__(self) -> None:
        self.kept: dict[tuple[QuestionId, int], QuestionRevision] = {}

    async def add(self, revision: QuestionRevision) -> None:
        self.kept[revision.question_id, revision.number] = revision

    async def list_newest(
        self, question_id: QuestionId, *, limit: int, before: int | None = None
    ) -> Sequence[QuestionRevision]:
        theirs = [one for one in self.kept.values() if one.question_id == question_id]
        found = [one for one in theirs if before is None or one.number < before]
        return sorted(found, key=lambda one: one.number, reverse=True)[:limit]

    async def get(self, question_id: QuestionId, number: int) -> QuestionRevision:
        if (question_id, number) not in self.kept:
            raise QuestionRevisionNotFound
        return self.kept[question_id, number]


def _merged(attachments: Sequence[Attachment], gone: ResourceId, into: ResourceId) -> Iterable[Attachment]:
    kept: dict[str, Attachment] = {}
    for one in attachments:
        resource_id = into if one.resource_id == gone else one.resource_id
        kept.setdefault(resource_id, replace(one, resource_id=resource_id))
    return kept.values()


def _page(items: Sequence[T], number: int, size: int) -> NumberedPage[T]:
    return NumberedPage(items=items[(number - 1) * size : number * size], number=number, size=size, total=len(items))
