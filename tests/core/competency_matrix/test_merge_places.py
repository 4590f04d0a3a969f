import pytest

from core.competency_matrix.errors import PlaceNotFound, SheetNotFound
from core.competency_matrix.sheets import PLACES_MAX, SheetId
from core.competency_matrix.use_cases.merge_places import MergePlaces
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import question, section, sheet


@pytest.fixture
def furnished(house: House) -> House:
    full = section("Full", *map(str, range(PLACES_MAX)))
    house.has_sheet(sheet("python", section("Language", "Names", "Types"), section("Library", "Files"), full))
    house.has_question(question("a", position=3))
    house.has_question(question("b", subsection="types"))
    house.has_question(question("c", subsection="files"))
    return house


def places(house: House) -> dict[str, tuple[str, int]]:
    kept = house.kept(house.questions).values()
    return {one.slug: (one.subsection_id, one.position) for one in kept}


async def test_editor_makes_one_subsection_of_two(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    saved = await furnished.make(MergePlaces)("python", "types", "names", expected=1)

    assert furnished.kept(furnished.sheets) == (saved,)
    assert [one.id for one in saved.sections[0].subsections] == ["names"]
    assert places(furnished) == {"a": ("names", 3), "b": ("names", 4), "c": ("files", 1)}


async def test_they_may_stand_in_different_sections(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    saved = await furnished.make(MergePlaces)("python", "names", "files")

    assert [one.id for one in saved.subsections][:2] == ["types", "files"]
    assert places(furnished) == {"a": ("files", 2), "b": ("types", 1), "c": ("files", 1)}


async def test_of_two_sections_what_is_called_the_same_becomes_one_and_the_rest_moves(house: House) -> None:
    python = sheet("python", section("Old", "Names", "Types"), section("New", "Files", "More"))
    house.has_sheet(python.rename("more", " NAMES "))
    house.has_question(question("a", subsection="more"))
    house.has_question(question("b", subsection="files"))
    house.admits(Role.EDITOR)

    merged = await house.make(MergePlaces)("python", "new", "old")

    assert [[one.id for one in each.subsections] for each in merged.sections] == [["names", "types", "files"]]
    assert places(house) == {"a": ("names", 1), "b": ("files", 1)}


async def test_a_subsection_becomes_part_of_one_in_another_sheet(furnished: House) -> None:
    web = furnished.has_sheet(sheet("web", section("Protocols", "HTTP")))
    furnished.admits(Role.EDITOR)

    left = await furnished.make(MergePlaces)("python", "types", "http", expected=1)

    assert (left.id, [one.id for one in left.sections[0].subsections]) == ("python", ["names"])
    assert places(furnished)["b"] == ("http", 1)
    moved = next(one for one in furnished.kept(furnished.questions).values() if one.slug == "b")
    assert moved.sheet_id == web.id


async def test_a_section_becomes_part_of_one_in_another_sheet(furnished: House) -> None:
    furnished.has_sheet(sheet("web", section("Protocols", "HTTP")).rename("http", "types"))
    furnished.admits(Role.EDITOR)

    left = await furnished.make(MergePlaces)("python", "language", "protocols")

    assert [one.id for one in left.sections] == ["library", "full"]
    kept = {one.id: one for one in furnished.kept(furnished.sheets)}
    assert [one.id for one in kept[SheetId("web")].sections[0].subsections] == ["http", "names"]
    assert places(furnished) == {"a": ("names", 3), "b": ("http", 1), "c": ("files", 1)}
    questions = furnished.kept(furnished.questions).values()
    assert {one.slug: one.sheet_id for one in questions} == {"a": "web", "b": "web", "c": "python"}


async def test_a_section_that_would_hold_too_much_is_refused(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(Invalid):
        await furnished.make(MergePlaces)("python", "language", "full")


@pytest.mark.parametrize(
    ("gone", "into"),
    [
        ("names", "names"),
        ("language", "language"),
        ("names", "library"),
        ("language", "files"),
        ("names", "none"),
        ("none", "names"),
    ],
)
async def test_it_takes_two_places_of_one_kind(furnished: House, gone: str, into: str) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(PlaceNotFound):
        await furnished.make(MergePlaces)("python", gone, into)


async def test_who_saw_an_older_version_is_told(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(StaleVersion):
        await furnished.make(MergePlaces)("python", "types", "names", expected=2)


async def test_a_sheet_that_is_not_there_is_not_found(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(SheetNotFound):
        await furnished.make(MergePlaces)("none", "types", "names")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(MergePlaces)("python", "types", "names")
