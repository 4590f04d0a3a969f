"""Looking through the matrix without a script: sheets, grid and list, filters, a question, old addresses."""

import json
from dataclasses import replace
from secrets import token_hex

import pytest

from core.competency_matrix.entities import Question
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.texts import Frequency
from core.identity import Role
from core.site.entities import SECTIONS
from db.competency_matrix import SqlQuestionStorage, SqlSheetStorage
from tests.api.house import House, Site
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn
from tests.pages.questions import keep, made_question, made_sheet, settle
from tests.pages.test_statements import counted

Asked = tuple[Question, Question, Question]


def url_of(sheet: Sheet, question: Question) -> str:
    return f"/matrix/{sheet.key}/{question.slug}"


@pytest.fixture
async def sheet(anna: Site) -> Sheet:
    return await made_sheet(anna)


@pytest.fixture
async def asked(anna: Site, sheet: Sheet) -> Asked:
    """A senior one about plans, a junior one about kinds, a senior one about locks."""
    senior = made_question(sheet, hint="Think of <rows>.", frequency=Frequency.OFTEN)
    junior = made_question(sheet, "What kinds of indexes are there?", subsection="Kinds", grade="junior")
    locks = made_question(sheet, "Who waits for whom?", subsection="Rows", answer="Whoever came later.")
    await keep(anna, senior, junior, locks, made_question(sheet, "Nobody sees this.", is_public=False))
    return senior, junior, locks


async def test_sheets_have_counts_that_lead_to_their_questions(visitor: Browser, sheet: Sheet, asked: Asked) -> None:
    page = await visitor.get("/matrix")

    own = next(node for node in page.tree.css(".sheet") if f'href="/matrix/{sheet.key}"' in (node.html or ""))
    counts = [" ".join(node.text().split()) for node in own.css(".bars li")]
    assert counts == ["1Junior", "0Junior+", "0Middle", "0Middle+", "2Senior"]
    assert [node.attributes["href"] for node in own.css(".bars a")][-1] == f"/matrix/{sheet.key}?grade=senior"
    assert page.one("link[rel=canonical]").attributes["href"] == f"{visitor.site.url}/matrix"
    assert f"/matrix/{sheet.key}" in [node.attributes["href"] for node in (await visitor.get("/")).tree.css(".brief a")]


async def test_a_grid_holds_what_there_is_and_no_empty_row_or_column(
    visitor: Browser, sheet: Sheet, asked: Asked
) -> None:
    page = await visitor.get(f"/matrix/{sheet.key}")

    assert page.texts("thead th") == ["Section", "Junior 1", "Senior 2"]
    assert page.texts(".band-name") == ["Indexes 2", "Locks 1"]
    assert page.texts("th.row-name") == ["Plans", "Kinds", "Rows"]
    cells = [[" ".join(cell.text().split()) for cell in row.css("td")] for row in page.tree.css("tbody tr:has(td)")]
    assert [[bool(cell) for cell in row] for row in cells] == [[False, True], [True, False], [False, True]]
    assert page.texts(".hint") == ["Think of <rows>."]
    assert page.one(".hint-key").attributes["popovertarget"] == page.one(".hint").attributes["id"]
    assert "Nobody sees this" not in page.answer.text
    assert page.texts(".found-count") == ["3 questions"]


async def test_a_list_says_of_each_question_what_the_grid_shows_by_place(
    visitor: Browser, sheet: Sheet, asked: Asked
) -> None:
    page = await visitor.get(f"/matrix/{sheet.key}?view=list&utm_source=x")

    assert page.texts(".band-list .row-name") == ["Plans", "Kinds", "Rows"]
    assert page.texts(".line-meta") == ["Senioroften asked", "Junior", "Senior"]
    assert page.one(".views [aria-current]").text() == "List"
    assert not page.has("table")


FILTERS = {
    "grade=junior": ["What kinds of indexes are there?"],
    "grade=junior&grade=senior&frequency=often": ["When does an index help?"],
    "grade=wizard&section=none&frequency=daily&evidence=maybe": None,
    "evidence=yes": [],
}


@pytest.mark.parametrize("query", FILTERS)
async def test_filters_leave_what_fits(visitor: Browser, sheet: Sheet, asked: Asked, query: str) -> None:
    page = await visitor.get(f"/matrix/{sheet.key}?view=list&{query}")

    wanted = FILTERS[query]
    titles = [node.text() for node in page.tree.css(".line-title a")]
    assert titles == [one.title for one in asked] if wanted is None else titles == wanted
    assert page.has(".found-count a") is (wanted is not None)
    assert page.has(".empty") is (wanted == [])


async def test_a_section_and_a_subsection_can_be_chosen(visitor: Browser, sheet: Sheet, asked: Asked) -> None:
    section, subsection = sheet.sections[0], sheet.sections[0].subsections[1]
    for place, wanted in ((section, {asked[0].title, asked[1].title}), (subsection, {asked[1].title})):
        page = await visitor.get(f"/matrix/{sheet.key}?view=list&section={place.id}")
        assert set(page.texts(".line-title a")) == wanted
        assert page.one("#f-section option[selected]").attributes["value"] == place.id
        assert page.one(".more-filters").attributes.keys() >= {"open"}


