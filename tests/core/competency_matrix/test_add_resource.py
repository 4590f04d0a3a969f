import pytest

from core.competency_matrix.errors import UrlTaken
from core.competency_matrix.use_cases.add_resource import AddResource
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import resource


async def test_who_writes_puts_something_worth_reading_into_the_library(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    added = await house.make(AddResource)(name=" The  manual ", url=" https://docs.example/3/ ")

    assert house.kept(house.resources) == {added.id: added}
    assert (added.name, added.url, added.checked_at, added.trouble) == (
        "The manual",
        "https://docs.example/3/",
        None,
        "",
    )


async def test_an_address_stands_there_once(house: House) -> None:
    house.has_resource(resource("manual"))
    house.admits(Role.AUTHOR)

    with house.refuses(UrlTaken):
        await house.make(AddResource)(name="Another", url="https://manual.example/")


@pytest.mark.parametrize(
    ("name", "url", "fields"),
    [
        ("", "https://docs.example/", ["name"]),
        ("x" * 201, "https://docs.example/" + "x" * 500, ["name", "url"]),
        ("Manual", "docs.example", ["url"]),
        ("Manual", "javascript:alert(1)", ["url"]),
        ("Manual", "https://", ["url"]),
        ("Manual", "https://docs example/", ["url"]),
        ("Manual", "https://[docs/", ["url"]),
    ],
)
async def test_what_nobody_could_read_is_invalid(house: House, name: str, url: str, fields: list[str]) -> None:
    house.admits(Role.AUTHOR)

    with house.refuses(Invalid) as refused:
        await house.make(AddResource)(name=name, url=url)
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == fields


@pytest.mark.parametrize(("role", "error"), [(Role.VIEWER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_write_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(AddResource)(name="Manual", url="https://docs.example/")
