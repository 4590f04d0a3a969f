import pytest

from core.access import OPERATOR_ACTIONS, Action, Scope
from core.errors import Forbidden, Unauthenticated
from core.identity import ANONYMOUS, SITE_ROLES, Role
from core.users.use_cases.show_whoami import ShowWhoami
from tests.core.house import House, somebody


def whoami(house: House) -> ShowWhoami:
    return ShowWhoami(access=house.access)


async def test_visitor_learns_that_nobody_knows_her(house: House) -> None:
    shown = await whoami(house)()

    assert shown.actor == ANONYMOUS
    assert shown.permissions[Action.READ_POST] is Scope.ALL
    assert Action.DRAFT_POST not in shown.permissions


async def test_author_learns_how_far_her_rights_reach(house: House) -> None:
    house.admits(Role.AUTHOR)

    shown = await whoami(house)()

    assert shown.actor == somebody(Role.AUTHOR)
    assert shown.permissions[Action.PUBLISH_POST] is Scope.OWN
    assert Scope.NONE not in shown.permissions.values()


@pytest.mark.parametrize("role", SITE_ROLES)
async def test_no_role_of_a_site_has_a_right_of_the_operator(house: House, role: Role) -> None:
    house.admits(role)

    assert not OPERATOR_ACTIONS & (await whoami(house)()).permissions.keys()


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.OWNER, Forbidden)])
async def test_a_refused_actor_learns_nothing_where_the_site_says_so(
    house: House, role: Role, error: type[Unauthenticated | Forbidden]
) -> None:
    house.admits(role)
    house.forbids(Action.READ_WHOAMI)

    with house.refuses(error):
        await whoami(house)()