async def test_a_search_marks_what_it_finds_in_grid_and_list_and_forgives_a_slip(
    visitor: Browser, sheet: Sheet, asked: Asked
) -> None:
    word = token_hex(5)
    await keep(visitor.site, made_question(sheet, f"What is {word} for?", answer=f"For {word} alone."))
    grid = await visitor.get(f"/matrix/{sheet.key}?q={word}")
    assert grid.texts("td mark") == [word]
    listed = await visitor.get(f"/matrix/{sheet.key}?view=list&q={word}")
    assert listed.texts(".line-title mark") == [word]
    assert listed.texts(".line-place") == ["Indexes · Plans"]
    everywhere = await visitor.get(f"/matrix?q={word}")
    assert everywhere.texts(".line-place") == ["Databases · Indexes · Plans"]
    assert everywhere.texts(".found") == ["1 question found"]
    slipped = await visitor.get(f"/matrix/{sheet.key}?q=indx")
    assert slipped.has("td mark")
    assert "Showing what has" in slipped.texts(".found-count")[0]


@pytest.mark.parametrize("path", ["/matrix?q={q}", "/matrix/{key}?q={q}&view=list", "/matrix/{key}?q={q}"])
async def test_who_finds_nothing_is_told_what_to_try(visitor: Browser, sheet: Sheet, asked: Asked, path: str) -> None:
    page = await visitor.get(path.format(key=sheet.key, q="zzyzx%3Cb%3E"))

    assert "“zzyzx<b>”" in page.one(".empty").text()
    assert page.has(".empty a[href^='/matrix']")
    assert page.has("meta[name=robots][content=noindex]")


async def test_the_parts_that_scripts_exchange_are_the_pages_own(visitor: Browser, sheet: Sheet, asked: Asked) -> None:
    path = f"/matrix/{sheet.key}"
    part = await visitor.fragment(f"{path}?grade=senior&view=list&unknown=1")
    assert part.answer.headers["hx-push-url"] == f"{path}?view=list&grade=senior"
    assert part.one("#found").attributes["data-announce"] == "2 of 3 questions"
    assert "<html" not in part.answer.text
    typing = await visitor.fragment(f"{path}?q=index", hx_current_url=f"{visitor.site.url}{path}?q=inde")
    assert typing.answer.headers["hx-replace-url"] == f"{path}?q=index"
    found = await visitor.fragment("/matrix?q=index", hx_current_url="http://[")
    assert found.answer.headers["hx-push-url"] == "/matrix?q=index"
    question = await visitor.fragment(url_of(sheet, asked[0]))
    assert question.texts("#opened-title") == [asked[0].title]
    assert (await visitor.fragment("/matrix/none")).answer.headers["hx-retarget"] == "#trouble"


async def test_a_question_has_a_page_with_all_that_belongs_to_it(visitor: Browser, sheet: Sheet, asked: Asked) -> None:
    page = await visitor.get(url_of(sheet, asked[1]))
    base = visitor.site.url

    assert page.texts("h1") == [asked[1].title]
    assert page.texts(".crumb") == ["Databases · Indexes · Kinds"]
    assert page.texts("#answer .prose") == ["When it is selective."]
    assert "open" not in page.one(".expectation").attributes
    assert page.texts(".neighbour-title") == [asked[0].title, asked[2].title]
    assert page.one("[data-copy-link]").attributes["data-copy-link"] == base + url_of(sheet, asked[1])
    assert page.one("link[rel=canonical]").attributes["href"] == base + url_of(sheet, asked[1])
    data = json.loads(page.one("script[type='application/ld+json']").text())
    assert data["@type"] == "FAQPage"
    assert data["mainEntity"][0]["acceptedAnswer"]["text"] == "<p>When it is selective.</p>"
    image = str(page.one("meta[property='og:image']").attributes["content"])
    assert (await visitor.get(image.removeprefix(base))).answer.headers["content-type"] == "image/png"
    assert (await visitor.get("/share/question/none.png")).status == 404


async def test_a_question_speaks_the_language_that_is_asked_for(visitor: Browser, anna: Site, sheet: Sheet) -> None:
    question = made_question(sheet, translations={"ru": "Когда помогает индекс?"})
    await keep(anna, question)
    path = url_of(sheet, question)
    page = await visitor.get(f"{path}?lang=ru")

    assert page.texts("h1") == ["Когда помогает индекс?"]
    assert page.one("article").attributes["lang"] == "ru"
    assert page.one(".translations a").attributes["href"] == path
    assert page.one("link[rel=canonical]").attributes["href"] == f"{anna.url}{path}?lang=ru"
    assert {str(node.attributes["hreflang"]) for node in page.tree.css("link[hreflang]")} == {"en", "ru"}
    assert (await visitor.get(f"{path}?lang=tlh")).texts("h1") == [question.title]


