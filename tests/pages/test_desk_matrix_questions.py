"""The owner's desk of the matrix: questions."""

from secrets import token_hex

from core.identity import Role
from tests.api.house import Site
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn
from tests.pages.questions import keep, made_question, made_sheet

EDITOR = "form.question-form"
LIST = "/admin/matrix/questions"


async def test_every_page_opens(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question = made_question(sheet)
    await keep(anna, question)
    one = f"{LIST}/{question.id}"
    cell = f"place={question.subsection_id}&grade=senior"
    for path in (
        "/admin/matrix",
        LIST,
        f"{LIST}?sheet={sheet.key}&grade=senior&status=published&lack=no_answer&flagged=yes&q=index",
        f"{LIST}?trashed=yes&resource=none",
        f"{LIST}/new?subsection_id={question.subsection_id}&grade=senior",
        f"/admin/matrix/sheets/{sheet.key}",
        f"/admin/matrix/sheets/{sheet.key}?{cell}",
        f"/admin/matrix/sheets/{sheet.key}/order?{cell}",
        f"{one}/edit",
        f"{one}/preview",
        f"{one}/revisions",
        "/admin/trash",
    ):
        page = await owner.get(path)
        assert page.status == 200, f"{path}: {page.status} {page.answer.text[:400]}"


async def _written(owner: Browser, place: str, **typed: str) -> tuple[str, str]:
    """The id of a new question, and what it asks."""
    asked = typed.pop("question", f"What is {token_hex(4)} {token_hex(4)}?")
    new = await owner.get(f"{LIST}/new")
    whole = {"answer": "So.", "expectation": "That.", "grade": "senior", "intent": "save"} | typed
    made = await owner.submit(new, EDITOR, question=asked, subsection_id=place, **whole)
    assert made.status == 303, made.texts(".field-error, .alert")
    return made.location.split("/")[-2], asked


async def test_a_question_is_written_published_and_withdrawn(owner: Browser, visitor: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question_id, asked = await _written(owner, sheet.subsections[0].id, hint="Push.", frequency="often")
    edit = await owner.get(f"{LIST}/{question_id}/edit")
    fields = edit.form(EDITOR)[1]
    assert (fields["question"], fields["hint"], fields["frequency"]) == (asked, "Push.", "often")
    published = await owner.press(edit, EDITOR, intent="publish")
    assert published.one(".notice").text().strip() == "Published."
    url = f"/matrix/{sheet.key}/{fields['slug']}"
    assert asked in (await visitor.get(url)).answer.text
    hidden = await owner.press(published, EDITOR, intent="withdraw")
    assert "Withdrawn" in hidden.one(".notice").text()
    assert (await visitor.get(url)).status == 404


async def test_it_is_published_at_a_time(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question_id, _ = await _written(owner, sheet.subsections[0].id)
    edit = await owner.get(f"{LIST}/{question_id}/edit")
    due = await owner.press(edit, EDITOR, intent="schedule", publish_at="2999-01-01T08:00")
    assert due.one(".editor-state .status").text() == "Scheduled"
    late = await owner.press_for(422, due, EDITOR, intent="schedule", publish_at="soon", question="Kept words?")
    assert late.has("#f-publish_at-error")
    assert late.form(EDITOR)[1]["question"].strip() == "Kept words?"


async def test_what_is_incomplete_is_saved_but_not_published(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    new = await owner.get(f"{LIST}/new")
    typed = {"question": f"Why {token_hex(6)}?", "subsection_id": sheet.subsections[0].id, "answer": "Kept."}
    refused = await owner.press_for(409, new, EDITOR, **typed, intent="publish")
    assert refused.has("#f-grade-error")
    assert refused.has(".readiness a[href='#f-expectation']")
    published = await owner.press(refused, EDITOR, expectation="That.", grade="junior", intent="publish")
    assert published.form(EDITOR)[1]["answer"].strip() == "Kept."


async def test_errors_come_back_beside_their_fields(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    new = await owner.get(f"{LIST}/new")
    typed = {"question": "Why so?", "slug": "no good", "answer": "kept", "resources__0__url": "gopher://x"}
    refused = await owner.press_for(422, new, EDITOR, **typed)
    assert refused.has("#f-resources-0-url-error")
    assert refused.form(EDITOR)[1]["answer"].strip() == "kept"
    again = await owner.press_for(422, refused, EDITOR, resources__0__url="", frequency="")
    assert again.has("#f-slug-error")
    nowhere = await owner.press_for(422, again, EDITOR, slug="", evidence="none-such")
    assert nowhere.has("#f-subsection_id-error")
    assert nowhere.has("#f-evidence-error")
    place = sheet.subsections[0].id
    foreign = {"translations__ru__answer": "Без вопроса.", "evidence": "", "subsection_id": place}
    assert (await owner.press_for(422, nowhere, EDITOR, **foreign)).has("#f-translations-ru-question-error")


async def test_resources_come_from_the_library_or_into_it(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    url, other = f"https://example.org/{token_hex(6)}", f"https://example.org/{token_hex(6)}"
    typed = {"resources__0__url": url, "resources__0__why": "Short.", "resources__1__url": other}
    question_id, _ = await _written(owner, sheet.subsections[0].id, **typed, resources__1__name="Other")
    edit = await owner.get(f"{LIST}/{question_id}/edit")
    assert edit.texts(".attached-name a") == [
        f"{url.removeprefix('https://')} (opens in a new tab)",
        "Other (opens in a new tab)",
    ]
    turned = await owner.press(edit, EDITOR, resources__0__position="9", intent="save")
    assert turned.texts(".attached-name a")[0].startswith("Other")
    fewer = await owner.press(turned, EDITOR, resources__0__drop="yes")
    assert len(fewer.texts(".attached-name")) == 1
    known, _ = await _written(owner, sheet.subsections[0].id, resources__0__url=other)
    assert (await owner.get(f"{LIST}/{known}/edit")).texts(".attached-name a")[0].startswith("Other")


async def test_a_double_is_told_and_kept_when_confirmed(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    _, asked = await _written(owner, sheet.subsections[0].id)
    new = await owner.get(f"{LIST}/new")
    typed = {"question": asked.upper(), "subsection_id": sheet.subsections[0].id}
    fragment = await owner.post(f"{LIST}/doubles", {**new.form(EDITOR)[1], **typed}, hx_request="true")
    assert asked in fragment.one("#doubles").text()
    refused = await owner.press_for(422, new, EDITOR, **typed)
    assert refused.has("input[name=confirmed]")
    assert (await owner.submit(refused, EDITOR, confirmed="yes")).status == 303


async def test_two_versions_are_shown_and_chosen_from(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    place, other = sheet.subsections[0].id, sheet.subsections[1].id
    question_id, asked = await _written(owner, place)
    one, two = await owner.get(f"{LIST}/{question_id}/edit"), await owner.get(f"{LIST}/{question_id}/edit")
    theirs = {
        "answer": "Theirs.",
        "hint": "Theirs.",
        "subsection_id": other,
        "resources__0__url": "https://example.org/a",
    }
    await owner.press(one, EDITOR, **theirs)
    clash = await owner.press_for(409, two, EDITOR, answer="Mine.", expectation="Mine.")
    assert clash.one("#f-answer").text().strip() == "Mine."
    assert clash.one("#theirs-answer").text().strip() == "Theirs."
    chosen = clash.form("form.conflict")[1]
    wanted = {
        "answer": "mine",
        "expectation": "mine",
        "hint": "theirs",
        "subsection_id": "theirs",
        "resources-": "theirs",
    }
    assert {name: chosen[f"take-{name}"] for name in wanted} == wanted
    saved = (await owner.press(clash, "form.conflict", intent="save")).form(EDITOR)[1]
    told = (saved["question"], saved["answer"].strip(), saved["hint"], saved["subsection_id"], saved["resources-0-url"])
    assert told == (asked, "Mine.", "Theirs.", other, "https://example.org/a")


async def test_a_cell_is_added_to_and_put_in_order(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    place, grid = sheet.subsections[0].id, f"/admin/matrix/sheets/{sheet.key}"
    page = await owner.get(f"{grid}?place={place}&grade=junior")
    asked = [f"Number {number} of {token_hex(6)}?" for number in range(3)]
    for question in asked:
        page = await owner.press(page, "form.keep-add", question=question)
    assert (await owner.press_for(422, page, "form.keep-add", question=" ")).has("#f-question-error")
    double = await owner.press_for(422, page, "form.keep-add", question=asked[0])
    assert asked[0] in double.one(".double-list").text()
    stale = await owner.get(f"{grid}/order?place={place}&grade=junior")
    assert stale.texts(".place-name") == asked
    last = stale.form("#order")[1]["seen"].split(",")[-1]
    moved = await owner.press(stale, "#order", up=last)
    assert moved.texts(".place-name") == [asked[0], asked[2], asked[1]]
    numbered = await owner.press(moved, "#order", **{f"number__{last}": "1"})
    assert numbered.texts(".place-name") == [asked[2], asked[0], asked[1]]
    lost = await owner.press_for(409, stale, "#order", down=last)
    assert lost.texts(".place-name") == [asked[2], asked[0], asked[1]]
    assert "Somebody changed the order" in lost.one(".alert").text()
    dragged = lost.form("#order")[1]["seen"].split(",")[::-1]
    form = f"form[id='o-c-{place}-junior']"
    back = await owner.press(await owner.get(grid), form, order=",".join(dragged))
    assert [text.removeprefix("Draft: ") for text in back.texts(".keep-q")] == [asked[1], asked[0], asked[2]]


async def test_several_are_changed_all_or_none(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    place, target = sheet.subsections[0].id, sheet.subsections[2].id
    whole, asked = await _written(owner, place)
    bare, lacking = await _written(owner, place, answer="")
    listed = await owner.get(f"{LIST}?sheet={sheet.key}")
    both = {f"question__{one}": "1" for one in (whole, bare)}
    refused = await owner.press_for(409, listed, "#selection", **both, deed="publish")
    assert lacking in refused.one(".result").text()
    assert asked not in refused.one(".result").text()
    assert (await owner.press_for(422, listed, "#selection", deed="trash")).has(".result")
    assert (await owner.press_for(422, listed, "#selection", **both, deed="grade")).has(".result")
    assert (await owner.press_for(422, listed, "#selection", **both, deed="move")).has(".result")
    moved = await owner.press(listed, "#selection", **both, deed="move", subsection_id=target, grade="middle")
    assert moved.one(".notice").text().strip() == "Questions changed: 2."
    assert len(moved.texts("#questions .chip")) == 2
    gone = await owner.press(moved, "#selection", **both, deed="trash")
    assert not gone.has("#questions .item")
    trash = await owner.get(f"{LIST}?sheet={sheet.key}&trashed=yes")
    back = await owner.press(trash, "#selection", **both, deed="restore")
    assert "Taken back" in back.one(".notice").text()


async def test_the_trash_gives_questions_back(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question_id, asked = await _written(owner, sheet.subsections[0].id)
    edit = await owner.get(f"{LIST}/{question_id}/edit")
    listed = await owner.press(edit, f"form[action='{LIST}/{question_id}/trash']")
    undo = f"form[action='{LIST}/{question_id}/restoration']"
    assert asked in (await owner.get("/admin/trash")).answer.text
    back = await owner.press(listed, f".notice {undo}")
    assert "Taken back" in back.one(".notice").text()


async def test_versions_are_compared_and_taken_back(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question_id, _ = await _written(owner, sheet.subsections[0].id, answer="First words.", frequency="often")
    edit = await owner.get(f"{LIST}/{question_id}/edit")
    later = {"answer": "Second words.", "grade": "junior", "frequency": "rarely", "translations__ru__question": "Что?"}
    await owner.press(edit, EDITOR, **later, subsection_id=sheet.subsections[1].id)
    assert len((await owner.get(f"{LIST}/{question_id}/revisions")).tree.css("tbody tr")) == 2
    compared = await owner.get(f"{LIST}/{question_id}/comparison?old=2&new=1")
    assert compared.texts("#diff-answer + .diff-text ins") == ["added: Second end of what was added"]
    assert "Junior" in compared.one("section[aria-labelledby=diff-grade]").text()
    assert compared.has("#diff-translations-ru-question")
    first = await owner.get(f"{LIST}/{question_id}/revisions/1")
    back = await owner.press(first, "main .desk-head form")
    assert back.form(EDITOR)[1]["answer"].strip() == "First words."
    assert (await owner.get(f"{LIST}/{question_id}/revisions/77")).status == 404
    assert (await owner.get(f"{LIST}/{question_id}/comparison?old=x")).status == 404


async def test_the_preview_is_what_visitors_will_see(owner: Browser) -> None:
    typed = {"csrf_token": await owner.token(), "question": "?", "answer": "**bold** <script>alert(1)</script>"}
    part = await owner.post(f"{LIST}/preview", typed, hx_request="true")
    assert part.one(".prose strong").text() == "bold"
    assert not part.has("script")
    assert part.has("#readiness [href='#f-grade']")


async def test_each_sees_and_may_what_her_role_says(signed_in: SignedIn, owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question_id, asked = await _written(owner, sheet.subsections[0].id)
    viewer, author = await signed_in(anna, Role.VIEWER), await signed_in(anna, Role.AUTHOR)
    listed = await viewer.get(f"{LIST}?sheet={sheet.key}")
    assert asked in listed.answer.text
    assert not listed.has("#selection")
    assert (await viewer.get(f"/admin/matrix/sheets/{sheet.key}")).status == 200
    for path in (f"{LIST}/new", f"{LIST}/{question_id}/edit", f"/admin/matrix/sheets/{sheet.key}/order"):
        assert (await viewer.get(path)).status == 403, path
    assert asked not in (await author.get(f"{LIST}?sheet={sheet.key}")).answer.text
    assert (await author.get(f"{LIST}/{question_id}/edit")).status == 403
    own, _ = await _written(author, sheet.subsections[0].id)
    assert (await author.get(f"{LIST}/{own}/edit")).status == 200
    sent = {"csrf_token": await author.token(), f"question-{question_id}": "1", "deed": "trash"}
    assert (await author.post(f"{LIST}/selection", sent)).status == 403


async def test_nonsense_is_no_error_of_ours(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    grid = f"/admin/matrix/sheets/{sheet.key}"
    for path in (
        f"{LIST}?page=0",
        f"{LIST}?page=99999999",
        f"{LIST}/{'x' * 900}/edit",
        "/admin/matrix/sheets/none-such",
        f"{grid}/order?place=none",
        f"{grid}/order?place={sheet.subsections[0].id}&grade=none",
    ):
        assert (await owner.get(path)).status == 404, path
    assert (await owner.get(f"{LIST}?sheet=none&grade=none&resource=x%00&status=none&lack=none&q=%00")).status in (
        200,
        400,
    )
    assert (await owner.get(f"{grid}?place=none&grade=none")).status == 200
    token = await owner.token()
    for path, sent in (
        (f"{grid}/order", {"place": sheet.subsections[0].id, "seen": "a,b", "order": "c"}),
        (f"{grid}/order", {"place": "none", "seen": "", "order": ""}),
        (f"{grid}/questions", {"place": "none", "question": "Why?"}),
        (f"{LIST}/selection", {"deed": "trash", "question-none": "1"}),
        (f"{LIST}/selection", {"deed": "fly"}),
        (LIST, {"question": "x" * 400, "version": "x"}),
        (LIST, {"question": "x" * 400, "frequency": "daily", "resources-999-url": "https://[", "evidence-": "on"}),
        (LIST, {"question": "Why?", "resources-0-url": f"https://example.org/{'x' * 600}", "translations-": "x"}),
    ):
        answer = await owner.post(path, {"csrf_token": token, **sent})
        assert answer.status in (400, 404, 409, 422), f"{path} {sent}: {answer.status}"
