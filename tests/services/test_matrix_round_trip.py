"""Whatever a matrix holds: brought into an empty site and taken out of that again it is the same, byte for byte."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.competency_matrix.entities import Question, QuestionId, SetWording
from core.competency_matrix.files import MatrixFormat
from core.competency_matrix.grades import DEFAULT_GRADES
from core.competency_matrix.importing import RowOutcome
from core.competency_matrix.resources import Resource, ResourceId
from core.competency_matrix.sheets import Sheet, new_sheet
from core.competency_matrix.texts import ANSWER_LENGTH, HINT_LENGTH, QUESTION_LENGTH, Attachment, Frequency, Wording
from core.competency_matrix.texts import folded as folded_words
from core.competency_matrix.use_cases.export_questions import ExportQuestions
from core.competency_matrix.use_cases.import_questions import ImportQuestions
from core.identity import Role
from core.publication import PublicationStatus
from services.matrix_files.forms import Forms
from tests.core.makers import NOW, published
from tests.core.matrix_files_house import ImportingHouse

HOSTILE = (
    *(
        "---",
        "\n---\n",
        ": ",
        "#",
        "'",
        '"',
        '\\"',
        "\\",
        "\\n",
        "|",
        " | ",
        "yes",
        "null",
        "~",
        "007",
        "1e5",
        "%(name)s",
    ),
    *("=1+1", "'=1", "''+", "+a", "-a", "@a", "\t=a", "＝a", "#N/A", "2024-01-01", ",", ";", "\r\n", "\n", "\r", "\t"),
    *("\x01", "\x0b", "\x1c", "\x7f", "\x85", "\xa0", "\u2028", "\ufeff", "\u200b", "\ufffe", "\uffff"),
    *("_x000D_", "_x005F_", "x005F_", "_x0041", "Привет", "中文", "😀", "<b>&amp;</b>", "]]>", "]", "[[matrix:a]]"),
)
URLS = ("https://a.example/", "https://b.example/x|y", "https://b.example/\\n", "http://c.example/?a=1,2;3#'=")
SLUGS = ("a", "b", "null", "0x1f", "yes", "a-2")
POSTS = ("shown", "hidden")

words = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8", exclude_characters="\x00"))), max_size=6
).map("".join)
long_words = st.one_of(words, words.map(lambda text: (text + "😀_x000D_")[:9] * 2_000))


def line(limit: int) -> st.SearchStrategy[str]:
    return words.map(lambda text: " ".join(text.split())[:limit].strip())


@dataclass(frozen=True, repr=False)
class Site:
    sheets: Sequence[Sheet]
    questions: Sequence[Question]
    resources: Sequence[Resource]


@st.composite
def wordings(draw: st.DrawFn, asked: str, *, is_full: bool) -> Wording:
    answer, expectation = draw(long_words)[:ANSWER_LENGTH], draw(words)
    if is_full:
        answer, expectation = (text if text.strip() else "Words." for text in (answer, expectation))
    return Wording(question=asked, answer=answer, expectation=expectation, hint=draw(line(HINT_LENGTH)))


@st.composite
def sheets(draw: st.DrawFn) -> list[Sheet]:
    found = []
    for key in draw(st.lists(st.sampled_from(("python", "yes", "0x1f")), unique=True, min_size=1, max_size=2)):
        sheet = new_sheet(key=key, name=draw(line(100)) or key, description=draw(line(500)))
        for name in draw(st.lists(line(100).filter(bool), unique_by=folded_words, min_size=1, max_size=2)):
            sheet = sheet.with_section(name)
            for within in draw(st.lists(line(100).filter(bool), unique_by=folded_words, min_size=1, max_size=2)):
                sheet = sheet.with_subsection(sheet.sections[-1].id, within)
        found.append(sheet)
    return found


@st.composite
def questions(draw: st.DrawFn, slug: str, sheet: Sheet, resources: Sequence[Resource], number: int) -> Question:
    """One as a site may have it, in any state."""
    status = draw(st.sampled_from(PublicationStatus))
    is_public = status in (PublicationStatus.PUBLISHED, PublicationStatus.SCHEDULED)
    ago = draw(st.timedeltas(timedelta(), timedelta(days=9_000)))
    dates = {PublicationStatus.DRAFT: None, PublicationStatus.SCHEDULED: NOW + timedelta(days=9)}
    lang, other = draw(st.permutations(["en", "ru"]))
    asked = f"{draw(line(QUESTION_LENGTH - 9))} {slug}?"
    said = {lang: draw(wordings(asked.strip(), is_full=is_public))}
    if draw(st.booleans()):
        said[other] = draw(wordings(draw(line(QUESTION_LENGTH)) or "?", is_full=False))
    grades = [grade.key for grade in DEFAULT_GRADES]
    attached = draw(st.lists(st.sampled_from(resources), unique_by=lambda one: one.id)) if resources else []
    return Question(
        id=QuestionId(f"id{number}"),
        slug=slug,
        sheet_id=sheet.id,
        subsection_id=draw(st.sampled_from(sheet.subsections)).id,
        lang=lang,
        wordings={key: SetWording(wording=wording) for key, wording in said.items()},
        created_at=NOW,
        updated_at=NOW,
        grade=draw(st.sampled_from(grades if is_public else [None, *grades])),
        frequency=draw(st.sampled_from([None, *Frequency])),
        position=number,
        resources=tuple(Attachment(resource_id=one.id, why=draw(words)[:300].strip()) for one in attached),
        evidence=tuple(draw(st.lists(st.sampled_from(POSTS), unique=True))),
        is_public=is_public,
        published_at=dates.get(status, NOW - ago),
    )


@st.composite
def sites(draw: st.DrawFn) -> Site:
    found = draw(sheets())
    resources = [
        Resource(id=ResourceId(url), name=draw(line(200)) or "A", url=url)
        for url in draw(st.sets(st.sampled_from(URLS)))
    ]
    slugs = draw(st.lists(st.sampled_from(SLUGS), unique=True, max_size=4))
    made = [draw(questions(slug, draw(st.sampled_from(found)), resources, n)) for n, slug in enumerate(slugs, 1)]
    return Site(sheets=found, questions=made, resources=resources)


def owners_house(files: Site | None = None) -> ImportingHouse:
    """Of an owner who wrote the posts that questions name."""
    house = ImportingHouse()
    house.admits(Role.OWNER)
    for slug in POSTS:
        house.has_post(published(slug))
    for sheet in files.sheets if files else ():
        house.has_sheet(sheet)
    for question in files.questions if files else ():
        ids = {post.slug: post.id for post in house.posts.kept.values()}
        evidence = tuple(ids[name] for name in question.evidence)
        house.has_question(replace(question, evidence=evidence))
    for resource in files.resources if files else ():
        house.has_resource(resource)
    return house


async def exported(house: ImportingHouse, forms: Forms, form: MatrixFormat) -> bytes:
    matrix = await house.make(ExportQuestions)()
    return b"".join([part async for part in forms.write(matrix, form)])


@pytest.mark.parametrize("form", MatrixFormat)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(site=sites())
def test_a_matrix_that_moves_house_is_the_same_there(form: MatrixFormat, site: Site) -> None:
    async def move() -> None:
        forms = Forms()
        first = await exported(owners_house(site), forms, form)
        found = await forms.read(first)
        assert not [row.problems for row in found.rows if row.problems]
        other = owners_house()
        report = await other.make(ImportQuestions)(found, lang="en")
        assert [(line.outcome, line.problems) for line in report.lines] == [(RowOutcome.ADDED, ())] * len(
            site.questions
        )
        assert await exported(other, forms, form) == first
        again = await other.make(ImportQuestions)(found, lang="en")
        assert [line.outcome for line in again.lines] == [RowOutcome.PRESENT] * len(site.questions)
        forms.close()

    asyncio.run(move())
