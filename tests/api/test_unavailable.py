"""What the API says when something that it depends on does not answer."""

import pytest

from clients.minio_files import MinioFiles
from core.errors import Unavailable
from core.identity import Role
from db.site import SqlSiteStorage
from tests.api.house import Site
from tests.api.pictures import png


async def test_a_silent_store_is_503_with_a_time_to_wait(anna: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(*_: object) -> None:
        raise Unavailable(retry_after=7)

    monkeypatch.setattr(MinioFiles, "put", silent)
    async with anna.client(Role.AUTHOR) as client:
        before = (await client.get("/api/v1/media")).json()["items"]
        answer = await client.post("/api/v1/media", files={"file": ("a.png", png())})
        after = (await client.get("/api/v1/media")).json()["items"]

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "7"
    assert after == before


async def test_a_silent_database_is_503_with_a_time_to_wait(anna: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(SqlSiteStorage, "get", silent)
    async with anna.client() as client:
        answer = await client.get("/api/v1/site")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


async def test_a_bug_is_500_and_tells_nothing(anna: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(SqlSiteStorage, "get", broken)
    async with anna.client() as client:
        answer = await client.get("/api/v1/site")

    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "secret" not in answer.text