async def test_old_addresses_lead_to_the_present_ones(visitor: Browser, anna: Site, sheet: Sheet, asked: Asked) -> None:
    old, question = f"old-{token_hex(4)}", asked[0]
    async with anna.sessions.open(anna.tenant) as session:
        await SqlQuestionStorage(session).save(replace(question, former_slugs=(old,), position=1))
        renamed = await SqlSheetStorage(session).save(
            replace(sheet, key=f"new-{token_hex(4)}", former_keys=(sheet.key,))
        )
        await session.commit()
    ways = {
        f"/matrix/elsewhere/{question.slug}": url_of(renamed, question),
        f"/matrix/{renamed.key}/{old}": url_of(renamed, question),
        f"/matrix/{sheet.key}?grade=senior&x=1": f"/matrix/{renamed.key}?grade=senior",
        f"/matrix/{sheet.key}?q=index&view=list": f"/matrix/{renamed.key}?view=list&q=index",
        f"/matrix/{sheet.key}/interview": f"/matrix/{renamed.key}/interview",
        f"/matrix/{sheet.key}/interview?seed=a": f"/matrix/{renamed.key}/interview?seed=a&number=1",
        f"/matrix/{sheet.key}/feed.atom": f"/matrix/{renamed.key}/feed.atom",
    }

    for path, target in ways.items():
        answer = await visitor.get(path)
        assert (answer.status, answer.location) == (301, target)


NOWHERE = (
    *("/matrix/none", "/matrix/none/none", "/matrix/none/feed.json", "/matrix/none?q=index", "/matrix/none/interview"),
    *("/matrix?page=0&q=a", "/matrix?page=99&q=index", "/matrix/suggestions"),
)


@pytest.mark.parametrize("path", NOWHERE)
async def test_what_is_not_there_is_not_there(visitor: Browser, path: str) -> None:
    assert (await visitor.get(path)).status == 404


async def test_nothing_of_it_is_there_for_another_host_or_where_it_is_switched_off(
    visitor: Browser, boris: Site, sheet: Sheet, asked: Asked
) -> None:
    stranger = Browser(boris)
    for path in (f"/matrix/{sheet.key}", url_of(sheet, asked[0]), f"/share/question/{asked[0].slug}.png"):
        assert (await stranger.get(path)).status == 404
        assert (await visitor.get(path)).status == 200
    assert asked[0].slug not in (await stranger.get("/matrix/feed.atom")).answer.text
    await _switch(boris, "blog")
    try:
        for path in ("/matrix", "/matrix/none", "/matrix/feed.json", "/matrix/suggestions", "/share/question/a.png"):
            assert (await stranger.get(path)).status == 404
        assert "/matrix" not in (await stranger.get("/sitemap.xml")).answer.text
        assert not (await stranger.get("/")).has(".brief")
    finally:
        await _switch(boris, *SECTIONS)
    assert (await stranger.get("/matrix")).status == 200


async def test_an_owner_switches_it_on_in_the_settings(boris: Site, signed_in: SignedIn) -> None:
    desk = await signed_in(boris, Role.OWNER)
    page = await desk.get("/admin/settings")
    assert "checked" in page.one("input[name=matrix]").attributes

    await desk.press(page, "form.settings", matrix="")
    assert (await desk.get("/matrix")).status == 404
    await desk.press(await desk.get("/admin/settings"), "form.settings", matrix="on")
    assert (await desk.get("/matrix")).status == 200


async def _switch(site: Site, *sections: str) -> None:
    async with site.client(Role.OWNER) as client:
        answer = await client.patch("/api/v1/site", headers={"if-match": "*"}, json={"sections": sections})
        assert answer.status_code == 200, answer.text


async def test_what_it_covers_is_shown_where_the_owner_wishes(
    visitor: Browser, anna: Site, sheet: Sheet, asked: Asked
) -> None:
    assert not (await visitor.get("/matrix")).has(".coverage")
    await settle(anna, shows_coverage=True)
    try:
        page = await visitor.get("/matrix")
        assert page.has("svg.coverage-bar[aria-label='Indexes: Junior 1, Senior 1']")
        rows = [[cell.text() for cell in row.css("td, th")] for row in page.tree.css(".coverage tbody tr")]
        assert ["Databases", "Indexes", "1", "0", "0", "0", "1", "2", "0"] in rows
    finally:
        await settle(anna)


async def test_a_page_costs_the_same_however_many_questions_there_are(
    house: House, visitor: Browser, anna: Site, sheet: Sheet, asked: Asked
) -> None:
    key = sheet.key
    paths = {
        "/matrix": 3,
        f"/matrix/{key}": 4,
        f"/matrix/{key}?view=list&grade=senior": 4,
        f"/matrix/{key}?q=index": 3,
        "/matrix?q=index": 6,
        url_of(sheet, asked[0]): 4,
        f"/matrix/{key}/interview?seed=a": 4,
        "/matrix/feed.atom": 2,
    }
    before = {path: await counted(house, visitor, path) for path in paths}
    await keep(anna, *(made_question(sheet, f"Number {number}?") for number in range(30)))
    after = {path: await counted(house, visitor, path) for path in paths}

    assert before == after
    assert after == paths
