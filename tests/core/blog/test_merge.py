"""Joining two texts, as people expect it."""

from dataclasses import replace
from typing import Any

import pytest

from core.blog.merge import Merge, merge
from core.joining import LINES_COMPARED
from tests.core.makers import TEXT

BASE = replace(TEXT, body="a\nb\nc\nd\ne\n", tags=("one", "two"), series="S", series_part=2, cover="c.webp")


def joined(theirs: dict[str, Any], ours: dict[str, Any]) -> Merge:
    return merge(BASE, replace(BASE, **theirs), replace(BASE, **ours))


@pytest.mark.parametrize(
    ("theirs", "ours", "wanted"),
    [
        ("a\nb\nc\nd\ne\n", "a\nB\nc\nd\ne\n", "a\nB\nc\nd\ne\n"),
        ("A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "A\nb\nc\nd\nE\n"),
        ("0\na\nb\nc\nd\ne\n", "a\nb\nc\nd\ne\n6\n", "0\na\nb\nc\nd\ne\n6\n"),
        ("a\nc\nd\ne\n", "a\nb\nc\nd\nE", "a\nc\nd\nE"),
        ("a\nX\nc\nd\ne\n", "a\nX\nc\nd\n", "a\nX\nc\nd\n"),
    ],
    ids=["only ours", "both ends", "added around", "taken away", "the same and more"],
)
def test_changes_of_different_lines_are_both_kept(theirs: str, ours: str, wanted: str) -> None:
    there = joined({"body": theirs}, {"body": ours})
    back = joined({"body": ours}, {"body": theirs})

    assert (there.text.body, there.clashes) == (wanted, frozenset())
    assert (back.text.body, back.clashes) == (wanted, frozenset())


def test_changes_of_one_line_clash_and_ours_is_offered() -> None:
    found = joined({"body": "a\nX\nc\nd\ne\n"}, {"body": "a\nY\nc\nd\ne\n"})

    assert (found.text.body, found.clashes) == ("a\nY\nc\nd\ne\n", frozenset({"body"}))


def test_texts_beyond_measure_are_not_joined() -> None:
    long = "x\n" * LINES_COMPARED

    assert joined({"body": long + "y\n"}, {"body": BASE.body + "f\n"}).clashes == {"body"}


def test_each_field_follows_whoever_changed_it() -> None:
    found = joined({"title": "Theirs", "cover": None}, {"description": "Ours", "series_part": None})

    assert found.clashes == frozenset()
    assert (found.text.title, found.text.description) == ("Theirs", "Ours")
    assert (found.text.cover, found.text.series_part) == (None, None)


def test_a_field_that_both_changed_clashes_unless_alike() -> None:
    found = joined(
        {"title": "Theirs", "slug": "new", "cover": None}, {"title": "Ours", "slug": "new", "cover": "d.webp"}
    )

    assert found.clashes == {"title", "cover"}
    assert (found.text.title, found.text.slug, found.text.cover) == ("Ours", "new", "d.webp")


def test_tags_of_both_come_together_and_what_either_took_away_is_gone() -> None:
    found = joined({"tags": ("two", "three")}, {"tags": ("one", "two", "four")})

    assert (found.text.tags, found.clashes) == (("two", "three", "four"), frozenset())
    assert joined({"tags": ("one", "two", "three")}, {"tags": ("two",)}).text.tags == ("two", "three")


def test_without_a_beginning_every_difference_clashes() -> None:
    found = merge(None, replace(BASE, title="Theirs"), replace(BASE, body="Ours"))

    assert found.clashes == {"title", "body"}
    assert (found.text.title, found.text.body) == (BASE.title, "Ours")
