"""Files of questions, by program."""

from collections.abc import AsyncIterator
from secrets import token_hex
from typing import Any

import httpx
import pytest

from core.competency_matrix.files import FILE_BYTES
from core.identity import Role
from tests.api.house import House, Site
from tests.api.imports import let_runner_work
from tests.pages.questions import made_sheet

IMPORTS = "/api/v1/matrix/imports"
QUESTIONS = "/api/v1/matrix/questions"
HEAD = "sheet,section,subsection,grade,slug,question"
DRY = {"dry_run": "true"}


@pytest.fixture
async def owner(anna: Site) -> AsyncIterator[httpx.AsyncClient]:
    async with anna.client(Role.OWNER) as client:
        yield client


async def sent(client: httpx.AsyncClient, *rows: str, **more: Any) -> httpx.Response:
    content = "\n".join((HEAD, *rows, "")).encode()
    return await client.post(IMPORTS, files={"file": ("mine.csv", content)}, **more)


def outcomes(answer: httpx.Response) -> list[tuple[int, str]]:
    return [(row["row"], row["outcome"]) for row in answer.json()["rows"]]


async def test_a_dry_run_tells_of_each_row_and_writes_nothing(anna: Site, owner: httpx.AsyncClient) -> None:
    sheet, word = await made_sheet(anna), token_hex(4)
    place = f"{sheet.key},Indexes,Plans"
    rows = (f"{place},senior,{word},{word}?", f"{place},guru,,{word} 2?", f"{place},junior,{word},{word} 3?")
    told = await sent(owner, *rows, params=DRY)

    assert (told.status_code, told.json()["state"], told.json()["id"]) == (200, "checked", None)
    assert outcomes(told) == [(2, "added"), (3, "refused"), (4, "present")]
    assert told.json()["totals"] == {"added": 1, "present": 1, "skipped": 0, "refused": 1}
    assert told.json()["rows"][1]["problems"] == [{"column": "grade", "detail": "There is no grade “guru”."}]
    assert (told.json()["rows"][2]["twin"], told.json()["rows"][2]["is_possible"]) == (2, True)
    found = await owner.get(QUESTIONS, params={"slug": word, "status": "draft"})
    assert found.json()["items"] == []


async def test_those_that_are_new_come_and_the_same_again_adds_nothing(
    house: House, anna: Site, owner: httpx.AsyncClient
) -> None:
    sheet, word = await made_sheet(anna), token_hex(4)
    place = f"{sheet.key},Indexes,Plans"
    rows = (f"{place},senior,{word},{word}?", f"{place},guru,,{word} 2?")
    begun = await sent(owner, *rows, data={"format": "csv"}, headers={"idempotency-key": word})
    repeated = await sent(owner, *rows, data={"format": "csv"}, headers={"idempotency-key": word})

    one = begun.headers["location"]
    assert (begun.status_code, begun.json()["state"], outcomes(begun)) == (202, "running", [])
    assert repeated.headers["location"] == one
    await let_runner_work(house)
    done = await owner.get(one)
    assert (done.json()["state"], outcomes(done)) == ("done", [(2, "added"), (3, "refused")])
    question_id = done.json()["rows"][0]["question_id"]
    assert (await owner.get(f"{QUESTIONS}/{question_id}")).json()["slug"] == word
    again = (await sent(owner, *rows)).headers["location"]
    await let_runner_work(house)
    assert outcomes(await owner.get(again)) == [(2, "present"), (3, "refused")]


async def test_an_import_is_listed_and_stopped_and_the_log_has_its_end(
    house: House, anna: Site, owner: httpx.AsyncClient
) -> None:
    sheet, word = await made_sheet(anna), token_hex(4)
    one = (await sent(owner, f"{sheet.key},Indexes,Plans,senior,{word},{word}?")).headers["location"]
    listed = {item["id"]: item for item in (await owner.get(IMPORTS)).json()["items"]}
    stopped = await owner.delete(one)
    await let_runner_work(house)
    over = await owner.get(one)
    again, gone = await owner.delete(one), await owner.delete(f"{IMPORTS}/{'0' * 32}")
    done = (await sent(owner, f"{sheet.key},Indexes,Plans,senior,{word},{word}?")).headers["location"]
    await let_runner_work(house)
    late = await owner.delete(done)
    async with anna.client(Role.EDITOR) as editor:
        refused = [await editor.get(IMPORTS), await editor.delete(one)]

    assert (listed[over.json()["id"]]["state"], "rows" in listed[over.json()["id"]]) == ("running", False)
    assert (over.json()["state"], over.json()["totals"]["added"]) == ("cancelled", 0)
    assert [answer.status_code for answer in (stopped, again, gone, late)] == [204, 204, 404, 409]
    assert late.json()["code"] == "question_import_is_over"
    assert [answer.status_code for answer in refused] == [403, 403]
    for path, state in ((one, "cancelled"), (done, "done")):
        query = {"subject": path.rpartition("/")[2], "action": "import.run"}
        [line] = (await owner.get("/api/v1/audit-events", params=query)).json()["items"]
        assert (line["role"], line["after"]["state"]) == ("operator", state)


async def test_rows_come_by_their_numbers(house: House, anna: Site, owner: httpx.AsyncClient) -> None:
    sheet, word = await made_sheet(anna), token_hex(4)
    rows = [f"{sheet.key},Indexes,Plans,junior,{word}-{number},{word} {number}?" for number in range(5)]
    one = (await sent(owner, *rows, data={"rows": "2-3, 6"})).headers["location"]
    await let_runner_work(house)

    done = await owner.get(one)
    assert outcomes(done) == [(2, "added"), (3, "added"), (6, "added")]
    assert done.json()["totals"]["skipped"] == 2


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ({"files": {"file": ("a.csv", b"")}}, "/file"),
        ({"files": {"file": ("a.csv", b"question\nWhy?\n")}}, "/file"),
        ({"files": {"file": ("a.csv", b"x" * (FILE_BYTES + 1))}}, "/file"),
        ({"files": {"file": ("a.csv", b"x")}, "data": {"format": "pdf"}}, "/format"),
        ({"files": {"file": ("a.csv", b"x")}, "data": {"rows": "1-"}}, "/rows"),
        ({"files": {"file": ("a.csv", b"x")}, "data": {"rows": "9-2"}}, "/rows"),
        ({"files": {"file": ("a.csv", b"x")}, "data": {"rows": "1-9999999"}}, "/rows"),
        ({"files": {"file": ("a.csv", b"x")}, "data": {"mode": "all"}}, "/mode"),
    ],
)
async def test_what_is_wrong_with_the_form_is_named(
    owner: httpx.AsyncClient, form: dict[str, Any], pointer: str
) -> None:
    for params in ({}, DRY):
        answer = await owner.post(IMPORTS, params=params, **form)

        assert answer.status_code == 422, answer.text
        assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(("role", "status"), [(Role.EDITOR, 403), (None, 401)])
async def test_nobody_else_may(anna: Site, role: Role | None, status: int) -> None:
    async with anna.client(role) as client:
        assert (await sent(client, params=DRY)).status_code == status
        assert (await sent(client)).status_code == status
        assert (await client.get(f"{IMPORTS}/{'0' * 32}")).status_code == status


async def test_what_is_not_there_is_not_found(owner: httpx.AsyncClient) -> None:
    answer = await owner.get(f"{IMPORTS}/{'0' * 32}")
    assert (answer.status_code, answer.json()["code"]) == (404, "question_import_gone")
