import pytest

from core.competency_matrix.errors import NotEmpty, PlaceNotFound, SheetNotFound
from core.competency_matrix.use_cases.delete_sheet import DeleteSheet
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
    house.has_question(question("old", sheet_id="web", subsection="caches"))
    return house


async def test_editor_deletes_an_empty_sheet(house: House) -> None:
    house.has_sheet(sheet("python"))
    web = house.has_sheet(sheet("web"))
    house.admits(Role.EDITOR)

    await house.make(DeleteSheet)("python", expected=1)

    assert house.kept(house.sheets) == (web,)


async def test_what_stands_in_it_goes_where_she_says(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    await furnished.make(DeleteSheet)("python", into="caches")

    assert [one.key for one in furnished.kept(furnished.sheets)] == ["web"]
    kept = furnished.kept(furnished.questions).values()
    assert {(one.sheet_id, one.subsection_id) for one in kept} == {("web", "caches")}
    assert {one.slug: one.position for one in kept} == {"old": 1, "a": 2, "thrown": 3}


async def test_whoever_changes_the_place_that_takes_the_questions_is_told(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    await furnished.make(DeleteSheet)("python", into="caches")

    (web,) = furnished.kept(furnished.sheets)
    assert web.version == 2


async def test_questions_do_not_vanish_with_their_sheet(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(NotEmpty) as refused:
        await furnished.make(DeleteSheet)("python")
    assert isinstance(refused.value, NotEmpty)
    assert refused.value.count == 2


@pytest.mark.parametrize("into", ["none", "types", ""])
async def test_questions_need_a_place_that_stays(furnished: House, into: str) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(PlaceNotFound):
        await furnished.make(DeleteSheet)("python", into=into)


async def test_who_saw_an_older_version_is_told(house: House) -> None:
    house.has_sheet(sheet("python", version=2))
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await house.make(DeleteSheet)("python", expected=1)


async def test_a_sheet_that_is_not_there_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(SheetNotFound):
        await house.make(DeleteSheet)("none")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_sheets_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(DeleteSheet)("python", into="caches")
