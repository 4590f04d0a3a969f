import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from core.site.audit_log import EVERYTHING, AuditFilter
from core.site.use_cases.list_audit_events import MOST, ListAuditEvents
from tests.core.house import House
from tests.core.site.lines import written


async def test_the_owner_sees_who_did_what_the_newest_first(house: House) -> None:
    written(house, "a", "b", "c")
    house.admits(Role.OWNER)
    list_events = house.make(ListAuditEvents)

    first = await list_events(EVERYTHING, limit=2)
    rest = await list_events(EVERYTHING, limit=2, cursor=first.next_cursor)

    assert [event.subject for event in first.items] == ["c", "b"]
    assert ([event.subject for event in rest.items], rest.next_cursor) == (["a"], None)


async def test_what_she_looks_for_is_all_she_gets(house: House) -> None:
    written(house, "a", "b")
    house.admits(Role.OWNER)
    list_events = house.make(ListAuditEvents)

    assert [event.subject for event in (await list_events(AuditFilter(subject="a"))).items] == ["a"]
    assert not (await list_events(AuditFilter(action=Action.EDIT_SITE))).items


async def test_a_part_has_an_end(house: House) -> None:
    written(house, *map(str, range(MOST + 1)))
    house.admits(Role.OWNER)

    assert len((await house.make(ListAuditEvents)(EVERYTHING, limit=MOST * 2)).items) == MOST


async def test_what_is_no_place_in_the_list_is_refused(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(ListAuditEvents)(EVERYTHING, cursor="nonsense")


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_else_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ListAuditEvents)(EVERYTHING)
