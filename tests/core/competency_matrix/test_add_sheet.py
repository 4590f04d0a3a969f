import pytest

from core.competency_matrix.errors import KeyTaken
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.use_cases.add_sheet import AddSheet
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import sheet


def keys(house: House) -> list[str]:
    kept: tuple[Sheet, ...] = house.kept(house.sheets)
    return [one.key for one in kept]


async def test_editor_begins_an_empty_sheet_behind_the_others(house: House) -> None:
    house.has_sheet(sheet("python", position=4))
    house.admits(Role.EDITOR)

    added = await house.make(AddSheet)(key=" web ", name="The  web", description=" Browsers. ")

    assert house.kept(house.sheets)[1] == added
    assert (added.key, added.name, added.description, added.sections) == ("web", "The web", "Browsers.", ())
    assert (added.position, added.version) == (5, 1)


async def test_without_a_key_it_gets_a_free_one_from_its_name(house: House) -> None:
    house.admits(Role.EDITOR)
    add = house.make(AddSheet)

    for _ in range(3):
        await add(name="The web")
    await add(name="Сети")
    await add(name="Feed")

    assert keys(house) == ["the-web", "the-web-2", "the-web-3", "sheet-4", "sheet-5"]


async def test_a_key_that_another_sheet_has_is_taken(house: House) -> None:
    house.has_sheet(sheet("python"))
    house.admits(Role.EDITOR)

    with house.refuses(KeyTaken):
        await house.make(AddSheet)(key="python", name="Snakes")


@pytest.mark.parametrize(
    ("key", "name", "description", "fields"),
    [
        ("Py thon", "Python", "", ["key"]),
        ("interview", "Python", "", ["key"]),
        ("python", " ", "", ["name"]),
        ("python", "x" * 101, "x" * 501, ["name", "description"]),
        ("", "", "", ["name"]),
    ],
)
async def test_what_is_no_sheet_is_invalid(
    house: House, key: str, name: str, description: str, fields: list[str]
) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(Invalid) as refused:
        await house.make(AddSheet)(key=key, name=name, description=description)
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == fields


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(AddSheet)(key="python", name="Python")
