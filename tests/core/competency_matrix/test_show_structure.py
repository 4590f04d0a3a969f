import pytest

from core.competency_matrix.use_cases.show_structure import ShowStructure
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question, sheet


async def test_who_writes_sees_all_sheets_and_how_much_stands_where(house: House) -> None:
    python, web = house.has_sheet(sheet("python")), house.has_sheet(sheet("web"))
    for one in (public_question("a"), question("b"), question("c", subsection="types", trashed_at=NOW)):
        house.has_question(one)
    house.admits(Role.CONTRIBUTOR)

    found = await house.make(ShowStructure)()

    assert list(found.sheets) == [python, web]
    assert found.settings == house.sheets.chosen.kept
    assert found.held == {"names": 2, "types": 1}
    assert found.held_in(python) == 3
    assert [found.held_in(one) for one in python.sections] == [3, 0]


@pytest.mark.parametrize(("role", "error"), [(Role.VIEWER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_write_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_sheet(sheet())
    house.admits(role)

    with house.refuses(error):
        await house.make(ShowStructure)()
