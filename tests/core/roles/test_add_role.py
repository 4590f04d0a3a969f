import pytest

from core.access import Action, Scope
from core.errors import Forbidden, Invalid
from core.granting import GrantsTooMuch
from core.identity import Role
from core.policy import SiteRole
from core.roles.entities import MOST_ROLES
from core.roles.errors import RoleKeyTaken
from core.roles.use_cases.add_role import AddRole
from tests.core.roles.samples import KEEPER
from tests.core.roles_house import RolesHouse


async def test_owner_makes_a_role_that_begins_as_another(house: RolesHouse) -> None:
    house.admits(Role.OWNER)

    made = await house.make(AddRole)(name=" Guest writer ", base=Role.CONTRIBUTOR, description=" For friends ")

    assert made == SiteRole(key="guest-writer", name="Guest writer", description="For friends", base=Role.CONTRIBUTOR)
    book = house.kept(house.roles)
    assert (book.version, book.policy.roles) == (2, (made,))
    event = house.audit.kept[-1]
    assert (event.action, event.subject, event.after["base"]) == (Action.EDIT_ROLES, "guest-writer", "contributor")


@pytest.mark.parametrize("key", [Role.EDITOR, Role.VISITOR, Role.OPERATOR, "guest"])
async def test_a_key_is_taken_once(house: RolesHouse, key: str) -> None:
    house.has_policy(roles=(SiteRole(key="guest", name="Guest", base=Role.VIEWER),))
    house.admits(Role.OWNER)

    with house.refuses(RoleKeyTaken):
        await house.make(AddRole)(name="Guest", base=Role.VIEWER, key=key)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"name": "", "key": "x1"}, "name"),
        ({"name": "n" * 61, "key": "x1"}, "name"),
        ({"name": "!!!", "key": ""}, "key"),
        ({"name": "Fine", "key": "role:owner"}, "key"),
        ({"name": "Fine", "description": "d" * 301}, "description"),
        ({"name": "Fine", "base": "visitor"}, "base"),
        ({"name": "Fine", "base": "operator"}, "base"),
        ({"name": "Fine", "base": "guest"}, "base"),
    ],
)
async def test_what_is_wrong_is_named(house: RolesHouse, wanted: dict[str, str], field: str) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid) as refused:
        await house.make(AddRole)(**{"base": Role.VIEWER, **wanted})
    assert isinstance(refused.value, Invalid)
    assert field in {problem.field for problem in refused.value.problems}


async def test_there_are_only_so_many(house: RolesHouse) -> None:
    house.has_policy(roles=tuple(SiteRole(key=f"r{n}", name="R", base=Role.VIEWER) for n in range(MOST_ROLES)))
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(AddRole)(name="One more", base=Role.VIEWER)


async def test_nobody_makes_a_role_that_may_what_she_may_not(house: RolesHouse) -> None:
    house.has_policy(*house.gives("keeper", EDIT_SITE=Scope.NONE, EDIT_POST=Scope.OWN), roles=(KEEPER,))
    house.admits_under("keeper")

    with house.refuses(GrantsTooMuch) as refused:
        await house.make(AddRole)(name="Another", base=Role.OWNER)
    assert isinstance(refused.value, GrantsTooMuch)
    assert set(refused.value.lacking) == {Action.EDIT_SITE, Action.EDIT_POST}
    assert (await house.make(AddRole)(name="Less", base=Role.AUTHOR)).base == Role.AUTHOR


async def test_who_may_not_is_refused(house: RolesHouse) -> None:
    house.admits(Role.EDITOR)
    with house.refuses(Forbidden):
        await house.make(AddRole)(name="Mine", base=Role.VIEWER)
