import io
import json
import zipfile
from secrets import token_hex

import pytest

from core.identity import Role
from tests.api.house import House, Site
from tests.api.pictures import png
from tests.api.posts import made_post

EXPORT = "/api/v1/export"


@pytest.fixture
def boris(house: House) -> Site:
    return house.boris


async def test_an_owner_takes_all_along(boris: Site) -> None:
    made = await made_post(boris, slug=f"moves-{token_hex(4)}", title="Moves: all of it", tags=["a"])
    async with boris.client(Role.OWNER) as client:
        await client.post("/api/v1/media", files={"file": ("Mine.png", png(), "image/png")})
        answer = await client.get(EXPORT)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == f'attachment; filename="{boris.tenant.slug}.zip"'
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        text = archive.read(f"blog/{made.shown['slug']}.md").decode()
        manifest = json.loads(archive.read("manifest.json"))
    assert text.startswith('---\ntitle: "Moves: all of it"\nslug: "moves-')
    assert text.endswith("\n---\n\nSome *text*.")
    assert (manifest["format"], manifest["version"]) == ("terrace-content", 1)
    assert names[-1] == "manifest.json"
    assert {picture["name"] for picture in manifest["media"]} == {
        name.removeprefix("media/") for name in names if name.startswith("media/")
    }


async def test_asking_for_its_head_makes_nothing(boris: Site) -> None:
    async with boris.client(Role.OWNER) as client:
        answer = await client.head(EXPORT)

    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "application/zip", b"")


@pytest.mark.parametrize(("role", "status"), [(Role.EDITOR, 403), (None, 401)])
async def test_nobody_else_may(boris: Site, role: Role | None, status: int) -> None:
    async with boris.client(role) as client:
        answer = await client.get(EXPORT)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
