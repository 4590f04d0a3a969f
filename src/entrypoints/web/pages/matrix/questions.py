"""From a question to its page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from core.competency_matrix.cards import AttachedResource, Beside, QuestionCard
from core.competency_matrix.entities import Question, SetWording
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.use_cases.show_question import ShownQuestion
from core.site.entities import SiteSettings
from entrypoints.web.addresses import post_url, with_query
from entrypoints.web.pages.matrix.addresses import question_url, sheet_url
from entrypoints.web.pages.matrix.marks import FREQUENCIES, Say, grade_marks, mark_of, place_of
from entrypoints.web.pages.seo import LOCALES
from entrypoints.web.views import Translation
from entrypoints.web.views.matrix import PlainLink, QuestionPage, ResourceLink, SheetLink
from entrypoints.web.views.seo import Alternate, Seo
from entrypoints.web.words import READ_IN

NOTHING_BESIDE = Beside()
_DESCRIPTION = 200


def shown_page(shown: ShownQuestion, *, lang: str, base_url: str, say: Say) -> QuestionPage:
    return question_page(
        shown.question, shown.sheet, shown.settings, beside=shown.beside, lang=lang, base_url=base_url, say=say
    )


def question_page(
    question: Question,
    sheet: Sheet,
    settings: MatrixSettings,
    *,
    lang: str,
    base_url: str,
    say: Say,
    beside: Beside = NOTHING_BESIDE,
) -> QuestionPage:
    """In *lang*, or where it does not speak that in the language of the site."""
    spoken = lang if lang in question.wordings else question.lang
    kept = question.shown_in(spoken)
    return QuestionPage(
        title=kept.wording.question,
        url=_url(question, sheet, spoken),
        absolute_url=base_url + _url(question, sheet, spoken),
        mark=mark_of(question.id),
        lang=spoken,
        sheet=SheetLink(name=sheet.name, url=sheet_url(sheet)),
        sheet_id=sheet.id,
        place=place_of(sheet, question.subsection_id),
        answer_html=Markup(kept.answer_html),  # noqa: S704 - the output of our own sanitiser, made when it was saved
        expectation_html=Markup(kept.expectation_html),  # noqa: S704 - the same
        hint=kept.wording.hint,
        grade=grade_marks(settings).get(question.grade) if question.grade else None,
        frequency=say(FREQUENCIES[question.frequency]) if question.frequency else "",
        resources=tuple(map(_resource, beside.resources)),
        evidence=tuple(PlainLink(title=link.title, url=post_url(link.slug)) for link in beside.evidence),
        previous=_neighbour(beside.previous, sheet),
        following=_neighbour(beside.following, sheet),
        translations=tuple(_translation(question, sheet, other) for other in question.wordings if other != spoken),
    )


def question_seo(shown: ShownQuestion, page: QuestionPage, site: SiteSettings, base_url: str) -> Seo:
    """Of a question with its answer (schema.org/FAQPage)."""
    question = shown.question
    kept = question.shown_in(page.lang)
    return Seo(
        title=page.title,
        url=page.absolute_url,
        description=_description(kept),
        lang=LOCALES.get(page.lang, ""),
        image=f"{base_url}/share/question/{question.slug}.png",
        image_alt=question.title,
        updated_at=question.updated_at,
        alternates=_alternates(question, shown.sheet, base_url),
        data=htmlsafe_json_dumps(_data(question, page, kept, site, base_url)),
    )


def _data(
    question: Question, page: QuestionPage, kept: SetWording, site: SiteSettings, base_url: str
) -> dict[str, Any]:
    answer = {"@type": "Answer", "text": kept.answer_html, "url": f"{page.absolute_url}#answer"}
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "@id": page.absolute_url,
        "url": page.absolute_url,
        "name": page.title,
        "inLanguage": page.lang,
        "dateModified": question.updated_at.isoformat(),
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": f"{base_url}/"},
        "mainEntity": [{"@type": "Question", "name": page.title, "acceptedAnswer": answer}],
    }


def _description(kept: SetWording) -> str:
    """The beginning of the answer: what *plain* holds behind question and hint."""
    said = kept.plain.removeprefix(kept.wording.question).lstrip()
    words = " ".join(said.removeprefix(kept.wording.hint).split())
    return words if len(words) <= _DESCRIPTION else f"{words[:_DESCRIPTION].rsplit(' ', 1)[0]}…"


def _alternates(question: Question, sheet: Sheet, base_url: str) -> tuple[Alternate, ...]:
    if len(question.wordings) < 2:
        return ()
    return tuple(Alternate(lang=lang, url=base_url + _url(question, sheet, lang)) for lang in question.wordings)


def _url(question: Question, sheet: Sheet, lang: str) -> str:
    return with_query(question_url(sheet, question.slug), lang=lang if lang != question.lang else None)


def _translation(question: Question, sheet: Sheet, lang: str) -> Translation:
    title = question.wordings[lang].wording.question
    return Translation(url=_url(question, sheet, lang), lang=lang, title=title, label=READ_IN.get(lang, lang))


def _resource(attached: AttachedResource) -> ResourceLink:
    url = attached.resource.url
    return ResourceLink(name=attached.resource.name, url=url, host=urlsplit(url).hostname or "", why=attached.why)


def _neighbour(card: QuestionCard | None, sheet: Sheet) -> PlainLink | None:
    return PlainLink(title=card.question, url=question_url(sheet, card.slug)) if card else None
