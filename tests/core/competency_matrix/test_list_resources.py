import pytest

from core.competency_matrix.errors import ResourceNotFound
from core.competency_matrix.texts import Attachment
from core.competency_matrix.use_cases.list_resources import ListResources
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import question, resource, sheet


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet())
    for name in ("manual", "book", "Atlas"):
        house.has_resource(resource(name))
    for name in ("a", "b"):
        house.has_question(question(name, resources=(Attachment(resource_id="book"),)))
    house.admits(Role.CONTRIBUTOR)
    return house


async def test_who_writes_sees_the_library_and_how_often_each_is_used(furnished: House) -> None:
    page = await furnished.make(ListResources)()

    assert [(one.id, count) for one, count in page.items] == [("Atlas", 0), ("book", 2), ("manual", 0)]


@pytest.mark.parametrize(("text", "found"), [(" MANUAL ", ["manual"]), ("book.example", ["book"]), ("x" * 900, [])])
async def test_it_is_searched_in_names_and_addresses(furnished: House, text: str, found: list[str]) -> None:
    page = await furnished.make(ListResources)(text)

    assert [one.id for one, _ in page.items] == found


async def test_it_is_leafed_through(furnished: House) -> None:
    page = await furnished.make(ListResources)(number=2, size=2)

    assert ([one.id for one, _ in page.items], page.total, page.last) == (["manual"], 3, 2)
    assert (await furnished.make(ListResources)(number=-1)).number == 1


async def test_beyond_the_last_page_is_nothing(furnished: House) -> None:
    with furnished.refuses(ResourceNotFound):
        await furnished.make(ListResources)(number=2)


@pytest.mark.parametrize(("role", "error"), [(Role.VIEWER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_write_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(ListResources)()
