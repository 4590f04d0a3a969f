import pytest

from core.competency_matrix.use_cases.list_troubled_resources import ListTroubledResources
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import resource


async def test_editor_sees_the_dead_links_by_name(house: House) -> None:
    house.has_resource(resource("unchecked"))
    house.has_resource(resource("well", checked_at=NOW))
    gone = house.has_resource(resource("gone", checked_at=NOW, trouble="404"))
    asleep = house.has_resource(resource("asleep", checked_at=NOW, trouble="timeout"))
    house.admits(Role.EDITOR)

    assert list(await house.make(ListTroubledResources)()) == [asleep, gone]


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_the_library_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ListTroubledResources)()
