import pytest

from core.competency_matrix.errors import NameTaken, PlaceNotFound, SheetNotFound
from core.competency_matrix.sheets import PLACES_MAX
from core.competency_matrix.use_cases.move_subsection import MoveSubsection
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import question, section, sheet


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet("python"))
    house.has_sheet(sheet("web", section("Browsers", "Caches"), section("Full", *map(str, range(PLACES_MAX)))))
    house.has_sheet(sheet("again", section("Others", "TYPES ")))
    for name, subsection in (("a", "types"), ("b", "types"), ("c", "names")):
        house.has_question(question(name, subsection=subsection))
    return house


async def test_editor_puts_a_subsection_at_the_end_of_another_section(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    saved = await furnished.make(MoveSubsection)("python", "names", section_id="library", expected=1)

    kept = furnished.kept(furnished.sheets)
    assert kept[0] == saved
    assert [[one.id for one in each.subsections] for each in saved.sections] == [["types"], ["files", "names"]]
    assert {one.version for one in furnished.kept(furnished.questions).values()} == {1}


async def test_it_takes_its_questions_along_to_another_sheet(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    left = await furnished.make(MoveSubsection)("python", "types", section_id="browsers", to_sheet_id="web")

    python, web, _ = furnished.kept(furnished.sheets)
    assert (left, python.version, web.version) == (python, 2, 2)
    assert [one.id for one in python.subsections] == ["names", "files"]
    assert [one.id for one in web.section("browsers").subsections] == ["caches", "types"]
    where = {one.slug: (one.sheet_id, one.version) for one in furnished.kept(furnished.questions).values()}
    assert where == {"a": ("web", 2), "b": ("web", 2), "c": ("python", 1)}


async def test_its_own_sheet_may_be_named(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    saved = await furnished.make(MoveSubsection)("python", "names", section_id="language", to_sheet_id="python")

    assert [one.id for one in saved.subsections] == ["types", "names", "files"]


async def test_neighbours_are_not_called_the_same(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(NameTaken):
        await furnished.make(MoveSubsection)("python", "types", section_id="others", to_sheet_id="again")


async def test_a_full_section_takes_no_further_one(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(Invalid):
        await furnished.make(MoveSubsection)("python", "types", section_id="full", to_sheet_id="web")


@pytest.mark.parametrize(
    ("subsection", "section_id"), [("none", "library"), ("language", "library"), ("names", "none"), ("names", "types")]
)
async def test_a_place_that_is_not_there_is_not_found(furnished: House, subsection: str, section_id: str) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(PlaceNotFound):
        await furnished.make(MoveSubsection)("python", subsection, section_id=section_id)


async def test_who_saw_an_older_version_is_told(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(StaleVersion):
        await furnished.make(MoveSubsection)("python", "names", section_id="library", expected=2)


@pytest.mark.parametrize(("sheet_id", "to_sheet_id"), [("none", None), ("python", "none")])
async def test_a_sheet_that_is_not_there_is_not_found(furnished: House, sheet_id: str, to_sheet_id: str | None) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(SheetNotFound):
        await furnished.make(MoveSubsection)(sheet_id, "names", section_id="library", to_sheet_id=to_sheet_id)


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(MoveSubsection)("python", "types", section_id="browsers", to_sheet_id="web")
