"""How the matrix is laid out, its grades, its library, and what visitors propose, on the desk."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex

from core.competency_matrix.entities import Question
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.resources import Resource, new_resource
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.suggestions import Proposed, Suggestion, new_suggestion
from core.competency_matrix.texts import Attachment
from core.identity import Role
from db.competency_matrix import (
    SqlQuestionStorage,
    SqlResourceStorage,
    SqlSheetStorage,
    SqlSuggestionStorage,
)
from tests.api.house import Site
from tests.pages.browser import Browser, Shown
from tests.pages.conftest import SignedIn
from tests.pages.questions import keep, made_question, made_sheet, settle

STRUCTURE = "/admin/matrix/structure"
RESOURCES = "/admin/matrix/resources"
SUGGESTIONS = "/admin/matrix/suggestions"
SETTINGS = "/admin/matrix/settings"


async def present(site: Site, sheet: Sheet) -> Sheet:
    async with site.sessions.open(site.tenant) as session:
        return await SqlSheetStorage(session).get(sheet.id)


async def place_of(site: Site, question: Question) -> tuple[str, str]:
    async with site.sessions.open(site.tenant) as session:
        found = await SqlQuestionStorage(session).get(question.id)
    return found.sheet_id, found.subsection_id


def names(sheet: Sheet) -> list[str]:
    return [section.name for section in sheet.sections]


def url(sheet: Sheet, place_id: str = "") -> str:
    return f"{STRUCTURE}/{sheet.id}" + (f"/places/{place_id}" if place_id else "")


def form(action: str) -> str:
    return f"form[method=post][action='{action}']"


async def read(site: Site, *urls: str, name: str = "Manual") -> list[Resource]:
    made = [new_resource(name=f"{name} {number}", url=address) for number, address in enumerate(urls)]
    async with site.sessions.open(site.tenant) as session:
        for resource in made:
            await SqlResourceStorage(session).add(resource)
        await session.commit()
    return made


async def proposed(site: Site, question: str, sheet: Sheet | None = None) -> Suggestion:
    words = Proposed(question=question, remark="Dead rows.", name="Carl", grade="senior")
    made = new_suggestion(words, sheet=None, settings=MatrixSettings(), at=datetime.now(UTC))
    made = replace(made, sheet_id=sheet.id if sheet else None)
    async with site.sessions.open(site.tenant) as session:
        await SqlSuggestionStorage(session).add(made)
        await session.commit()
    return made


async def post(browser: Browser, path: str, **fields: str) -> Shown:
    sent = {name.replace("__", "-"): value for name, value in fields.items()}
    return await browser.post(path, {"csrf_token": await browser.token(), **sent})


async def test_a_sheet_is_begun_and_gets_its_sections(owner: Browser, anna: Site) -> None:
    name = f"Queues {token_hex(4)}"
    begun = await owner.press(await owner.get(STRUCTURE), form(STRUCTURE), name=name)
    assert begun.one("h1").text() == name
    path = str(begun.one("form.keeping-form").attributes["action"])
    tree = await owner.press(begun, form(f"{path}/sections"), name="Delivery")
    section = str(tree.one("[data-place]").attributes["data-place"])
    tree = await owner.press(tree, form(f"{path}/sections/{section}/subsections"), name="At least once")
    assert tree.texts(".tree .place-name") == ["Delivery", "At least once"]

    double = await owner.press_for(422, tree, form(f"{path}/sections"), name=" delivery ")
    assert "delivery" in double.one("#add-section-error").text()
    assert double.one("#add-section").attributes["value"] == " delivery "
    inner = await owner.press_for(422, tree, form(f"{path}/sections/{section}/subsections"), name="")
    assert inner.has(f"#add-{section}-error")

    refused = await owner.press_for(422, tree, form(path), key="No Spaces")
    assert refused.has("#f-key-error")
    changed = await owner.press(tree, form(path), name=f"{name} too", description="What is sent later.")
    assert changed.one("h1").text() == f"{name} too"


async def test_sheets_are_ordered_and_the_second_of_two_is_told(owner: Browser, anna: Site) -> None:
    one, other = await made_sheet(anna, "First"), await made_sheet(anna, "Second")
    page = await owner.get(STRUCTURE)
    moved = await owner.press(page, "#order-sheets", up=other.id)
    ids = [str(row.attributes["data-place"]) for row in moved.tree.css("[data-place]")]
    assert ids.index(other.id) < ids.index(one.id)

    late = await owner.press_for(409, page, "#order-sheets", down=one.id)
    assert "the present one" in late.one(".alert").text()
    assert [str(row.attributes["data-place"]) for row in late.tree.css("[data-place]")] == ids

    numbered = await owner.press(moved, "#order-sheets", **{f"number__{one.id}": "0"})
    assert str(numbered.tree.css("[data-place]")[0].attributes["data-place"]) == one.id
    taken = await owner.press_for(422, numbered, form(STRUCTURE), name="x", key=one.key)
    assert one.key in taken.one("#f-key-error").text()


async def test_sections_are_ordered_by_buttons_numbers_and_dragging(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    first, second, third = (section.id for section in sheet.sections)
    page = await owner.press(await owner.get(url(sheet)), "#order-sections", down=first)
    assert names(await present(anna, sheet)) == ["Locks", "Indexes", "Empty"]
    page = await owner.press(page, "#order-sections", **{f"number__{third}": "1", f"number__{second}": "2"})
    assert names(await present(anna, sheet)) == ["Empty", "Locks", "Indexes"]
    page = await owner.press(page, "#order-sections", order=f"{first},{second},{third}")
    assert names(await present(anna, sheet)) == ["Indexes", "Locks", "Empty"]
    plans, kinds = sheet.sections[0].subsections
    await owner.press(page, f"#order-{first}", up=kinds.id)
    assert (await present(anna, sheet)).sections[0].subsections == (kinds, plans)

    late = await owner.press_for(409, page, "#order-sections", up=third)
    assert late.texts(".tree h3") == ["Indexes", "Locks", "Empty"]
    strange = await post(owner, f"{url(sheet)}/order", seen="x,y", up="x")
    assert strange.status == 409


async def test_a_place_is_renamed_moved_and_merged(owner: Browser, anna: Site) -> None:
    sheet, target = await made_sheet(anna), await made_sheet(anna, "Web")
    indexes, locks, _ = sheet.sections
    plans, kinds = indexes.subsections
    question = made_question(sheet)
    await keep(anna, question)

    page = await owner.get(url(sheet, plans.id))
    await owner.press(page, form(url(sheet, plans.id)), name="Query plans")
    stale = await owner.press_for(409, page, form(url(sheet, plans.id)), name="Other")
    assert stale.form(form(url(sheet, plans.id)))[1]["name"] == "Other"
    page = await owner.get(url(sheet, plans.id))
    taken = await owner.press_for(422, page, form(url(sheet, plans.id)), name="kinds")
    assert taken.has("#f-name-error")

    merge, move = form(f"{url(sheet, plans.id)}/merge"), form(f"{url(sheet, plans.id)}/move")
    assert (await owner.press_for(422, page, merge)).has(".alert")
    assert (await owner.press_for(422, page, move)).has(".alert")
    moved = await owner.press(page, move, section=target.sections[1].id)
    assert moved.one("h1").text() == "Web"
    assert await place_of(anna, question) == (target.id, plans.id)
    gone = await post(owner, f"{url(sheet, plans.id)}/merge", into=kinds.id)
    assert gone.status == 404

    page = await owner.get(url(target, plans.id))
    into = next(one for one in target.sections[1].subsections)
    await owner.press(page, form(f"{url(target, plans.id)}/merge"), into=into.id)
    assert await place_of(anna, question) == (target.id, into.id)
    page = await owner.get(url(sheet, indexes.id))
    await owner.press(page, form(f"{url(sheet, indexes.id)}/merge"), into=locks.id)
    assert names(await present(anna, sheet)) == ["Locks", "Empty"]
    page = await owner.get(url(target, into.id))
    left = await owner.press(page, form(f"{url(target, into.id)}/merge"), into=kinds.id)
    assert left.one("h1").text() == "Web"
    assert await place_of(anna, question) == (sheet.id, kinds.id)


async def test_who_deletes_what_is_not_empty_is_asked_where_its_questions_go(owner: Browser, anna: Site) -> None:
    sheet, target = await made_sheet(anna), await made_sheet(anna, "Web")
    plans, kinds = sheet.sections[0].subsections
    question = made_question(sheet)
    await keep(anna, question)
    page = await owner.get(url(sheet, sheet.sections[0].id))
    deletion = form(f"{url(sheet, sheet.sections[0].id)}/deletion")
    asked = await owner.press_for(200, page, deletion)
    assert "“Indexes”" in asked.one("h1").text()
    assert not asked.has(f"option[value='{plans.id}'], option[value='{kinds.id}']")
    assert (await owner.press_for(422, asked, deletion, into="0" * 32)).has("#f-into-error")
    assert names(await present(anna, sheet)) == ["Indexes", "Locks", "Empty"]
    into = sheet.sections[1].subsections[0].id
    await owner.press(asked, deletion, into=into)
    assert names(await present(anna, sheet)) == ["Locks", "Empty"]
    assert await place_of(anna, question) == (sheet.id, into)

    empty = await owner.get(url(sheet, sheet.sections[2].id))
    await owner.press(empty, form(f"{url(sheet, sheet.sections[2].id)}/deletion"))
    assert names(await present(anna, sheet)) == ["Locks"]
    whole = form(f"{url(sheet)}/deletion")
    page = await owner.get(url(sheet))
    assert (await owner.press_for(409, empty, form(f"{url(sheet, sheet.sections[2].id)}/deletion"))).has(".alert")
    asked = await owner.press_for(200, page, whole)
    there = target.sections[0].subsections[0].id
    await owner.press(asked, whole, into=there)
    assert (await owner.get(url(sheet))).status == 404
    assert await place_of(anna, question) == (target.id, there)


async def test_grades_are_renamed_added_ordered_and_removed(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    await settle(anna)
    await keep(anna, made_question(sheet, grade="junior"))
    page = await owner.get(SETTINGS)
    fields = page.form("form.settings")[1]
    rows = len([name for name in fields if name.endswith("-key")])
    new = f"grade__{rows - 1}"
    stepped = await owner.press_for(200, page, "form.settings", up="1")
    assert stepped.one("[name=grade-0-key]").attributes["value"] == fields["grade-1-key"]
    assert stepped.has("p[role=status]")
    held = await owner.press_for(409, page, "form.settings", grade__0__gone="yes")
    assert held.one(".alert a").attributes["href"] == "/admin/matrix/questions?grade=junior"
    assert held.has("[name=grade-0-gone][checked]")

    typed = {f"{new}__name": "Staff+", f"{new}__number": "1", "grade__0__own": "yes", "grade__0__colour": "#C2410C"}
    saved = await owner.press(page, "form.settings", accepts_suggestions="yes", **typed)
    assert saved.one("[name=grade-0-key]").attributes["value"] == "junior"
    assert saved.one("[name=grade-0-colour]").attributes["value"] == "#c2410c"
    assert saved.one("[name=grade-1-name]").attributes["value"] == "Staff+"
    assert saved.has("[name=accepts_suggestions][checked]")
    stale = await owner.press_for(409, page, "form.settings", grade__0__name="Beginner")
    assert stale.one("[name=grade-0-name]").attributes["value"] == "Beginner"
    refused = await owner.press_for(422, saved, "form.settings", grade__2__name="Junior")
    assert refused.has("#f-grade-2-name-error")
    await owner.press(saved, "form.settings", grade__1__gone="yes", grade__0__own="")
    async with anna.sessions.open(anna.tenant) as session:
        kept = await SqlSheetStorage(session).settings()
    assert [grade.key for grade in kept.grades] == [grade.key for grade in MatrixSettings().grades]


async def test_the_library_is_searched_changed_and_merged(owner: Browser, anna: Site) -> None:
    word = token_hex(4)
    sheet = await made_sheet(anna)
    page = await owner.get(RESOURCES)
    made = await owner.press(page, form(RESOURCES), name=f"Manual {word}", url=f"https://{word}.example/a")
    assert made.texts("#resources .item-title") == [f"Manual {word}"]
    refused = await owner.press_for(422, page, form(RESOURCES), name="", url="ftp://x")
    assert refused.has("#f-name-error")
    assert refused.form(form(RESOURCES))[1]["url"] == "ftp://x"
    taken = await owner.press_for(422, page, form(RESOURCES), name="Again", url=f"https://{word}.example/a")
    assert f"Manual {word}" in taken.one("#f-url-error").text()

    (other,) = await read(anna, f"https://{word}.example/b", name=word)
    question = made_question(sheet, resources=(Attachment(resource_id=other.id, why="Short."),))
    await keep(anna, question)
    part = await owner.fragment(f"{RESOURCES}?q={word}")
    assert len(part.texts(".item-title")) == 2
    assert not part.has("h1")
    first = str(made.one("#resources [data-pick]").attributes["name"])
    asked = await owner.get(f"{RESOURCES}/merge?{first}=on&is-{other.id}=on")
    kept = await owner.press(asked, form(f"{RESOURCES}/merge"), into=first.removeprefix("is-"))
    assert kept.texts(".items .item-title") == ["When does an index help?"]
    assert (await owner.get(f"{RESOURCES}/{other.id}")).status == 404
    assert (await owner.get(f"{RESOURCES}/merge?{first}=on")).status == 422
    assert (await post(owner, f"{RESOURCES}/merge", into="x")).status == 422

    path = f"{RESOURCES}/{first.removeprefix('is-')}"
    again = await owner.press(kept, form(path), name=f"Handbook {word}")
    assert again.one("h1").text() == f"Handbook {word}"
    stale = await owner.press_for(409, kept, form(path), name="Mine")
    assert stale.form(form(path))[1]["name"] == "Mine"
    assert (await owner.press_for(422, again, form(path), url="nowhere")).has("#f-url-error")
    assert (await owner.press_for(409, kept, form(f"{path}/deletion"))).has(".alert")
    listed = await owner.press(again, form(f"{path}/deletion"))
    assert "1" in listed.one(".notice").text()
    assert (await owner.get(path)).status == 404


async def test_dead_links_are_looked_for_and_listed(owner: Browser, anna: Site) -> None:
    word = token_hex(4)
    dead, alive = await read(anna, f"https://{word}.example/dead", f"https://{word}.example/alive", name=word)
    one = await owner.get(f"{RESOURCES}/{dead.id}")
    checked = await owner.press(one, form(f"{RESOURCES}/{dead.id}/check"))
    assert "The link is being checked." in checked.one(".notice").text()
    asked = await owner.press(await owner.get(RESOURCES), form(f"{RESOURCES}/checks"))
    assert asked.has(".notice")
    now = datetime.now(UTC)
    async with anna.sessions.open(anna.tenant) as session:
        storage = SqlResourceStorage(session)
        await storage.save_check(replace(dead, checked_at=now, trouble="404"))
        await storage.save_check(replace(alive, checked_at=now))
        await session.commit()
    troubled = await owner.get(f"{RESOURCES}?show=troubled&q={word}")
    assert troubled.texts("#resources .item-title") == [dead.name]
    assert "404" in troubled.one(".is-trouble").text()
    assert (await owner.get(f"{RESOURCES}?page=999")).status == 404
    assert (await owner.get(f"{RESOURCES}?q=zzyzx")).has(".empty")


async def test_a_suggestion_becomes_a_draft_in_the_owners_words(owner: Browser, anna: Site) -> None:
    word = token_hex(4)
    sheet = await made_sheet(anna)
    await keep(anna, made_question(sheet, f"Why {word} rows die?"))
    one = await proposed(anna, f"Why {word} rows die", sheet)
    assert one.question in (await owner.get(SUGGESTIONS)).texts(".item-title")
    page = await owner.get(f"{SUGGESTIONS}/{one.id}")
    assert page.texts(".items .item-title") == [f"Why {word} rows die?"]
    path = f"{SUGGESTIONS}/{one.id}/acceptance"
    fields = page.form(form(path))[1]
    assert (fields["subsection_id"], fields["grade"]) == (sheet.subsections[0].id, "senior")
    assert fields["expectation"] == "Dead rows."

    assert (await owner.press_for(422, page, form(path), question="x" * 301)).has("#f-question-error")
    nowhere = await owner.press_for(422, page, form(path), subsection_id="", answer="Those that nobody sees.")
    assert nowhere.has("#f-subsection_id-error")
    assert nowhere.form(form(path))[1]["answer"] == "Those that nobody sees."
    accepted = await owner.submit(page, form(path), question=f"Which {word} rows die?", intent="edit")
    assert accepted.status == 303
    late = await owner.press_for(409, page, form(path))
    assert late.has(".alert")
    async with anna.sessions.open(anna.tenant) as session:
        made = await SqlQuestionStorage(session).get(accepted.location.split("/")[-2])
    assert (made.text.question, made.is_public) == (f"Which {word} rows die?", False)
    listed = await owner.get(f"{SUGGESTIONS}?state=accepted")
    assert one.question in listed.texts(".item-title")
    assert one.question not in (await owner.get(SUGGESTIONS)).texts(".item-title")


async def test_a_suggestion_is_put_aside_once(owner: Browser, anna: Site) -> None:
    one = await proposed(anna, f"Why {token_hex(4)}?")
    page = await owner.get(f"{SUGGESTIONS}/{one.id}")
    rejection = form(f"{SUGGESTIONS}/{one.id}/rejection")
    await owner.press(page, rejection)
    assert one.question in (await owner.get(f"{SUGGESTIONS}?state=rejected")).texts(".item-title")
    assert one.question in (await owner.get(f"{SUGGESTIONS}?state=all")).texts(".item-title")
    assert (await owner.press_for(409, page, rejection)).has(".alert")
    assert (await owner.get(f"{SUGGESTIONS}?page=999")).status == 404


async def test_what_somebody_may_not_change_is_not_offered(signed_in: SignedIn, anna: Site) -> None:
    sheet = await made_sheet(anna)
    author, viewer = await signed_in(anna, Role.AUTHOR), await signed_in(anna, Role.VIEWER)
    shown = await author.get(url(sheet))
    assert shown.status == 200
    assert not shown.has("main form")
    assert (await author.get(url(sheet, sheet.sections[0].id))).status == 200
    for path in (SETTINGS, SUGGESTIONS, f"{RESOURCES}?show=troubled"):
        assert (await author.get(path)).status == 403
    editor = await signed_in(anna, Role.EDITOR)
    assert (await editor.get(SETTINGS)).status == 403
    writes: Sequence[tuple[Browser, str]] = (
        (author, STRUCTURE),
        (author, f"{STRUCTURE}/order"),
        (author, url(sheet)),
        (author, f"{url(sheet)}/deletion"),
        (author, f"{RESOURCES}/checks"),
        (editor, SETTINGS),
    )
    for somebody, path in writes:
        answer = await post(somebody, path, name="x", key="y", grade__0__name="x")
        assert answer.status == 403, path
    assert (await viewer.get(STRUCTURE)).status == 403
    assert await present(anna, sheet) == sheet
