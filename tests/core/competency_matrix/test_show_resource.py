import pytest

from core.competency_matrix.errors import ResourceNotFound
from core.competency_matrix.texts import Attachment
from core.competency_matrix.use_cases.show_resource import ShowResource
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import question, resource, sheet

HERE = (Attachment(resource_id="manual", why="The official answer."),)


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet())
    house.has_resource(resource("manual"))
    house.has_question(question("draft", resources=HERE))
    house.has_question(question("shown", is_public=True, published_at=NOW, resources=HERE))
    house.has_question(question("thrown", trashed_at=NOW, resources=HERE))
    house.has_question(question("other", resources=(Attachment(resource_id="book"),)))
    return house


async def test_editor_sees_where_it_is_used_public_or_not(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    found = await furnished.make(ShowResource)("manual", lang="en")

    assert found.resource == furnished.resources.kept[found.resource.id]
    assert sorted(card.slug for card in found.used_in) == ["draft", "shown"]


async def test_what_is_not_there_is_not_found(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(ResourceNotFound):
        await furnished.make(ShowResource)("none", lang="en")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_the_library_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(ShowResource)("manual", lang="en")
