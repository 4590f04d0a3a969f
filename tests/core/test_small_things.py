"""Errors, pages, slugs, actors: the words that everything is said in."""

from dataclasses import replace

import pytest

from core.access import Scope, reaches, refusal
from core.errors import (
    Conflict,
    Forbidden,
    Invalid,
    Problem,
    StaleVersion,
    TooMany,
    Unauthenticated,
    Unavailable,
    refuse_if_any,
)
from core.identity import ANONYMOUS, MEMBER_ROLES, OPERATOR, SITE_ROLES, Actor, Role, UserId
from core.markdown import ShownPicture, Variant, spoken
from core.pagination import NumberedPage
from core.slugs import slug_problem
from core.text import N_


class Thing:
    def __init__(self, owner: str | None) -> None:
        self.owner_id = UserId(owner) if owner else None


ANNA = Actor(role=Role.AUTHOR, user_id=UserId("anna"))


def test_a_message_for_the_catalogue_stays_itself() -> None:
    assert N_("Hello") == "Hello"


def test_a_hyphen_is_what_is_said_of_a_decoration() -> None:
    assert [spoken(words) for words in ("-", " - ", "A boat", "--", "")] == ["", "", "A boat", "--", ""]


def test_a_picture_leaves_its_colour_until_it_comes_unless_it_may_be_seen_through() -> None:
    blue = ShownPicture(width=4, height=3, colour="#0040FF")
    clear = replace(blue, variants=(Variant(key="cat.png", content_type="image/png", width=4),))

    assert (blue.tone, clear.tone, replace(blue, colour="").tone) == ("tone-013", "", "")


def test_errors_say_what_happened() -> None:
    assert str(Forbidden()) == "You may not do this."
    assert isinstance(StaleVersion(current=3), Conflict)
    assert StaleVersion(current=3).current == 3
    assert TooMany(retry_after=0).retry_after == 1
    assert Unavailable().retry_after == 5


def test_all_problems_are_refused_at_once() -> None:
    problems = [Problem.of("title", "bad"), Problem.of("slug", "at most %(limit)d", limit=3)]

    with pytest.raises(Invalid) as refused:
        refuse_if_any(problems)

    assert refused.value.problems == tuple(problems)
    refuse_if_any([])


@pytest.mark.parametrize(("total", "last"), [(0, 1), (10, 1), (11, 2)])
def test_pages_count_from_one(total: int, last: int) -> None:
    page: NumberedPage[str] = NumberedPage(items=(), number=2, size=10, total=total)

    assert page.last == last
    assert page.is_out_of_range is (last < 2)


@pytest.mark.parametrize("slug", ["a", "hello-world", "on-2026", "x1"])
def test_slugs(slug: str) -> None:
    assert slug_problem(slug) is None


@pytest.mark.parametrize("slug", ["", "A", "a_b", "-a", "a-", "a--b", "привет", "feed", "2026", "x" * 101])
def test_no_slugs(slug: str) -> None:
    assert slug_problem(slug) is not None


def test_who_is_anonymous() -> None:
    assert ANONYMOUS.is_anonymous
    assert not ANNA.is_anonymous
    assert isinstance(refusal(ANONYMOUS), Unauthenticated)
    assert isinstance(refusal(ANNA), Forbidden)


def test_the_operator_stands_outside_of_the_sites() -> None:
    assert OPERATOR.role not in SITE_ROLES
    assert Role.VISITOR not in MEMBER_ROLES


@pytest.mark.parametrize(
    ("scope", "on", "expected"),
    [
        (Scope.ALL, None, True),
        (Scope.ALL, Thing("boris"), True),
        (Scope.OWN, None, True),
        (Scope.OWN, Thing("anna"), True),
        (Scope.OWN, Thing("boris"), False),
        (Scope.OWN, Thing(None), False),
        (Scope.NONE, None, False),
        (Scope.NONE, Thing("anna"), False),
    ],
)
def test_how_far_a_permission_reaches(scope: Scope, on: Thing | None, expected: bool) -> None:
    assert reaches(scope, ANNA, on) is expected


def test_nobody_owns_nobodys_things() -> None:
    assert not reaches(Scope.OWN, ANONYMOUS, Thing(None))
