"""The matrices of the demo sites: enough of them, whole, and in the words of the site."""

import re
from collections import Counter
from functools import cache

import pytest

from core.competency_matrix.planting import QuestionCode
from entrypoints.cli.site_matrix import MatrixFolder, read_matrix
from tests.tenants.test_demo_sites import SITES, TENANTS, published

GRADES = ("Junior", "Junior+", "Middle", "Middle+", "Senior")
LEAST = {"anna": (4, 150), "boris": (3, 60)}
each_site = pytest.mark.parametrize("site", SITES)


@cache
def matrix_of(site: str) -> MatrixFolder:
    return read_matrix(TENANTS / site / "content" / "matrix")


def questions_of(site: str) -> list[QuestionCode]:
    return [file.code for file in matrix_of(site).questions]


@each_site
def test_there_is_enough_to_look_through(site: str) -> None:
    sheets, questions = LEAST[site]
    assert len(matrix_of(site).sheets) >= sheets
    assert len(questions_of(site)) >= questions


@each_site
def test_every_grade_of_every_sheet_has_questions(site: str) -> None:
    found = Counter((question.sheet, question.grade) for question in questions_of(site))
    keys = [code.key for _, code in matrix_of(site).sheets]
    assert {(key, grade) for key in keys for grade in GRADES} == set(found)


@each_site
def test_questions_stand_where_the_sheet_has_a_place(site: str) -> None:
    places = {
        (code.key, section, subsection)
        for _, code in matrix_of(site).sheets
        for section, subsections in code.sections
        for subsection in subsections
    }
    assert {(one.sheet, one.section, one.subsection) for one in questions_of(site)} == places


@each_site
def test_every_question_is_whole(site: str) -> None:
    for file in matrix_of(site).questions:
        assert file.code.slug == file.path.stem
        assert file.is_public
        assert 80 <= len(file.code.answer.split()) <= 260, file.path.name
        assert 20 <= len(file.code.expectation.split()) <= 80, file.path.name
        assert 0 < len(file.code.hint) <= 130, file.path.name
        assert not re.search(r"[Ll]orem ipsum|\bTODO\b", file.code.answer)


@each_site
def test_no_address_and_no_question_is_there_twice(site: str) -> None:
    for field in ("slug", "question"):
        counts = Counter(getattr(question, field).casefold() for question in questions_of(site))
        assert [value for value, count in counts.items() if count > 1] == []


@each_site
def test_evidence_is_what_visitors_can_read(site: str) -> None:
    named = {slug for question in questions_of(site) for slug in question.evidence}
    assert named <= published(site).keys()
    assert len(named) >= 5


@each_site
def test_a_resource_has_one_name_everywhere(site: str) -> None:
    names = {(one.url, one.name) for question in questions_of(site) for one in question.resources}
    assert len(names) == len({url for url, _ in names})
    assert all(url.startswith("https://") for url, _ in names)


def test_the_russian_matrix_is_in_russian() -> None:
    for question in questions_of("boris"):
        for text in (question.question, question.hint, question.expectation):
            assert re.search(r"[а-яё]", text, re.IGNORECASE), text
