import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.site.audit_log import EVERYTHING
from core.site.use_cases.export_audit_events import BATCH, ExportAuditEvents
from tests.core.house import House
from tests.core.site.lines import written


async def test_the_owner_takes_all_of_it_along_and_holds_no_connection_meanwhile(house: House) -> None:
    written(house, *map(str, range(BATCH + 1)))
    house.admits(Role.OWNER)

    events = [event.subject async for event in await house.make(ExportAuditEvents)(EVERYTHING)]

    assert events == [str(number) for number in reversed(range(BATCH + 1))]
    assert house.transaction.rests == 2


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_else_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ExportAuditEvents)(EVERYTHING)
