from dataclasses import replace

import pytest

from core.access import Action, Scope
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from core.roles.errors import PersonNotFound, RoleNotFound, ThingNotFound
from core.roles.use_cases.explain_access import ExplainAccess
from tests.core.makers import NOW, draft, member, picture, published, stay
from tests.core.matrix_makers import question
from tests.core.roles.samples import REVIEWER
from tests.core.roles_house import RolesHouse


async def test_a_member_learns_why_and_who_could(house: RolesHouse) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    told = await house.make(ExplainAccess)(Action.PUBLISH_POST, resource=post.id)

    assert (told.is_allowed, told.is_me, told.person) == (False, True, None)
    assert told.thing is not None
    assert (told.thing.label, told.thing.kind) == (post.title, "post")
    why = told.explanation
    assert (why.role, why.role_scope, why.default, why.is_own, why.nearest_role) == (
        Role.CONTRIBUTOR,
        Scope.NONE,
        Scope.NONE,
        True,
        Role.AUTHOR,
    )


async def test_it_tells_what_the_site_decided_itself(house: RolesHouse) -> None:
    house.has_policy(*house.gives(Role.EDITOR, DELETE_MEDIA=Scope.NONE), roles=(REVIEWER,))
    house.admits_under(Role.EDITOR)

    why = (await house.make(ExplainAccess)(Action.DELETE_MEDIA)).explanation

    assert (why.role_scope, why.default, why.is_own, why.nearest_role) == (Scope.NONE, Scope.ALL, None, Role.AUTHOR)


async def test_owner_asks_about_others_and_about_roles(house: RolesHouse) -> None:
    house.has_policy(roles=(REVIEWER,))
    editor = house.has_user(member(Role.EDITOR))
    gone = house.has_user(replace(member(Role.AUTHOR), disabled_at=NOW))
    hers = house.has_post(draft(by=Role.AUTHOR))
    house.admits_under(Role.OWNER)
    explain = house.make(ExplainAccess)

    by_mail = await explain(Action.EDIT_POST, user=editor.email.upper(), resource=hers.id)
    assert (by_mail.is_allowed, by_mail.is_me, by_mail.explanation.role) == (True, False, Role.EDITOR)
    assert by_mail.person is not None
    shut_out = await explain(Action.EDIT_POST, user=gone.id, resource=hers.id)
    assert shut_out.explanation.is_allowed
    assert not shut_out.is_allowed, "whoever is shut out does nothing"
    role = await explain(Action.EDIT_POST, role="reviewer")
    assert (role.explanation.role, role.explanation.base, role.is_allowed) == ("reviewer", Role.VIEWER, False)
    assert (await explain(Action.CREATE_TENANT)).explanation.nearest_role == Role.OPERATOR


async def test_the_operator_asks_about_anybody(house: RolesHouse) -> None:
    editor = house.has_user(member(Role.EDITOR))
    house.admits(Role.OPERATOR)
    house.forbids(Action.EXPLAIN_ACCESS, Scope.ALL)

    assert (await house.make(ExplainAccess)(Action.EDIT_POST, user=editor.email)).is_allowed


async def test_one_may_ask_about_oneself_by_name(house: RolesHouse) -> None:
    house.admits(Role.VIEWER)
    me = house.access.actor.user_id or ""

    assert (await house.make(ExplainAccess)(Action.EDIT_POST, user=me)).is_me


async def test_every_kind_of_thing_can_be_asked_about(house: RolesHouse) -> None:
    public = house.has_post(published(by=Role.OWNER))
    asked = house.has_question(question(by=Role.AUTHOR))
    media = house.has_media(picture(by=Role.AUTHOR))
    session = house.has_session(stay(Role.AUTHOR))
    house.admits(Role.AUTHOR)
    explain = house.make(ExplainAccess)

    for action, thing_id, is_own in (
        (Action.EDIT_POST, public.id, False),
        (Action.PUBLISH_QUESTION, asked.id, True),
        (Action.DELETE_MEDIA, media.key, True),
        (Action.END_SESSION, session.id, True),
    ):
        told = await explain(action, resource=thing_id)
        assert told.explanation.is_own is is_own
        assert told.is_allowed is is_own


async def test_what_she_may_not_see_is_as_if_it_were_not_there(house: RolesHouse) -> None:
    hidden = house.has_post(draft(by=Role.OWNER))
    session = house.has_session(stay(Role.OWNER))
    house.admits(Role.AUTHOR)

    for action, thing_id in (
        (Action.EDIT_POST, hidden.id),
        (Action.EDIT_POST, "nothing"),
        (Action.END_SESSION, session.id),
    ):
        with house.refuses(ThingNotFound):
            await house.make(ExplainAccess)(action, resource=thing_id)


async def test_what_is_never_about_a_thing_is_said_so(house: RolesHouse) -> None:
    house.admits(Role.OWNER)
    for action in (Action.EDIT_SITE, Action.EXPLAIN_ACCESS):
        with house.refuses(Invalid):
            await house.make(ExplainAccess)(action, resource="x")


async def test_nobody_and_no_role_is_not_found(house: RolesHouse) -> None:
    house.admits(Role.OWNER)
    with house.refuses(PersonNotFound):
        await house.make(ExplainAccess)(Action.EDIT_POST, user="nobody@example.org")
    with house.refuses(RoleNotFound):
        await house.make(ExplainAccess)(Action.EDIT_POST, role="nobody")


@pytest.mark.parametrize("about", [{"user": "editor"}, {"user": "nobody"}, {"role": "owner"}, {"role": "nobody"}])
async def test_a_member_may_not_ask_about_others(house: RolesHouse, about: dict[str, str]) -> None:
    house.has_user(member(Role.EDITOR))
    house.admits(Role.AUTHOR)
    with house.refuses(Forbidden):
        await house.make(ExplainAccess)(Action.EDIT_POST, **about)


async def test_a_refused_visitor_learns_nothing(house: RolesHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ExplainAccess)(Action.EDIT_POST)
