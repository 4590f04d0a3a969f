"""A question of the matrix and what can become of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NewType

from core.competency_matrix.errors import QuestionInTrash, QuestionNotReady
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.readiness import QuestionLack, lacks
from core.competency_matrix.sheets import SheetId, SubsectionId, left_behind
from core.competency_matrix.texts import Attachment, Frequency, QuestionText, Wording, fingerprint
from core.identity import UserId
from core.markdown import Rendered
from core.publication import PublicationStatus, first_publication, publication_status

QuestionId = NewType("QuestionId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWording:
    """A *wording* made ready to be kept: the HTML of answer and expectation, and all its words for the search."""

    wording: Wording
    answer_html: str = ""
    expectation_html: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedWordings:
    """*wordings* by language, and what rendering gave for all of them together."""

    wordings: Mapping[str, SetWording]
    renderer_version: int
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetText(RenderedWordings):
    """A text made ready: its address, the place it stands in, and its wordings, that in the site's own language *lang*
    among them."""

    slug: str
    sheet_id: SheetId
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """*wordings* by language; *lang* is the site's own, in which there always is one. *position* is its place in its
    cell, which is the subsection and the grade. *is_public* says that the owner wants it read; it is read from
    *published_at* on. *is_flagged*: it was public and left public view because it lacks something. *mentions* are as in
    Rendered. *updated_at* is when the text last changed, *version* counts all saves. *former_slugs*
    are the addresses that it had, the last one last. *origin* names the item of a folder or file that it came from."""

    id: QuestionId
    slug: str
    sheet_id: SheetId
    subsection_id: SubsectionId
    lang: str
    wordings: Mapping[str, SetWording]
    created_at: datetime
    updated_at: datetime
    grade: GradeKey | None = None
    frequency: Frequency | None = None
    position: int = 0
    resources: tuple[Attachment, ...] = ()
    evidence: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    renderer_version: int = 0
    author_id: UserId | None = None
    is_public: bool = False
    is_flagged: bool = False
    published_at: datetime | None = None
    trashed_at: datetime | None = None
    former_slugs: tuple[str, ...] = ()
    origin: str = ""
    version: int = 1

    @property
    def owner_id(self) -> UserId | None:
        return self.author_id

    @property
    def own(self) -> SetWording:
        """What it says in the site's own language."""
        return self.wordings[self.lang]

    @property
    def title(self) -> str:
        return self.own.wording.question

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.title)

    @property
    def text(self) -> QuestionText:
        """What a writer would type to get this question."""
        own = self.own.wording
        others = {lang: kept.wording for lang, kept in self.wordings.items() if lang != self.lang}
        return QuestionText(
            subsection_id=self.subsection_id,
            question=own.question,
            answer=own.answer,
            expectation=own.expectation,
            hint=own.hint,
            slug=self.slug,
            grade=self.grade,
            frequency=self.frequency,
            resources=self.resources,
            evidence=self.evidence,
            translations=others,
        )

    def shown_in(self, lang: str | None) -> SetWording:
        """What it says in *lang*, or else in the site's own language."""
        return self.wordings.get(lang or self.lang, self.own)

    def status(self, now: datetime) -> PublicationStatus:
        return publication_status(is_public=self.is_public, published_at=self.published_at, now=now)

    def is_readable(self, now: datetime) -> bool:
        """Whether visitors may read it."""
        return self.trashed_at is None and self.status(now) is PublicationStatus.PUBLISHED

    def lacks(self) -> tuple[QuestionLack, ...]:
        return lacks(self.text)

    def edit(self, text: QuestionText, set_: SetText, *, at: datetime) -> Question:
        """The question with another text. What was public and now lacks something leaves public view and is flagged.
        Raises QuestionInTrash."""
        self._refuse_in_trash()
        is_moved = (self.subsection_id, self.grade) != (text.subsection_id, text.grade)
        edited = replace(
            self,
            slug=set_.slug,
            former_slugs=left_behind(self.former_slugs, self.slug, set_.slug),
            sheet_id=set_.sheet_id,
            subsection_id=SubsectionId(text.subsection_id),
            lang=set_.lang,
            wordings=dict(set_.wordings),
            grade=text.grade,
            frequency=text.frequency,
            position=0 if is_moved else self.position,
            resources=text.resources,
            evidence=text.evidence,
            mentions=set_.mentions,
            renderer_version=set_.renderer_version,
        )
        if edited == self:
            return self
        is_lacking = bool(edited.lacks())
        is_flagged = is_lacking and (edited.is_public or edited.is_flagged)
        return replace(edited, is_public=edited.is_public and not is_lacking, is_flagged=is_flagged, updated_at=at)

    def put(self, *, sheet_id: SheetId, subsection_id: str, grade: GradeKey | None, at: datetime) -> Question:
        """The question in another cell, its words as they are. Raises QuestionInTrash."""
        set_ = SetText(
            slug=self.slug,
            sheet_id=sheet_id,
            lang=self.lang,
            wordings=self.wordings,
            renderer_version=self.renderer_version,
            mentions=self.mentions,
        )
        return self.edit(replace(self.text, subsection_id=subsection_id, grade=grade), set_, at=at)

    def rendered_anew(self, rendered: RenderedWordings) -> Question:
        """With other HTML of the same words: no edit."""
        return replace(
            self, wordings=rendered.wordings, mentions=rendered.mentions, renderer_version=rendered.renderer_version
        )

    def publish(self, *, at: datetime, now: datetime) -> Question:
        """The question as public from *at* on; one that was public before keeps its first date unless *at* is to come.
        Unchanged when it already is. Raises QuestionNotReady or QuestionInTrash."""
        self._refuse_in_trash()
        if missing := self.lacks():
            raise QuestionNotReady(missing)
        since = first_publication(self.published_at, at=at, now=now)
        if self.is_public and self.published_at == since:
            return self
        return replace(self, is_public=True, is_flagged=False, published_at=since)

    def withdraw(self, *, now: datetime) -> Question:
        """The question as hidden from visitors; one that was only scheduled is a draft again."""
        self._refuse_in_trash()
        if not self.is_public:
            return self
        was_read = self.published_at is not None and self.published_at <= now
        return replace(self, is_public=False, published_at=self.published_at if was_read else None)

    def trash(self, *, at: datetime) -> Question:
        return self if self.trashed_at else replace(self, trashed_at=at)

    def restore(self) -> Question:
        return replace(self, trashed_at=None)

    def _refuse_in_trash(self) -> None:
        if self.trashed_at is not None:
            raise QuestionInTrash


def new_question(text: QuestionText, set_: SetText, *, author_id: UserId | None, at: datetime) -> Question:
    """A draft under a new id."""
    return Question(
        id=QuestionId(secrets.token_hex(16)),
        slug=set_.slug,
        sheet_id=set_.sheet_id,
        subsection_id=SubsectionId(text.subsection_id),
        lang=set_.lang,
        wordings=dict(set_.wordings),
        created_at=at,
        updated_at=at,
        grade=text.grade,
        frequency=text.frequency,
        resources=text.resources,
        evidence=text.evidence,
        mentions=set_.mentions,
        renderer_version=set_.renderer_version,
        author_id=author_id,
    )


def rendered_wording(wording: Wording, answer: Rendered, expectation: Rendered) -> SetWording:
    """*wording* with what rendering its two Markdown texts gave."""
    said = (wording.question, wording.hint, answer.plain, expectation.plain)
    return SetWording(
        wording=wording,
        answer_html=answer.html,
        expectation_html=expectation.html,
        plain="\n".join(part for part in said if part),
    )
