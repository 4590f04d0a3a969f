"""The owner brings questions in from a spreadsheet in which not all is right."""

from __future__ import annotations

import pytest
from playwright.async_api import FilePayload, Page, StorageState, expect

from tests.browser.conftest import SOME_WAYS, Open, Way
from tests.browser.test_owner_imports import look_at, until
from tests.browser.town import Town

PLACE = "databases,Indexes and plans,Indexes"
HEAD = "sheet,section,subsection,grade,slug,question,answer,expectation,status,resources"
WRONG = (
    (f"{PLACE},Guru,,Who is a guru?,,,,", "grade"),
    ("cobol,Divisions,Data,Senior,,What is a PICTURE clause?,,,,", "sheet"),
    (f"{PLACE},Senior,,,,,,", "question"),
    (f"{PLACE},Senior,,Where is it written?,,,,Manual | ftp//nowhere", "resources (1)"),
    (f"{PLACE},Senior,,What would an interviewer expect?,An answer.,,published,", "expectation"),
)
THERE = "beyond-the-btree"


def table(word: str) -> bytes:
    good = [f"{PLACE},Senior,{word}-{number},What about {word} {number}?,,,," for number in (1, 2)]
    double = f"{PLACE},Senior,{THERE},Is this address free?,,,,"
    return "\r\n".join((HEAD, good[0], *(row for row, _ in WRONG), double, good[1], "")).encode()


@pytest.mark.parametrize("way", SOME_WAYS.items(), ids=SOME_WAYS.keys())
async def test_a_spreadsheet_with_five_kinds_of_error(
    town: Town, window: Open, way: tuple[str, Way], annas_key: StorageState
) -> None:
    name, how = way
    word = name.replace("-", "")
    page = await window(how, state=annas_key)
    await page.goto(f"{town.anna.url}/admin/matrix")
    await page.get_by_role("link", name="From a file").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Questions from a file")
    await look_at(page, how, f"matrix-{name}-upload")
    file = FilePayload(name="questions.csv", mimeType="text/csv", buffer=table(word))
    await page.locator("#f-file").set_input_files(file)
    await page.get_by_role("button", name="Upload and look through").click()

    await expect(page.locator(".import-totals dd")).to_have_text(["2", "1", "5"])
    for number, (_, column) in enumerate(WRONG, start=3):
        row = page.locator(".rows tbody tr").nth(number - 2)
        await expect(row.locator(".row-number")).to_contain_text(str(number))
        await expect(row.locator(".row-column")).to_have_text([f"column {column}:"])
        await expect(row.get_by_role("checkbox")).to_have_count(0)
    await expect(page.locator(".rows input:checked")).to_have_count(2)
    await expect(page.get_by_role("link", name=THERE)).to_be_visible()
    await look_at(page, how, f"matrix-{name}-preview")
    await page.get_by_role("checkbox", name="Bring in row 9").uncheck()
    await page.get_by_role("button", name="Bring in the chosen rows").click()

    await until(page, page.get_by_text("1 question came."), how)
    await expect(page.locator(".import-totals dd")).to_have_text(["1", "1", "5", "1"])
    await page.get_by_role("link", name="Refused 5").click()
    await expect(page.locator(".rows .row-column")).to_have_text([f"column {column}:" for _, column in WRONG])
    await look_at(page, how, f"matrix-{name}-report")
    await page.get_by_role("link", name="Came 1").click()
    await page.get_by_role("link", name=f"What about {word} 1?").click()
    await expect(page.locator("#f-question")).to_have_value(f"What about {word} 1?")
    await throw_away(page)


async def throw_away(page: Page) -> None:
    """Other tests count questions."""
    await page.get_by_role("button", name="Move to the trash").click()
    await expect(page.get_by_text("Moved to the trash.")).to_be_visible()
