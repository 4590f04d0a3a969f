from dataclasses import replace

import pytest

from core.access import Action
from core.audit import WatchedAccess, changed, facts_of, labelled
from core.competency_matrix.grades import MatrixSettings
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.links import Link
from tests.core.fakes.audit import MemoryAuditTrail
from tests.core.house import SETTINGS, House
from tests.core.makers import draft


async def test_only_what_changed_is_kept() -> None:
    trail = MemoryAuditTrail()

    await trail.record(
        Action.EDIT_SITE, subject="1", before={"title": "A", "accent": "x"}, after={"title": "B", "accent": "x"}
    )

    assert [(one.before, one.after) for one in trail.kept] == [({"title": "A"}, {"title": "B"})]


def test_what_came_and_what_went_are_changes() -> None:
    assert changed({"gone": "1", "same": "2"}, {"came": "3", "same": "2"}) == ({"gone": "1"}, {"came": "3"})


def test_what_somebody_typed_is_short_and_can_be_kept() -> None:
    assert labelled("a\0b\ud800" + "x" * 300) == "ab?" + "x" * 197


@pytest.mark.parametrize(("role", "noted"), [(Role.AUTHOR, True), (Role.VISITOR, False)])
def test_that_a_member_is_refused_is_noted_and_that_a_visitor_shall_sign_in_is_not(role: Role, noted: bool) -> None:
    house = House()
    post = house.has_post(draft("theirs", by=Role.EDITOR))
    house.admits(role)
    access = WatchedAccess(access=house.access, refusals=house.refusals)

    with pytest.raises((Forbidden, Unauthenticated)):
        access.require(Action.PUBLISH_POST, on=post)

    said = [(one.action, one.role, one.subject, one.reason) for one in house.refusals.kept]
    assert said == ([(Action.PUBLISH_POST, "author", post.id, "forbidden")] if noted else [])


def test_who_watches_changes_no_answer() -> None:
    house = House()
    post = house.has_post(draft("theirs", by=Role.EDITOR))
    house.admits(Role.EDITOR)
    access = WatchedAccess(access=house.access, refusals=house.refusals)

    access.require(Action.PUBLISH_POST, on=post)
    assert access.actor is house.access.actor
    assert access.can(Action.PUBLISH_POST, on=post) is house.access.can(Action.PUBLISH_POST, on=post)
    assert access.scope(Action.PUBLISH_POST) is house.access.scope(Action.PUBLISH_POST)
    assert access.explain(Action.EDIT_SITE) == house.access.explain(Action.EDIT_SITE)
    assert not house.refusals.kept


def test_an_entity_is_told_by_its_fields() -> None:
    settings = replace(SETTINGS, about="x" * 600, menu=(Link(label="Blog", url="/blog"), Link(label="Me", url="/me")))

    facts = facts_of(settings, without=("version",))

    assert (facts["title"], facts["about"], facts["picture"]) == ("Anna", "x" * 500, "")
    assert (facts["menu"], facts["sections"]) == ("Blog /blog, Me /me", "blog")
    assert "version" not in facts
    assert facts_of(MatrixSettings(grades=()))["shows_coverage"] == "false"
