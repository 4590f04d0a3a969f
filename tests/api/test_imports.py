"""An archive on its way into the site, by program."""

from collections.abc import AsyncIterator
from secrets import token_hex
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from core.blog.import_runs import ARCHIVE_BYTES
from core.identity import Role
from db.blog import ImportRow
from db.tasks import TaskRow
from tests.api.house import House, Site
from tests.api.imports import IMPORTS, archive, cancel_open, let_runner_work

STALE = {"if-match": '"99-json"'}


@pytest.fixture(autouse=True)
async def nothing_open(anna: Site) -> AsyncIterator[None]:
    yield
    await cancel_open(anna)


@pytest.fixture
async def owner(anna: Site) -> AsyncIterator[httpx.AsyncClient]:
    async with anna.client(Role.OWNER) as client:
        yield client


async def started(owner: httpx.AsyncClient, content: bytes, **more: Any) -> httpx.Response:
    answer = await owner.post(IMPORTS, files={"archive": ("old-site.zip", content)}, **more)
    assert answer.status_code == 202, answer.text
    return answer


def names() -> tuple[str, str]:
    word = token_hex(4)
    return f"first-{word}", f"second-{word}"


async def test_an_archive_is_looked_through_confirmed_and_brought_in(
    house: House, anna: Site, owner: httpx.AsyncClient
) -> None:
    first, second = names()
    answer = await started(owner, archive(first, second), data={"format": "auto"})
    one = answer.headers["location"]
    assert (answer.json()["state"], answer.json()["total"], answer.json()["filename"]) == (
        "checking",
        0,
        "old-site.zip",
    )
    await let_runner_work(house)
    ready = await owner.get(one)

    assert ready.json()["totals"] == {"added": 2, "present": 0, "skipped": 1, "refused": 0}
    assert (ready.json()["state"], ready.json()["total"], ready.json()["format"]) == ("ready", 3, "markdown")
    assert (await owner.get("/api/v1/posts", params={"slug": first})).json()["items"] == []
    assert (await owner.put(f"{one}/confirmation")).status_code == 428
    assert (await owner.put(f"{one}/confirmation", headers=STALE)).status_code == 412

    confirmed = await owner.put(f"{one}/confirmation", headers={"if-match": ready.headers["etag"]})
    assert (confirmed.status_code, confirmed.json()["state"], confirmed.json()["done"]) == (200, "running", 0)
    await let_runner_work(house)
    done = (await owner.get(one)).json()
    assert (done["state"], done["done"], done["totals"]) == ("done", 3, ready.json()["totals"])
    (post,) = (await owner.get("/api/v1/posts", params={"slug": first})).json()["items"]
    assert (post["published_at"], post["title"]) == ("2024-05-01T00:00:00Z", first.title())
    assert (await owner.delete(one)).json()["code"] == "import_is_over"

    again = (await started(owner, archive(first, second))).headers["location"]
    await let_runner_work(house)
    assert (await owner.get(again)).json()["totals"] == {"added": 0, "present": 2, "skipped": 1, "refused": 0}


async def test_its_report_is_read_in_parts_and_by_outcome(house: House, owner: httpx.AsyncClient) -> None:
    first, second = names()
    one = (await started(owner, archive(first, second))).headers["location"]
    await let_runner_work(house)
    lines = await owner.get(f"{one}/lines", params={"limit": 2})
    rest = await owner.get(f"{one}/lines", params={"limit": 2, "cursor": lines.json()["next_cursor"]})
    skipped = await owner.get(f"{one}/lines", params={"outcome": "skipped"}, headers={"accept-language": "ru"})

    assert [line["number"] for line in lines.json()["items"]] == [1, 2]
    assert f"cursor={lines.json()['next_cursor']}" in lines.headers["link"]
    assert ([line["number"] for line in rest.json()["items"]], rest.json()["next_cursor"]) == ([3], None)
    (line,) = skipped.json()["items"]
    assert (line["outcome"], line["kind"], "rst" in line["source"]) == ("skipped", None, True)
    assert any("а" <= sign <= "я" for sign in " ".join(line["notes"])), line
    for wrong in ({"cursor": "x"}, {"cursor": "-1"}, {"outcome": "lost"}, {"limit": "0"}):
        assert (await owner.get(f"{one}/lines", params=wrong)).status_code == 400


