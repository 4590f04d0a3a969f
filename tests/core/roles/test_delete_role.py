from dataclasses import replace

import pytest

from core.access import Scope
from core.errors import Forbidden, Invalid, StaleVersion
from core.granting import GrantsTooMuch
from core.identity import Role, UserId
from core.roles.errors import RoleFixed, RoleInUse, RoleNotFound
from core.roles.use_cases.delete_role import DeleteRole
from core.users.entities import InvitationId
from tests.core.makers import NOW, invitation, member
from tests.core.roles.samples import KEEPER, REVIEWER
from tests.core.roles_house import RolesHouse


@pytest.fixture
def peopled(house: RolesHouse) -> RolesHouse:
    """One reviews, another is invited to it, a third was invited and came as something else."""
    house.has_policy(*house.gives("reviewer", EDIT_POST=Scope.ALL), roles=(KEEPER, REVIEWER))
    house.has_user(replace(member(Role.VIEWER), role="reviewer"))
    house.has_invitation(invitation("open", role="reviewer"))
    house.has_invitation(replace(invitation("used", role="reviewer"), accepted_at=NOW))
    house.admits(Role.OWNER)
    return house


async def test_the_people_of_an_ended_role_get_another(peopled: RolesHouse) -> None:
    await peopled.make(DeleteRole)("reviewer", version=1, move_to=Role.CONTRIBUTOR)

    policy = peopled.kept(peopled.roles).policy
    assert (policy.roles, policy.differences) == ((KEEPER,), ())
    assert peopled.kept(peopled.users)[UserId("viewer")].role == Role.CONTRIBUTOR
    invited = peopled.kept(peopled.invitations)
    assert invited[InvitationId("open")].role == Role.CONTRIBUTOR
    assert invited[InvitationId("used")].role == "reviewer", "what was is written as it was"
    assert peopled.audit.kept[-1].after == {"people_to": "contributor"}


async def test_a_role_that_nobody_has_just_ends(peopled: RolesHouse) -> None:
    await peopled.make(DeleteRole)("keeper", version=None)

    assert peopled.kept(peopled.roles).policy.roles == (REVIEWER,)


async def test_it_asks_where_the_people_go(peopled: RolesHouse) -> None:
    for move_to in ("", "reviewer"):
        with peopled.refuses(RoleInUse) as refused:
            await peopled.make(DeleteRole)("reviewer", version=1, move_to=move_to)
        assert isinstance(refused.value, RoleInUse)
        assert refused.value.people == 2


@pytest.mark.parametrize("move_to", [Role.VISITOR, Role.OPERATOR, "nobody"])
async def test_people_go_to_a_role_of_members(peopled: RolesHouse, move_to: str) -> None:
    with peopled.refuses(Invalid):
        await peopled.make(DeleteRole)("reviewer", version=1, move_to=move_to)


async def test_people_are_not_moved_to_what_is_beyond_who_asks(peopled: RolesHouse) -> None:
    mine = peopled.gives("keeper", EDIT_SITE=Scope.NONE)
    peopled.has_policy(*mine, roles=(KEEPER, REVIEWER))
    peopled.admits_under("keeper")

    with peopled.refuses(GrantsTooMuch):
        await peopled.make(DeleteRole)("reviewer", version=1, move_to=Role.OWNER)


async def test_what_cannot_be_ended_stays(peopled: RolesHouse) -> None:
    with peopled.refuses(RoleFixed):
        await peopled.make(DeleteRole)(Role.VIEWER, version=1)
    with peopled.refuses(RoleNotFound):
        await peopled.make(DeleteRole)("nobody", version=1)
    with peopled.refuses(StaleVersion):
        await peopled.make(DeleteRole)("keeper", version=3)


async def test_who_may_not_is_refused(peopled: RolesHouse) -> None:
    peopled.admits(Role.EDITOR)
    with peopled.refuses(Forbidden):
        await peopled.make(DeleteRole)("reviewer", version=1, move_to=Role.VIEWER)
