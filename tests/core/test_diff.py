from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.diff import EFFORT, Change, ChangeKind, Effort, word_diff

EQUAL, INSERT, DELETE = ChangeKind.EQUAL, ChangeKind.INSERT, ChangeKind.DELETE
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(["дом", "house", " ", "  ", "\n", ".", "é", "\r\n", "\x0b"]), max_size=60).map("".join),
)


class Counting(Effort):
    """How many searches were asked for."""

    searches = 0

    def allows(self, cost: int) -> bool:
        self.searches += 1
        return super().allows(cost)


def changes(old: str, new: str) -> list[tuple[ChangeKind, str]]:
    return [(change.kind, change.text) for change in word_diff(old, new)]


def assert_lossless(old: str, new: str, found: list[Change]) -> None:
    assert "".join(change.text for change in found if change.kind is not INSERT) == old
    assert "".join(change.text for change in found if change.kind is not DELETE) == new
    assert all(change.text for change in found)
    assert all(one.kind is not two.kind for one, two in pairwise(found))


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_nothing_is_lost_between_two_texts(old: str, new: str) -> None:
    assert_lossless(old, new, list(word_diff(old, new)))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert changes(text, text) == ([(EQUAL, text)] if text else [])


def test_words_are_compared_within_the_lines_that_changed() -> None:
    old, new = "The quick fox.\nA second line.\n", "The slow fox!\nA second line.\nAnd more.\n"

    assert changes(old, new) == [
        (EQUAL, "The "),
        (DELETE, "quick"),
        (INSERT, "slow"),
        (EQUAL, " fox"),
        (DELETE, "."),
        (INSERT, "!"),
        (EQUAL, "\nA second line.\n"),
        (INSERT, "And more.\n"),
    ]


def test_words_of_any_script_stay_whole() -> None:
    assert changes("Лес рубят", "Дом рубят") == [(DELETE, "Лес"), (INSERT, "Дом"), (EQUAL, " рубят")]


def test_words_replaced_in_a_row_are_told_at_once() -> None:
    assert changes("a red fox ran", "a grey cat ran") == [
        (EQUAL, "a "),
        (DELETE, "red fox"),
        (INSERT, "grey cat"),
        (EQUAL, " ran"),
    ]


def test_as_many_lines_in_the_place_of_others_are_compared_one_by_one() -> None:
    found = changes("one 1\ntwo 2\n", "one 3\ntwo 4\n")

    assert found[0] == (EQUAL, "one ")
    assert (EQUAL, "\ntwo ") in found


def test_moved_lines_are_found_again() -> None:
    assert changes("a\nb\nc\nd\n", "c\nd\nx\ny\nz\n") == [
        (DELETE, "a\nb\n"),
        (EQUAL, "c\nd\n"),
        (INSERT, "x\ny\nz\n"),
    ]


def test_what_is_everywhere_is_met_but_not_looked_for() -> None:
    old = [f"word{number * number % 7919}" if number % 2 else "the" for number in range(2_000)]
    new = [*old]
    new[1_001] = "other"
    new[5] = "another"

    found = list(word_diff(" ".join(old), " ".join(new)))

    assert_lossless(" ".join(old), " ".join(new), found)
    assert [change.text for change in found if change.kind is INSERT] == ["another", "other"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n" * 500_000, "a\n" * 250_000),
        ("a b " * 125_000, "b a " * 125_000),
        (" ".join(map(str, range(80_000))), " ".join(map(str, reversed(range(80_000))))),
    ],
)
def test_the_effort_is_bounded_for_the_longest_texts(old: str, new: str) -> None:
    effort = Counting()

    assert_lossless(old, new, list(word_diff(old, new, effort=effort)))
    assert effort.left >= 0
    assert effort.searches < EFFORT / 10


def test_what_is_left_when_the_effort_is_spent_is_replaced_whole() -> None:
    found = word_diff("x a b c d", "x c d a b", effort=Effort(3))

    assert [(change.kind, change.text) for change in found] == [
        (EQUAL, "x "),
        (DELETE, "a b c d"),
        (INSERT, "c d a b"),
    ]