async def test_one_at_a_time(house: House, owner: httpx.AsyncClient) -> None:
    one = (await started(owner, archive(*names()))).headers["location"]
    second = await owner.post(IMPORTS, files={"archive": ("b.zip", archive(*names()))})
    early = await owner.put(f"{one}/confirmation", headers={"if-match": "*"})

    assert (second.status_code, second.json()["code"]) == (409, "import_under_way")
    assert (early.status_code, early.json()["code"]) == (409, "import_not_ready")
    assert (await owner.delete(one)).status_code == 204
    assert (await owner.delete(one)).status_code == 204
    assert (await owner.get(one)).json()["state"] == "cancelled"
    assert (await owner.get(IMPORTS)).json()["items"][0]["id"] == one.rpartition("/")[2]


async def test_the_upload_is_no_file_of_the_site_and_goes_when_it_is_over(
    house: House, anna: Site, owner: httpx.AsyncClient
) -> None:
    one = (await started(owner, archive(*names()))).json()["id"]
    async with anna.sessions.open(anna.tenant) as session:
        (part,) = (await session.execute(select(ImportRow.parts).where(ImportRow.id == one))).scalar_one()
        waiting = await session.scalars(select(TaskRow.kind).where(TaskRow.subject == one))
        assert sorted(waiting) == ["delete_files", "run_import"]
    async with anna.client() as visitor:
        assert (await visitor.get(f"/media/{part}")).status_code == 404
    await owner.delete(f"{IMPORTS}/{one}")
    await let_runner_work(house)
    async with anna.sessions.open(anna.tenant) as session:
        assert (await session.scalars(select(TaskRow.kind).where(TaskRow.subject == one))).all() == []


async def test_an_archive_that_was_left_for_a_day_is_gone(house: House, anna: Site, owner: httpx.AsyncClient) -> None:
    one = (await started(owner, archive(*names()))).headers["location"]
    await let_runner_work(house)
    async with anna.sessions.open(anna.tenant) as session:
        await session.execute(update(ImportRow).values(kept_until=ImportRow.created_at))
        await session.commit()
    late = await owner.put(f"{one}/confirmation", headers={"if-match": "*"})

    assert (late.status_code, late.json()["code"]) == (409, "archive_gone")
    await started(owner, archive(*names()))
    assert (await owner.get(one)).json()["state"] == "cancelled"


@pytest.mark.parametrize(("language", "said"), [("en", "is no zip"), ("ru", "не zip")])
async def test_what_cannot_be_read_fails_with_its_reason(
    house: House, owner: httpx.AsyncClient, language: str, said: str
) -> None:
    one = (await started(owner, b"\x00\x01no archive\xff")).headers["location"]
    await let_runner_work(house)
    failed = (await owner.get(one, headers={"accept-language": language})).json()

    assert (failed["state"], failed["total"]) == ("failed", 0)
    assert said in failed["error"]


async def test_the_same_upload_under_a_key_is_one_import(owner: httpx.AsyncClient) -> None:
    content, headers = archive(*names()), {"idempotency-key": token_hex()}
    first = await started(owner, content, headers=headers)
    second = await started(owner, content, headers=headers)
    other = await owner.post(IMPORTS, files={"archive": ("old-site.zip", archive(*names()))}, headers=headers)

    assert first.json() == second.json()
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "")


@pytest.mark.parametrize(
    ("sent", "status", "pointer"),
    [
        ({"files": {"archive": ("a.zip", b"")}}, 422, "/archive"),
        ({"files": {"archive": ("a.zip", b"x")}, "data": {"format": "tumblr"}}, 422, "/format"),
        ({"files": {"archive": ("a.zip", b"x"), "other": ("b", b"y")}}, 422, "/other"),
        ({"json": {"archive": "x"}}, 415, ""),
        ({"files": {"archive": ("a.zip", b"x")}, "data": {"format": "x" * 100}}, 413, ""),
        (
            {"files": {"archive": ("a.zip", b"x")}, "headers": {"content-length": str(ARCHIVE_BYTES * 2)}},
            413,
            "/archive",
        ),
    ],
)
async def test_what_is_no_upload_is_refused(
    owner: httpx.AsyncClient, sent: dict[str, Any], status: int, pointer: str
) -> None:
    answer = await owner.post(IMPORTS, **sent)

    assert answer.status_code == status, answer.text
    assert [error["pointer"] for error in answer.json().get("errors", [])] == ([pointer] if pointer else [])


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.EDITOR, 403)])
async def test_who_may_not_import_is_told_before_the_archive_is_read(
    anna: Site, role: Role | None, status: int
) -> None:
    was_read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal was_read
        was_read = True
        yield b""

    async with anna.client(role) as client:
        answer = await client.post(IMPORTS, content=body(), headers={"content-type": "multipart/form-data; boundary=x"})
        assert (await client.get(IMPORTS)).status_code == status

    assert (answer.status_code, was_read) == (status, False)
