from dataclasses import replace
from datetime import timedelta

import pytest

from core.competency_matrix.cards import CellCount
from core.competency_matrix.errors import QuestionInTrash
from core.competency_matrix.layout import in_order, laid_out, tally
from core.competency_matrix.sheets import FORMER_MAX, left_behind, sheet_called, sheet_with
from core.competency_matrix.texts import fingerprint
from tests.core.fakes.matrix_lists import card_of
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import SENIOR, public_question, question, sheet

LATER = NOW + timedelta(hours=1)


def test_the_same_words_have_the_same_fingerprint_whatever_case_and_space() -> None:
    assert fingerprint(" What  IS it?\n") == fingerprint("what is it?")
    assert question(asked="What?").fingerprint != question(asked="Why?").fingerprint


def test_what_is_put_elsewhere_keeps_its_words_and_its_date_of_publication() -> None:
    asked = public_question()

    moved = asked.put(sheet_id=sheet("web").id, subsection_id="files", grade=SENIOR, at=LATER)

    assert (moved.sheet_id, moved.subsection_id, moved.grade, moved.position) == ("web", "files", SENIOR, 0)
    assert (moved.wordings, moved.published_at, moved.updated_at) == (asked.wordings, NOW, LATER)
    assert moved.is_readable(LATER)


def test_a_public_question_without_a_grade_leaves_public_view() -> None:
    moved = public_question().put(sheet_id=sheet().id, subsection_id="names", grade=None, at=LATER)

    assert (moved.is_public, moved.is_flagged) == (False, True)


def test_a_draft_that_lacks_something_is_not_flagged() -> None:
    moved = question().put(sheet_id=sheet().id, subsection_id="names", grade=None, at=LATER)

    assert not moved.is_flagged


def test_publishing_takes_the_flag_away() -> None:
    assert not replace(question(), is_flagged=True).publish(at=NOW, now=NOW).is_flagged


def test_nothing_in_the_trash_is_put_elsewhere() -> None:
    with pytest.raises(QuestionInTrash):
        question(trashed_at=NOW).put(sheet_id=sheet().id, subsection_id="names", grade=None, at=LATER)


def test_what_lies_in_the_trash_is_not_thrown_away_again() -> None:
    asked = question(trashed_at=NOW)

    assert asked.trash(at=LATER) == asked


def test_addresses_that_were_left_are_remembered_the_last_one_last() -> None:
    former = left_behind((), "a", "b")
    former = left_behind(former, "b", "c")
    assert former == ("a", "b")
    assert left_behind(former, "c", "c") == ("a", "b")
    assert left_behind(former, "c", "a") == ("b", "c")
    many = tuple(str(number) for number in range(FORMER_MAX))
    assert left_behind(many, "last", "new") == (*many[1:], "last")


def test_a_sheet_is_found_by_its_address_before_one_that_another_had() -> None:
    sheets = [sheet("old", former_keys=("new",)), sheet("new", former_keys=("older",))]

    assert [found.key for key in ("new", "old", "older") if (found := sheet_called(key, sheets))] == [
        "new",
        "old",
        "new",
    ]
    assert sheet_called("never", sheets) is None
    assert sheet_with("nowhere", sheets) is None


def test_what_has_no_grade_is_counted_but_of_no_grade() -> None:
    cell = CellCount(sheet_id=sheet().id, subsection_id="names", grade=None, questions=2, with_evidence=1)

    found = tally([cell, replace(cell, grade=SENIOR)])

    assert (found.questions, found.with_evidence, dict(found.by_grade)) == (4, 2, {SENIOR: 2})


async def test_what_has_an_unknown_grade_stands_behind_the_others(house: House) -> None:
    cards = [
        card_of(one, "en", posts={}, now=NOW)
        for one in (question("none", grade=None), question("unknown", grade=SENIOR), question("known"))
    ]
    settings = await house.sheets.settings()

    bands = laid_out(sheet(), cards, replace(settings, grades=settings.grades[:1]))

    assert [card.slug for card in in_order(bands)] == ["known", "none", "unknown"]
    assert bands[0].rows[0].cells[-1].grade is None
