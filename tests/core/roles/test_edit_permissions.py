import pytest

from core.access import Action, PolicyDifference, Scope
from core.errors import Forbidden, Invalid, StaleVersion
from core.granting import GrantsTooMuch
from core.identity import Role
from core.roles.entities import RightChange
from core.roles.errors import RoleFixed, RoleNotFound
from core.roles.use_cases.edit_permissions import EditPermissions
from tests.core.roles.samples import KEEPER, REVIEWER
from tests.core.roles_house import RolesHouse


async def test_owner_gives_and_takes_at_once(house: RolesHouse) -> None:
    house.admits(Role.OWNER)
    wanted = {Action.PUBLISH_POST: Scope.OWN, Action.UPLOAD_MEDIA: Scope.NONE, Action.DRAFT_POST: Scope.ALL}

    changes = await house.make(EditPermissions)(Role.CONTRIBUTOR, wanted, version=1)

    assert set(changes) == {
        RightChange(role=Role.CONTRIBUTOR, action=Action.PUBLISH_POST, before=Scope.NONE, after=Scope.OWN),
        RightChange(role=Role.CONTRIBUTOR, action=Action.UPLOAD_MEDIA, before=Scope.ALL, after=Scope.NONE),
    }
    assert [change.is_wider for change in changes] == [change.action is Action.PUBLISH_POST for change in changes]
    assert house.kept(house.roles).policy.differences == (
        PolicyDifference(role=Role.CONTRIBUTOR, action=Action.UPLOAD_MEDIA, scope=Scope.NONE),
        PolicyDifference(role=Role.CONTRIBUTOR, action=Action.PUBLISH_POST, scope=Scope.OWN),
    )
    event = house.audit.kept[-1]
    assert (event.before["post.publish"], event.after["post.publish"]) == ("none", "own")


async def test_what_the_release_gives_anyway_leaves_no_trace(house: RolesHouse) -> None:
    house.has_policy(*house.gives(Role.EDITOR, DELETE_MEDIA=Scope.NONE), *house.gives("x", EDIT_POST=Scope.ALL))
    house.admits(Role.OWNER)

    await house.make(EditPermissions)(Role.EDITOR, {Action.DELETE_MEDIA: Scope.ALL}, version=1)

    assert [one.role for one in house.kept(house.roles).policy.differences] == ["x"]


async def test_nothing_new_is_nothing_written(house: RolesHouse) -> None:
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(EditPermissions)(Role.EDITOR, {Action.EDIT_POST: Scope.ALL}, version=None) == ()


@pytest.mark.parametrize(
    ("role", "action", "scope"),
    [
        (Role.EDITOR, Action.CREATE_TENANT, Scope.ALL),
        (Role.EDITOR, Action.SIGN_IN, Scope.NONE),
        (Role.EDITOR, Action.DRAFT_POST, Scope.OWN),
        (Role.VISITOR, Action.DRAFT_POST, Scope.ALL),
        (Role.VISITOR, Action.EDIT_POST, Scope.OWN),
    ],
)
async def test_what_cannot_be_chosen_is_refused(house: RolesHouse, role: Role, action: Action, scope: Scope) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid) as refused:
        await house.make(EditPermissions)(role, {action: scope}, version=1)
    assert isinstance(refused.value, Invalid)
    assert refused.value.problems[0].field == f"/permissions/{action}"


async def test_the_owner_is_beyond_editing(house: RolesHouse) -> None:
    house.admits(Role.OWNER)
    with house.refuses(RoleFixed):
        await house.make(EditPermissions)(Role.OWNER, {Action.EDIT_SITE: Scope.NONE}, version=1)
    with house.refuses(RoleNotFound):
        await house.make(EditPermissions)("nobody", {}, version=1)
    with house.refuses(StaleVersion):
        await house.make(EditPermissions)(Role.EDITOR, {}, version=9)


async def test_nobody_gives_what_she_lacks_not_even_to_herself(house: RolesHouse) -> None:
    mine = house.gives("keeper", EDIT_SITE=Scope.NONE, EDIT_POST=Scope.OWN)
    house.has_policy(*mine, roles=(KEEPER, REVIEWER))
    house.admits_under("keeper")

    for role, action, scope in (
        ("keeper", Action.EDIT_SITE, Scope.ALL),
        ("reviewer", Action.EDIT_SITE, Scope.ALL),
        ("reviewer", Action.EDIT_POST, Scope.ALL),
    ):
        with house.refuses(GrantsTooMuch):
            await house.make(EditPermissions)(role, {action: scope}, version=1)
    assert await house.make(EditPermissions)("reviewer", {Action.EDIT_POST: Scope.OWN}, version=1)


async def test_who_may_not_is_refused(house: RolesHouse) -> None:
    house.admits(Role.EDITOR)
    with house.refuses(Forbidden):
        await house.make(EditPermissions)(Role.EDITOR, {Action.EDIT_SITE: Scope.ALL}, version=1)
