import pytest

from core.competency_matrix.errors import ResourceNotFound
from core.competency_matrix.texts import Attachment
from core.competency_matrix.use_cases.merge_resources import MergeResources
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import question, resource, sheet

OLD, NEW = Attachment(resource_id="old", why="The first edition."), Attachment(resource_id="new", why="The second one.")


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet())
    for name in ("old", "new"):
        house.has_resource(resource(name))
    house.has_question(question("one", resources=(OLD,)))
    house.has_question(question("both", resources=(OLD, NEW)))
    house.has_question(question("other", resources=(NEW,)))
    return house


async def test_editor_makes_one_of_two_wherever_they_are_attached(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    assert await furnished.make(MergeResources)("old", "new") == 2

    assert list(furnished.kept(furnished.resources)) == ["new"]
    kept = {one.slug: one for one in furnished.kept(furnished.questions).values()}
    first = Attachment(resource_id="new", why="The first edition.")
    assert {name: one.resources for name, one in kept.items()} == {"one": (first,), "both": (first,), "other": (NEW,)}
    assert {name: one.version for name, one in kept.items()} == {"one": 2, "both": 2, "other": 1}


async def test_it_takes_two(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(Invalid):
        await furnished.make(MergeResources)("old", "old")


@pytest.mark.parametrize(("gone", "into"), [("none", "new"), ("old", "none")])
async def test_both_have_to_be_there(furnished: House, gone: str, into: str) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(ResourceNotFound):
        await furnished.make(MergeResources)(gone, into)


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_the_library_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(MergeResources)("old", "new")
