from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Action
from core.competency_matrix.choice import Choice
from core.competency_matrix.use_cases.query_questions import QueryQuestions
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from core.publication import PublicationStatus
from tests.core.house import House
from tests.core.makers import NOW, draft, published
from tests.core.matrix_makers import SENIOR, public_question, question, sheet


def furnished(house: House) -> House:
    house.has_sheet(sheet())
    for days in range(3):
        house.has_question(public_question(f"question-{days}", at=NOW - timedelta(days=days)))
    house.has_question(question("own-draft", grade=SENIOR))
    house.has_question(question("foreign-draft", by=Role.EDITOR))
    house.has_question(question("thrown-away", trashed_at=NOW))
    return house


async def test_visitor_reads_the_published_questions_part_by_part(house: House) -> None:
    query = furnished(house).make(QueryQuestions)

    first = await query(limit=2)
    rest = await query(limit=2, cursor=first.next_cursor)

    assert [one.slug for one in (*first.items, *rest.items)] == ["question-0", "question-1", "question-2"]
    assert rest.next_cursor is None


async def test_a_sheet_is_named_by_its_id_or_its_address(house: House) -> None:
    query = furnished(house).make(QueryQuestions)

    found = {name: len((await query(sheet=name)).items) for name in (sheet().id, sheet().key, "nothing")}
    assert found == {sheet().id: 3, sheet().key: 3, "nothing": 0}


async def test_author_sees_only_her_own_of_what_is_not_public(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    found = await house.make(QueryQuestions)(status=PublicationStatus.DRAFT)
    assert [one.slug for one in found.items] == ["own-draft"]
    assert len((await house.make(QueryQuestions)()).items) == 3


async def test_visitor_is_told_only_of_evidence_that_she_can_read(house: House) -> None:
    furnished(house).has_post(published("shown"))
    house.has_post(draft("hidden"))
    house.has_question(replace(public_question("shows-it"), evidence=("hidden", "shown")))

    (asked,) = (await house.make(QueryQuestions)(slug="shows-it")).items
    assert asked.evidence == ("shown",)
    assert {one.slug: one.evidence for one in (await house.make(QueryQuestions)()).items}["question-0"] == ()


async def test_editor_sees_everybodys(house: House) -> None:
    furnished(house).admits(Role.EDITOR)
    query = house.make(QueryQuestions)

    assert len((await query(status=None)).items) == 5
    assert [one.slug for one in (await query(status=None, is_trashed=True)).items] == ["thrown-away"]
    senior = await query(Choice(grades=frozenset({SENIOR})), status=None)
    assert [one.slug for one in senior.items] == ["own-draft"]


async def test_the_list_can_be_narrowed(house: House) -> None:
    query = furnished(house).make(QueryQuestions)

    assert [one.slug for one in (await query(slug="question-1")).items] == ["question-1"]
    assert (await query(sheet="elsewhere")).items == []
    assert (await query(lack="no_answer")).items == []
    assert (await query(is_flagged=True)).items == []


async def test_a_cursor_of_somebody_else_is_refused(house: House) -> None:
    with house.refuses(Invalid):
        await house.make(QueryQuestions)(cursor="elsewhere")


@pytest.mark.parametrize(("status", "is_trashed"), [(None, False), (PublicationStatus.PUBLISHED, True)])
async def test_a_refused_visitor_learns_nothing_of_what_is_not_public(
    house: House, status: PublicationStatus | None, is_trashed: bool
) -> None:
    furnished(house)

    with house.refuses(Unauthenticated):
        await house.make(QueryQuestions)(status=status, is_trashed=is_trashed)


async def test_a_member_who_may_not_see_drafts_is_refused(house: House) -> None:
    furnished(house).admits(Role.VIEWER)
    house.forbids(Action.READ_UNPUBLISHED_QUESTION)

    with house.refuses(Forbidden):
        await house.make(QueryQuestions)(status=None)


async def test_a_refused_visitor_reads_nothing_where_the_matrix_is_closed(house: House) -> None:
    furnished(house).forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(QueryQuestions)()
