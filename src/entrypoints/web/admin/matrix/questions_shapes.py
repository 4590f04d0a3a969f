"""From a question to what the pages about it show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.access import Access, Action
from core.blog.schedule import wall_time
from core.competency_matrix.cards import AttachedResource
from core.competency_matrix.entities import Question, SetWording
from core.competency_matrix.readiness import QuestionLack
from core.competency_matrix.use_cases.show_desk_question import DeskQuestion as FoundQuestion
from entrypoints.http.translations import Catalogue
from entrypoints.web.admin.matrix.ground import Ground
from entrypoints.web.admin.shapes import sanitised
from entrypoints.web.pages.matrix.marks import FREQUENCIES
from entrypoints.web.views import Choice, ReadinessLine, Schedule
from entrypoints.web.views import matrix_question as views
from entrypoints.web.views.matrix_desk import SHEETS


def desk_question(question: Question, ground: Ground, access: Access, now: datetime) -> views.DeskQuestion:
    sheet = ground.sheet(question.sheet_id)
    may_publish = access.can(Action.PUBLISH_QUESTION, on=question)
    may_withdraw = access.can(Action.WITHDRAW_QUESTION, on=question)
    return views.DeskQuestion(
        id=question.id,
        title=question.title,
        slug=question.slug,
        status=question.status(now).value,
        lang=question.lang,
        version=question.version,
        updated_at=question.updated_at,
        published_at=question.published_at,
        sheet_name=sheet.name if sheet else "",
        sheet_desk_url=f"{SHEETS}/{sheet.key}" if sheet else "",
        live_url=ground.url_of(question) if question.is_readable(now) else "",
        is_flagged=question.is_flagged,
        may_edit=access.can(Action.EDIT_QUESTION, on=question) and (may_publish or not question.is_public),
        may_publish=may_publish,
        may_withdraw=may_withdraw,
        may_trash=access.can(Action.TRASH_QUESTION, on=question) and (may_withdraw or not question.is_public),
    )


def schedule_of(question: Question | None, zone: str, now: datetime) -> Schedule:
    at = question.published_at if question is not None and question.is_public else None
    if at is None or at <= now:
        return Schedule(zone=zone, offset_now=wall_time(now, zone).offset)
    wall = wall_time(at, zone)
    return Schedule(
        zone=zone,
        offset_now=wall_time(now, zone).offset,
        at=at,
        local=wall.local,
        offset=wall.offset,
        is_first_of_two=wall.is_first_of_two,
    )


def preview(
    shown: SetWording, lang: str, lacks: Iterable[QuestionLack], catalogue: Catalogue, *, is_answer: bool = False
) -> views.QuestionPreview:
    return views.QuestionPreview(
        lang=lang,
        answer_html=sanitised(shown.answer_html),
        expectation_html=sanitised(shown.expectation_html),
        readiness=tuple(
            ReadinessLine(text=catalogue.problem(lack.problem), field=lack.problem.field, is_error=True)
            for lack in lacks
        ),
        is_answer=is_answer,
    )


def preview_page(
    found: FoundQuestion, access: Access, now: datetime, catalogue: Catalogue
) -> views.QuestionPreviewPage:
    question = found.question
    ground = Ground(sheets=found.sheets, settings=found.settings)
    own = question.own
    return views.QuestionPreviewPage(
        question=desk_question(question, ground, access, now),
        place=ground.place(question.sheet_id, question.subsection_id),
        answer_html=sanitised(own.answer_html),
        expectation_html=sanitised(own.expectation_html),
        hint=own.wording.hint,
        grade=ground.marks.get(question.grade) if question.grade else None,
        frequency=catalogue.gettext(FREQUENCIES[question.frequency]) if question.frequency else "",
        resources=tuple(Choice(value=one.resource.url, label=one.resource.name) for one in found.resources),
        evidence=tuple(Choice(value=f"/blog/{link.slug}", label=link.title) for link in found.evidence),
    )


def resource_rows(attached: Iterable[AttachedResource]) -> tuple[views.ResourceRow, ...]:
    return tuple(
        views.ResourceRow(
            number=number,
            id=one.resource.id,
            name=one.resource.name,
            url=one.resource.url,
            why=one.why,
            position=str(number + 1),
        )
        for number, one in enumerate(attached)
    )
