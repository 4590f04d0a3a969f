"""Being asked, proposing questions, feeds and the sitemap of the matrix."""

from secrets import token_hex

import pytest
from defusedxml import ElementTree

from core.competency_matrix.sheets import Sheet
from core.identity import Role
from db.competency_matrix import SqlSuggestionStorage
from tests.api.house import Site
from tests.pages.browser import Browser
from tests.pages.questions import keep, made_question, made_sheet, settle
from tests.pages.test_matrix_reading import url_of

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
async def sheet(anna: Site) -> Sheet:
    sheet = await made_sheet(anna)
    await keep(anna, *(made_question(sheet, f"Question {number}?", hint="Think.") for number in range(12)))
    return sheet


async def test_an_interview_asks_ten_at_random_one_at_a_time(visitor: Browser, sheet: Sheet) -> None:
    start = await visitor.get(f"/matrix/{sheet.key}/interview?grade=senior")
    assert "checked" in start.one("input[name=grade][value=senior]").attributes
    path, fields = start.form("form.stack")
    begun = await visitor.get(f"{path}?grade=senior&number={fields['number']}")
    assert begun.status == 303
    assert "seed=" in begun.location

    titles, page = [], await visitor.get(begun.location)
    while page.has(".interview-way [rel=next]"):
        titles += page.texts("h1")
        assert "open" not in page.one(".ask-answer").attributes
        assert "open" not in page.one(".ask-hint").attributes
        page = await visitor.get(str(page.one(".interview-way [rel=next]").attributes["href"]))
    assert len(set(titles)) == 10
    assert page.texts("h1") == ["That was the last question"]
    again = await visitor.get(begun.location)
    assert again.texts("h1") == titles[:1]
    assert (await visitor.get(str(page.one(".btn-primary").attributes["href"]))).status == 303


async def test_an_interview_about_nothing_says_so(visitor: Browser, sheet: Sheet) -> None:
    page = await visitor.get(f"/matrix/{sheet.key}/interview?grade=junior&seed=a")

    assert page.texts("h1") == ["There is no such question here"]
    assert page.one(".interview-way a").attributes["href"] == f"/matrix/{sheet.key}/interview?grade=junior"
    assert (await visitor.get(f"/matrix/{sheet.key}/interview?seed=a&number=x")).status == 404


async def test_feeds_hold_what_is_new_with_its_answer(visitor: Browser, anna: Site, sheet: Sheet) -> None:
    question = made_question(sheet, "What is new?", hint="This.", answer='See <a href="/blog">here</a>.')
    await keep(anna, question)
    base = anna.url
    atom = ElementTree.fromstring((await visitor.get(f"/matrix/{sheet.key}/feed.atom")).answer.text)
    entry = atom.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "What is new?"
    assert entry.findtext(f"{ATOM}summary") == "This."
    assert f'href="{base}/blog"' in (entry.findtext(f"{ATOM}content") or "")
    feed = (await visitor.get("/matrix/feed.json")).answer
    assert feed.json()["items"][0]["url"] == base + url_of(sheet, question)
    assert feed.json()["items"][0]["tags"] == ["Databases", "Indexes · Plans"]
    assert (await visitor.get("/matrix/feed.json", if_none_match=feed.headers["etag"])).status == 304


async def test_engines_find_sheets_and_questions(visitor: Browser, anna: Site, sheet: Sheet) -> None:
    question = made_question(sheet)
    await keep(anna, question, made_question(sheet, "Hidden?", slug="hidden", is_public=False))
    sitemap = (await visitor.get("/sitemap.xml")).answer.text

    for path in ("/matrix", f"/matrix/{sheet.key}", url_of(sheet, question)):
        assert f"<loc>{anna.url}{path}</loc>" in sitemap
    assert "/hidden<" not in sitemap


@pytest.fixture
async def unhurried(anna: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Visitors may propose, and tests may do so at once."""
    monkeypatch.setattr("entrypoints.web.pages.matrix.suggestions.SOONEST", 0)
    await anna.forgive()
    await settle(anna, accepts_suggestions=True)


async def proposed(site: Site) -> set[str]:
    async with site.sessions.open(site.tenant) as session:
        page = await SqlSuggestionStorage(session).list_numbered(None, number=1, size=100)
    return {one.question for one in page.items}


async def test_a_visitor_proposes_a_question(visitor: Browser, anna: Site, sheet: Sheet, unhurried: None) -> None:
    words = f"What is {token_hex(8)} good for?"
    page = await visitor.get(f"/matrix/suggestions?sheet={sheet.key}")
    assert page.one("#f-sheet option[selected]").attributes["value"] == sheet.key
    answer = await visitor.press(page, "form.stack", question=words, name="Boris", grade="senior")

    assert answer.texts(".notice") == ["Thank you: the owner has your question now."]
    assert words in await proposed(anna)
    twice = await visitor.press_for(422, answer, "form.stack", question=f"  {words.upper()} ", name="Boris")
    assert twice.texts(".field-error") == ["Somebody has proposed this already."]
    assert twice.one("#f-name").attributes["value"] == "Boris"
    await settle(anna)


async def test_what_is_alike_is_shown_first_and_what_is_there_is_named(
    visitor: Browser, anna: Site, sheet: Sheet, unhurried: None
) -> None:
    word = token_hex(8)
    known = made_question(sheet, f"When does an index on {word} help?")
    await keep(anna, known)
    page = await visitor.get("/matrix/suggestions")
    near = f"When does the index on {word} help?"
    asked = await visitor.press_for(200, page, "form.stack", question=near)
    assert url_of(sheet, known) in [node.attributes["href"] for node in asked.tree.css(".alike a")]
    assert near not in await proposed(anna)
    stamps = [node.attributes["value"] for one in (page, asked) for node in one.tree.css("[name=stamp]")]
    assert stamps[0] == stamps[1]
    await visitor.press(asked, "form.stack")
    assert near in await proposed(anna)

    same = await visitor.press_for(422, page, "form.stack", question=known.title)
    assert same.one(".alike a").attributes["href"] == url_of(sheet, known)
    await settle(anna)


async def test_programs_and_the_hasty_leave_nothing(visitor: Browser, anna: Site, unhurried: None) -> None:
    page = await visitor.get("/matrix/suggestions")
    words = f"What is {token_hex(8)}?"
    caught = await visitor.submit(page, "form.stack", question=words, website="http://spam.example")
    assert caught.status == 303
    forged = await visitor.press_for(422, page, "form.stack", question=words, stamp="1.x")
    assert forged.one("[name=stamp]").attributes["value"] != "1.x"
    assert forged.one("#f-question").text().strip() == words
    assert forged.has("#form-message")
    for _ in range(5):
        await visitor.submit(page, "form.stack", question=f"What is {token_hex(8)}?")
    late = await visitor.press_for(429, page, "form.stack", question=words)
    assert late.one("#f-question").text().strip() == words
    assert words not in await proposed(anna)
    await settle(anna)


async def test_an_owner_finds_the_way_to_her_question(owner: Browser, visitor: Browser, sheet: Sheet) -> None:
    question = made_question(sheet)
    await keep(owner.site, question)

    page = await owner.get(url_of(sheet, question))
    assert page.one("[data-key=e]").attributes["href"] == f"/admin/matrix/questions/{question.id}/edit"
    assert not (await visitor.get(url_of(sheet, question))).has("[data-key=e]")
    assert owner.site.email(Role.OWNER)
