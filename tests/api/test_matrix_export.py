import pytest

from core.identity import Role
from tests.api.house import House, Site

EXPORT = "/api/v1/matrix/export"


@pytest.fixture
def boris(house: House) -> Site:
    return house.boris


async def test_an_owner_takes_the_matrix_along_in_the_form_she_wants(boris: Site) -> None:
    async with boris.client(Role.OWNER) as client:
        plain = await client.get(EXPORT)
        table = await client.get(EXPORT, params={"format": "csv"})
        head = await client.head(EXPORT, params={"format": "xlsx"})
        unknown = await client.get(EXPORT, params={"format": "pdf"})

    assert plain.json()["format"] == "terrace-matrix"
    assert table.text.startswith("\ufeffsheet,sheet_name,")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-disposition"] == f'attachment; filename="{boris.tenant.slug}-matrix.csv"'
    assert (head.status_code, head.content) == (200, b"")
    assert unknown.status_code == 400


@pytest.mark.parametrize(("role", "status"), [(Role.EDITOR, 403), (None, 401)])
async def test_nobody_else_may(boris: Site, role: Role | None, status: int) -> None:
    async with boris.client(role) as client:
        answer = await client.get(EXPORT)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
