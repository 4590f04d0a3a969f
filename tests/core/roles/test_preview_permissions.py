from core.access import Action, Scope
from core.errors import Forbidden, Invalid
from core.identity import Role
from core.roles.errors import RoleFixed, RoleNotFound
from core.roles.use_cases.preview_permissions import PreviewPermissions
from tests.core.roles.samples import KEEPER, REVIEWER
from tests.core.roles_house import RolesHouse


async def test_owner_sees_what_would_change_and_nothing_does(house: RolesHouse) -> None:
    house.admits(Role.OWNER)

    with house.changes_nothing():
        preview = await house.make(PreviewPermissions)(
            Role.AUTHOR, {Action.PUBLISH_POST: Scope.ALL, Action.EDIT_POST: Scope.NONE, Action.DRAFT_POST: Scope.ALL}
        )

    assert {change.action: change.is_wider for change in preview.changes} == {
        Action.PUBLISH_POST: True,
        Action.EDIT_POST: False,
    }
    assert (preview.version, preview.lacking) == (1, ())


async def test_it_says_what_she_could_not_give(house: RolesHouse) -> None:
    house.has_policy(*house.gives("keeper", EDIT_SITE=Scope.NONE), roles=(KEEPER, REVIEWER))
    house.admits_under("keeper")

    preview = await house.make(PreviewPermissions)("reviewer", {Action.EDIT_SITE: Scope.ALL})

    assert preview.lacking == (Action.EDIT_SITE,)


async def test_what_cannot_be_is_refused(house: RolesHouse) -> None:
    house.admits(Role.OWNER)
    with house.refuses(RoleFixed):
        await house.make(PreviewPermissions)(Role.OWNER, {Action.EDIT_SITE: Scope.NONE})
    with house.refuses(RoleNotFound):
        await house.make(PreviewPermissions)("nobody", {})
    with house.refuses(Invalid):
        await house.make(PreviewPermissions)(Role.VISITOR, {Action.DRAFT_POST: Scope.ALL})


async def test_who_may_not_is_refused(house: RolesHouse) -> None:
    house.admits(Role.EDITOR)
    with house.refuses(Forbidden):
        await house.make(PreviewPermissions)(Role.EDITOR, {})
