import pytest

from core.competency_matrix.errors import ResourceNotFound, UrlTaken
from core.competency_matrix.use_cases.edit_resource import EditResource
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import resource

URL = "https://manual.example/"


async def test_another_address_has_not_been_checked_yet(house: House) -> None:
    house.has_resource(resource("manual", trouble="404", checked_at=NOW))
    house.admits(Role.EDITOR)

    saved = await house.make(EditResource)("manual", name="The manual", url="https://new.example/", expected=1)

    assert house.kept(house.resources) == {saved.id: saved}
    assert (saved.name, saved.url, saved.version) == ("The manual", "https://new.example/", 2)
    assert (saved.checked_at, saved.trouble) == (None, "")


async def test_another_name_leaves_what_the_check_found(house: House) -> None:
    house.has_resource(resource("manual", trouble="404", checked_at=NOW))
    house.admits(Role.EDITOR)

    saved = await house.make(EditResource)("manual", name="Handbook", url=URL)

    assert (saved.name, saved.checked_at, saved.trouble) == ("Handbook", NOW, "404")


async def test_saving_what_stands_changes_nothing(house: House) -> None:
    own = house.has_resource(resource("manual"))
    house.admits(Role.EDITOR)

    with house.changes_nothing():
        assert await house.make(EditResource)("manual", name=" Manual", url=f" {URL}") == own


async def test_an_address_stands_there_once(house: House) -> None:
    house.has_resource(resource("manual"))
    house.has_resource(resource("book"))
    house.admits(Role.EDITOR)

    with house.refuses(UrlTaken):
        await house.make(EditResource)("book", name="Book", url=URL)


async def test_what_nobody_could_read_is_invalid(house: House) -> None:
    house.has_resource(resource("manual"))
    house.admits(Role.EDITOR)

    with house.refuses(Invalid):
        await house.make(EditResource)("manual", name="", url="manual")


async def test_who_saw_an_older_version_is_told(house: House) -> None:
    house.has_resource(resource("manual"))
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await house.make(EditResource)("manual", name="Handbook", url=URL, expected=2)


async def test_what_is_not_there_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(ResourceNotFound):
        await house.make(EditResource)("none", name="Handbook", url=URL)


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_keep_the_library_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.has_resource(resource("manual"))
    house.admits(role)

    with house.refuses(error):
        await house.make(EditResource)("manual", name="Handbook", url=URL)
