import pytest

from core.competency_matrix.errors import NotEmpty, PlaceNotFound, SheetNotFound
from core.competency_matrix.use_cases.delete_place import DeletePlace
from core.errors import Forbidden, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import question, section, sheet


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet("python"))
    house.has_sheet(sheet("web", section("Browsers", "Caches")))
    house.has_question(question("a"))
    house.has_question(question("thrown", subsection="types", trashed_at=NOW))
    return house


def where(house: House) -> dict[str, tuple[str, str]]:
    kept = house.kept(house.questions).values()
    return {one.slug: (one.sheet_id, one.subsection_id) for one in kept}


@pytest.mark.parametrize(("place", "left"), [("files", ["names", "types"]), ("library", ["names", "types"])])
async def test_editor_deletes_what_is_empty(furnished: House, place: str, left: list[str]) -> None:
    furnished.admits(Role.EDITOR)

    saved = await furnished.make(DeletePlace)("python", place, expected=1)

    assert furnished.kept(furnished.sheets)[0] == saved
    assert [one.id for one in saved.subsections] == left
    assert (len(saved.sections), saved.version) == (1 if place == "library" else 2, 2)


async def test_the_questions_of_a_subsection_go_where_she_says(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    await furnished.make(DeletePlace)("python", "types", into="names")

    assert where(furnished) == {"a": ("python", "names"), "thrown": ("python", "names")}
    assert [one.version for one in furnished.kept(furnished.sheets)] == [2, 1]


async def test_those_of_a_section_may_go_to_another_sheet_and_whoever_changes_that_is_told(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    saved = await furnished.make(DeletePlace)("python", "language", into="caches")

    assert [one.id for one in saved.sections] == ["library"]
    assert where(furnished) == {"a": ("web", "caches"), "thrown": ("web", "caches")}
    assert [one.version for one in furnished.kept(furnished.sheets)] == [2, 2]


@pytest.mark.parametrize(("place", "count"), [("names", 1), ("types", 1), ("language", 2)])
async def test_questions_do_not_vanish_with_their_place(furnished: House, place: str, count: int) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(NotEmpty) as refused:
        await furnished.make(DeletePlace)("python", place)
    assert isinstance(refused.value, NotEmpty)
    assert refused.value.count == count


@pytest.mark.parametrize(
    ("place", "into"),
    [("none", None), ("names", "none"), ("names", "names"), ("language", "types"), ("names", "library")],
)
async def test_questions_need_a_place_that_stays(furnished: House, place: str, into: str | None) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(PlaceNotFound):
        await furnished.make(DeletePlace)("python", place, into=into)


async def test_who_saw_an_older_version_is_told(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(StaleVersion):
        await furnished.make(DeletePlace)("python", "files", expected=2)


async def test_a_sheet_that_is_not_there_is_not_found(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(SheetNotFound):
        await furnished.make(DeletePlace)("none", "files")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(DeletePlace)("python", "language", into="caches")
