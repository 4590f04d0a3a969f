"""Questions from files, on the desk: all of it with plain forms."""

from collections.abc import Sequence
from secrets import token_hex

import pytest

from core.competency_matrix.files import FILE_BYTES
from core.identity import Role
from entrypoints.web.admin.matrix import files_shapes
from tests.api.house import House, Site
from tests.api.imports import let_runner_work
from tests.pages.browser import Browser, Shown
from tests.pages.conftest import SignedIn
from tests.pages.questions import keep, made_question, made_sheet

PAGE = "/admin/matrix/import"
UPLOAD = f"form[action='{PAGE}']"
HEAD = "sheet,section,subsection,grade,slug,question,status"


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join((head, *rows, "")).encode()


async def uploaded(owner: Browser, content: bytes, *, name: str = "mine.csv", form: str = "auto") -> Shown:
    answer = await owner.submit(await owner.get(PAGE), UPLOAD, files={"file": (name, content)}, format=form)
    if answer.status != 303:
        return answer
    return await owner.get(answer.location)


def chosen(page: Shown) -> list[str]:
    return [str(node.attributes["name"]) for node in page.tree.css(".rows input[checked]")]


def said(page: Shown, selector: str = ".rows tbody tr") -> Sequence[str]:
    return [" ".join(node.text(separator=" ").split()) for node in page.tree.css(selector)]


async def test_an_owner_sees_each_row_and_brings_in_what_she_chose(house: House, anna: Site, owner: Browser) -> None:
    sheet, word = await made_sheet(anna), token_hex(4)
    there = made_question(sheet, f"When does {word} help?")
    await keep(anna, there)
    place = f"{sheet.key},Indexes,Plans"
    preview = await uploaded(
        owner,
        table(
            f"{place},senior,new-{word},What is new in {word}?,",
            f"{place},junior,,  WHEN does {word.upper()} help?,",
            f"{place},guru,wrong-{word},<b>What</b> is wrong?,",
            f"{place},junior,{there.slug},Is the address taken?,",
            f"{place},junior,same-{word},What is NEW in {word}?,",
        ),
    )

    assert preview.one("h1").text() == "mine.csv"
    assert preview.texts(".import-totals dd") == ["1", "3", "1"]
    assert chosen(preview) == ["row-2"]
    assert [node.attributes["name"] for node in preview.tree.css(".rows input")] == ["row-2", "row-3", "row-6"]
    rows = said(preview)
    assert f"What is new in {word}? {sheet.key} · Indexes · Plans · senior Would come" in rows[0]
    assert f"Here already {there.slug}" in rows[1]
    assert "<b>What</b> is wrong?" in rows[2]
    assert "Wrong column grade: There is no grade “guru”" in rows[2]
    assert "the same as row 2" in rows[4]
    links = {node.attributes["href"] for node in preview.tree.css(".rows a")}
    assert links == {f"/admin/matrix/questions/{there.id}/edit"}

    one = str(preview.one("form:has(.rows)").attributes["action"]).removesuffix("/confirmation")
    nothing = await owner.post(f"{one}/confirmation", {"csrf_token": await owner.token()}, origin=owner.site.url)
    assert (nothing.status, nothing.one(".alert[role=alert]").text()) == (422, "Choose some rows first.")
    assert chosen(nothing) == []

    ticks = {"row-2": "on", "row-3": "on", "row-4": "on"}
    running = await owner.press(preview, f"form[action='{one}/confirmation']", **ticks)
    assert running.has("#import-progress[hx-trigger='every 1s']")
    await let_runner_work(house)
    done = await owner.get(one)
    assert done.texts(".import-totals dd") == ["2", "1", "1", "1"]
    assert "2 questions came." in done.one("#import-progress").text()
    added = next(str(node.attributes["href"]) for node in done.tree.css(".rows th a"))
    assert (await owner.get(added)).one("#f-question").text().strip() == f"What is new in {word}?"
    refused = await owner.get(f"{one}?outcome=refused")
    assert said(refused) == ["Row 4 <b>What</b> is wrong? Refused column grade: There is no grade “guru”."]
    assert (await owner.fragment(one)).answer.headers["hx-refresh"] == "true"

    again = await owner.post(f"{one}/confirmation", {"csrf_token": await owner.token()}, origin=owner.site.url)
    assert (again.status, again.location) == (303, one)


async def test_a_file_that_waits_is_listed_and_discarded_and_an_import_is_stopped(
    house: House, anna: Site, owner: Browser
) -> None:
    sheet, word = await made_sheet(anna), token_hex(4)
    row = f"{sheet.key},Indexes,Plans,senior,{word},What is {word}?,"
    waiting = await uploaded(owner, table(row), name=f"{word}.csv")
    stop = "form[action$='/cancellation']"
    one = str(waiting.one(stop).attributes["action"]).removesuffix("/cancellation")
    listed = await owner.get(PAGE)
    assert f"{word}.csv" in listed.texts(".item-title")

    left = await owner.press(waiting, stop)
    assert left.has(UPLOAD)
    assert not left.has(f"form[action='{one}/cancellation']")
    late = await owner.post(f"{one}/confirmation", {"csrf_token": await owner.token()}, origin=owner.site.url)
    assert late.status in (303, 404)

    running = await owner.press(await uploaded(owner, table(row)), "form:has(.rows)")
    stopping = await owner.press(running, stop)
    assert stopping.has("#import-progress[hx-get]")
    await let_runner_work(house)
    stopped = await owner.get(str(running.one(stop).attributes["action"]).removesuffix("/cancellation"))
    assert "It was stopped" in stopped.one("#import-progress").text()
    assert stopped.texts(".import-totals dd")[0] == "0"


