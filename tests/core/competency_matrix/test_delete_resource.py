import pytest

from core.competency_matrix.errors import ResourceNotFound
from core.competency_matrix.texts import Attachment
from core.competency_matrix.use_cases.delete_resource import DeleteResource
from core.errors import Forbidden, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import question, resource, sheet


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet())
    for name in ("manual", "book"):
        house.has_resource(resource(name))
    both = (Attachment(resource_id="book"), Attachment(resource_id="manual"))
    house.has_question(question("one", resources=both))
    house.has_question(question("other", resources=both[:1]))
    return house


async def test_editor_takes_it_off_all_questions(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    assert await furnished.make(DeleteResource)("manual", expected=1) == 1

    assert list(furnished.kept(furnished.resources)) == ["book"]
    kept = furnished.kept(furnished.questions).values()
    book = (Attachment(resource_id="book"),)
    assert {one.slug: (one.resources, one.version) for one in kept} == {"one": (book, 2), "other": (book, 1)}


async def test_who_saw_an_older_version_is_told(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(StaleVersion):
        await furnished.make(DeleteResource)("manual", expected=2)


async def test_what_is_not_there_is_not_found(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(ResourceNotFound):
        await furnished.make(DeleteResource)("none")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_the_library_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(DeleteResource)("manual")
