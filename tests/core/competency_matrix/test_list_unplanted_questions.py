import pytest

from core.competency_matrix.use_cases.list_unplanted_questions import ListUnplantedQuestions
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import question, sheet


async def test_operator_learns_what_the_site_does_not_have_in_the_order_of_the_folder(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(question("there"))
    house.has_question(question("thrown", trashed_at=NOW))
    house.admits(Role.OPERATOR)

    found = await house.make(ListUnplantedQuestions)(["new", "there", "thrown", "another"])

    assert list(found) == ["new", "another"]


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ListUnplantedQuestions)(["new"])