async def test_only_so_many_files_wait(house: House, owner: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.competency_matrix.use_cases.start_question_import.WAITING_MAX", 0)

    refused = await uploaded(owner, table("a,b,c,,,d?,"))

    assert refused.status == 409
    assert "files wait for your word already" in refused.one(".alert").text()


async def test_a_file_that_cannot_be_read_comes_back_with_the_reason(owner: Browser) -> None:
    none = await uploaded(owner, b"", name="")
    odd = await uploaded(owner, b"x", form="pdf")
    strange = await uploaded(owner, b"question\nWhy?\n", form="csv")
    latin = await uploaded(owner, "sheet;Größe".encode("latin-1"))
    large = await uploaded(owner, b"x" * (FILE_BYTES + 1))

    assert {page.status for page in (none, odd, strange, latin, large)} == {422}
    assert "Please choose the file" in none.one("#f-file-error").text()
    assert odd.has("#f-format-error")
    assert "“sheet” is missing" in strange.one("#f-file-error").text()
    assert strange.one("#f-format option[selected]").attributes["value"] == "csv"
    assert "UTF-8" in latin.one("#f-file-error").text()
    assert "10 MB" in large.one("#f-file-error").text()


async def test_of_many_rows_those_come_first_that_somebody_has_to_look_at(
    house: House, anna: Site, owner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_shapes, "SHOWN_MAX", 2)
    monkeypatch.setattr(files_shapes, "LINES", 2)
    sheet, word = await made_sheet(anna), token_hex(4)
    rows = [f"{sheet.key},Indexes,Plans,junior,{word}-{number},{word} {number}?," for number in range(3)]
    preview = await uploaded(owner, table(*rows, f"{sheet.key},Indexes,Plans,guru,,Wrong?,"))

    assert [node.attributes["name"] for node in preview.tree.css(".rows input")] == ["row-2"]
    assert preview.one("input[name=rest]").attributes.get("checked", "no") != "no"
    assert "the 2 new rows" in preview.one("label:has(input[name=rest])").text()
    form = preview.one("form:has(.rows)").attributes["action"]
    await owner.press(preview, f"form[action='{form}']")
    await let_runner_work(house)
    one = str(form).removesuffix("/confirmation")
    done = await owner.get(one)
    assert done.texts(".import-totals dd")[0] == "3"
    assert len(said(done)) == 2
    assert len(said(await owner.get(str(done.one(".report-more a").attributes["href"])))) == 2


async def test_a_file_of_sheets_alone_adds_them(house: House, owner: Browser) -> None:
    key = f"sheet-{token_hex(4)}"
    content = f'{{"format": "terrace-matrix", "sheets": [{{"key": "{key}", "name": "Mine"}}], "questions": []}}'
    preview = await uploaded(owner, content.encode(), name="m.json")

    assert "These sheets would be added: Mine." in preview.one("main").text()
    answer = await owner.submit(preview, "form[action$='/confirmation']", rest="yes")
    await let_runner_work(house)
    assert "The sheets are there." in (await owner.get(answer.location)).one("#import-progress").text()


@pytest.mark.parametrize("path", [f"{PAGE}/{'0' * 32}", f"{PAGE}/none", "/admin/matrix/export?format=pdf"])
async def test_what_is_not_there_is_not_found(owner: Browser, path: str) -> None:
    assert (await owner.get(path)).status == 404


async def test_the_matrix_leaves_as_a_file(anna: Site, owner: Browser) -> None:
    sheet = await made_sheet(anna)
    desk = await owner.get("/admin/matrix")
    links = [str(node.attributes["href"]) for node in desk.tree.css(".downloads a")]

    assert [link.partition("=")[2] for link in links] == ["csv", "xlsx", "json", "markdown"]
    answer = (await owner.get(links[2])).answer
    assert answer.headers["content-disposition"] == f'attachment; filename="{anna.tenant.slug}-matrix.json"'
    assert sheet.key in [one["key"] for one in answer.json()["sheets"]]


@pytest.mark.parametrize("path", [PAGE, "/admin/matrix/export"])
async def test_an_editor_has_no_such_pages(signed_in: SignedIn, anna: Site, path: str) -> None:
    editor = await signed_in(anna, Role.EDITOR)
    assert (await editor.get(path)).status == 403
    assert not (await editor.get("/admin/matrix")).has(".downloads")
