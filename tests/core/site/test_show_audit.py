import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.site.audit_log import AuditActor
from core.site.use_cases.show_audit import ShowAudit
from tests.core.house import House
from tests.core.site.lines import written


async def test_the_owner_sees_whose_deeds_are_kept_and_for_how_long(house: House) -> None:
    written(house, "a")
    house.admits(Role.OWNER)

    shown = await house.make(ShowAudit)()

    assert (shown.actors, shown.days) == ([AuditActor(id="owner", name="Owner")], 365)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_else_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ShowAudit)()
