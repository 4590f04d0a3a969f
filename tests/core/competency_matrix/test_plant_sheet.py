from dataclasses import replace

import pytest

from core.competency_matrix.planting import SheetCode
from core.competency_matrix.sheets import PLACES_MAX, Sheet
from core.competency_matrix.use_cases.plant_sheet import PlantSheet
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import section, sheet

CODE = SheetCode(
    key="python",
    name="Python",
    description="All of it.",
    sections=(("Library", ("Files",)), ("Language", ("Types", "Names", "Functions"))),
)


def shape(one: Sheet) -> dict[str, list[str]]:
    return {section.name: [subsection.name for subsection in section.subsections] for section in one.sections}


async def test_operator_plants_a_sheet_with_its_sections(house: House) -> None:
    house.has_sheet(sheet("web"))
    house.admits(Role.OPERATOR)

    planted = await house.make(PlantSheet)(CODE)

    assert planted.is_changed
    assert house.kept(house.sheets)[1] == planted.sheet
    assert (planted.sheet.key, planted.sheet.name, planted.sheet.description) == ("python", "Python", "All of it.")
    assert list(shape(planted.sheet).items()) == [
        ("Library", ["Files"]),
        ("Language", ["Types", "Names", "Functions"]),
    ]
    assert planted.sheet.position == 2


async def test_planting_again_changes_nothing(house: House) -> None:
    house.admits(Role.OPERATOR)
    first = await house.make(PlantSheet)(CODE)

    with house.changes_nothing():
        again = await house.make(PlantSheet)(CODE, overwrite=True)
    assert (again.is_changed, again.sheet) == (False, first.sheet)


async def test_names_that_a_file_repeats_are_one_section(house: House) -> None:
    house.admits(Role.OPERATOR)
    code = replace(CODE, sections=(("Language", ("Names",)), (" LANGUAGE ", ("names", "Types"))))

    planted = await house.make(PlantSheet)(code)

    assert shape(planted.sheet) == {"Language": ["Names", "Types"]}


@pytest.mark.parametrize("key", ["python", "snake"])
async def test_what_the_owner_made_of_it_stands_unless_told_otherwise(house: House, key: str) -> None:
    own = house.has_sheet(sheet("python", section("Mine"), former_keys=("snake",)))
    house.admits(Role.OPERATOR)

    with house.changes_nothing():
        planted = await house.make(PlantSheet)(replace(CODE, key=key))
    assert (planted.sheet, planted.is_changed) == (own, False)


async def test_overwriting_puts_the_sections_of_the_folder_first_and_keeps_the_others(house: House) -> None:
    house.has_sheet(sheet("python", section("Mine", "Own"), section("language", "Extra", "Names"), name="Old"))
    house.admits(Role.OPERATOR)

    planted = await house.make(PlantSheet)(CODE, overwrite=True)

    assert planted.is_changed
    assert house.kept(house.sheets) == (planted.sheet,)
    assert (planted.sheet.name, planted.sheet.version) == ("Python", 2)
    assert list(shape(planted.sheet).items()) == [
        ("Library", ["Files"]),
        ("language", ["Types", "Names", "Functions", "Extra"]),
        ("Mine", ["Own"]),
    ]
    assert planted.sheet.subsection("names").name == "Names"


@pytest.mark.parametrize(
    "code",
    [
        replace(CODE, key="Py thon"),
        replace(CODE, name=""),
        replace(CODE, sections=(("", ()),)),
        replace(CODE, sections=(("Language", (" ",)),)),
        replace(CODE, sections=tuple((f"Section {number}", ()) for number in range(PLACES_MAX + 1))),
    ],
)
async def test_what_is_no_sheet_is_invalid(house: House, code: SheetCode) -> None:
    house.admits(Role.OPERATOR)

    with house.refuses(Invalid):
        await house.make(PlantSheet)(code)


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(PlantSheet)(CODE)
