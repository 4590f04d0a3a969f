"""The form of a question while it is written: kept aside, joined with another's, and what it offers to choose from."""

from secrets import token_hex

from tests.api.house import Site
from tests.pages.browser import Browser
from tests.pages.posts import write
from tests.pages.questions import keep, made_question, made_sheet

LIST = "/admin/matrix/questions"
EDITOR = "form.question-form"


async def test_what_is_typed_about_a_public_question_is_kept_aside(
    owner: Browser, visitor: Browser, anna: Site
) -> None:
    sheet = await made_sheet(anna)
    question = made_question(sheet)
    await keep(anna, question)
    edit = await owner.get(f"{LIST}/{question.id}/edit")
    fields = {**edit.form(EDITOR)[1], "answer": "Half an ans", "resources-0-url": "https://exa", "intent": "keep"}
    kept = await owner.post(f"{LIST}/{question.id}", fields, hx_request="true")
    assert kept.status == 200
    assert "Kept aside" in kept.one("#save-state").text()
    assert "Half an ans" not in (await visitor.get(f"/matrix/{sheet.key}/{question.slug}")).answer.text

    again = await owner.get(f"{LIST}/{question.id}/edit")
    assert again.has(".kept.aside")
    typed = again.form(EDITOR)[1]
    assert (typed["answer"].strip(), typed["resources-0-url"]) == ("Half an ans", "https://exa")
    whole = await owner.press(again, EDITOR, intent="save", answer="A whole answer.", resources__0__url="")
    assert not whole.has(".kept.aside")
    assert "A whole answer." in (await visitor.get(f"/matrix/{sheet.key}/{question.slug}")).answer.text


async def test_a_copy_is_kept_and_discarded_by_plain_forms(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question = made_question(sheet)
    await keep(anna, question)
    edit = await owner.get(f"{LIST}/{question.id}/edit")
    kept = await owner.press(edit, EDITOR, intent="keep", answer="Another.")
    assert kept.one("#f-answer").text().strip() == "Another."
    assert "Kept aside" in kept.one(".notice").text()
    assert (await owner.press(kept, "#discard")).one("#f-answer").text().strip() == "When it is selective."


async def test_saving_what_stands_forgets_the_copy(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question = made_question(sheet)
    await keep(anna, question)
    edit = await owner.get(f"{LIST}/{question.id}/edit")
    kept = await owner.press(edit, EDITOR, intent="keep", answer="Another.")
    assert not (await owner.press(kept, EDITOR, intent="save", answer="When it is selective.")).has(".kept.aside")


async def test_a_new_question_becomes_a_draft_by_itself_and_adds_nothing_to_the_library(
    owner: Browser, anna: Site
) -> None:
    sheet = await made_sheet(anna)
    asked, url = f"What is {token_hex(6)}?", f"https://example.org/{token_hex(6)}"
    new = await owner.get(f"{LIST}/new?subsection_id={sheet.subsections[0].id}")
    fields = {**new.form(EDITOR)[1], "question": asked, "resources-0-url": url, "intent": "keep"}
    state = (await owner.post(LIST, fields, hx_request="true")).one("#save-state")
    address = state.attributes["data-action"]
    edit = await owner.get(f"{address}/edit")
    assert (edit.form(EDITOR)[1]["question"].strip(), edit.form(EDITOR)[1]["resources-0-url"]) == (asked, url)
    assert (await owner.get(f"/admin/matrix/resources?q={url}")).texts("#resources .item-title") == []
    again = await owner.post(LIST, fields, hx_request="true")
    assert (again.status, again.one("#save-state").attributes["data-saved"]) == (422, "false")
    saved = await owner.post(
        str(address), {**edit.form(EDITOR)[1], "intent": "save", "answer": "So."}, hx_request="true"
    )
    assert saved.one("#save-state").attributes["data-version"] == "2"
    assert not (await owner.get(f"{address}/edit")).has(".kept.aside")


async def test_a_save_by_itself_is_told_what_is_wrong(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question = made_question(sheet)
    await keep(anna, question)
    edit = await owner.get(f"{LIST}/{question.id}/edit")
    fields = edit.form(EDITOR)[1]
    wrong = await owner.post(f"{LIST}/{question.id}", {**fields, "slug": "no good"}, hx_request="true")
    assert (wrong.status, wrong.one("#save-state").attributes["data-saved"]) == (422, "false")
    await owner.press(edit, EDITOR, intent="save", answer="Theirs.")
    late = await owner.post(f"{LIST}/{question.id}", {**fields, "answer": "Mine."}, hx_request="true")
    assert late.status == 409
    assert "Press “Save”" in late.one("#save-state").text()
    aside = await owner.post(f"{LIST}/{question.id}", {**fields, "intent": "keep"}, hx_request="true")
    assert "Somebody saved another text" in aside.one("#save-state").text()


async def test_texts_of_two_are_joined_where_they_changed_other_lines(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question = made_question(sheet)
    await keep(anna, question)
    first = await owner.get(f"{LIST}/{question.id}/edit")
    await owner.press(first, EDITOR, intent="save", answer="One.\n\nMiddle.\n\nTwo.")
    one, two = await owner.get(f"{LIST}/{question.id}/edit"), await owner.get(f"{LIST}/{question.id}/edit")
    await owner.press(one, EDITOR, answer="1.\n\nMiddle.\n\nTwo.")
    clash = await owner.press_for(409, two, EDITOR, answer="One.\n\nMiddle.\n\n2.", expectation="Mine.")
    assert clash.one("#f-answer").text().strip() == "1.\n\nMiddle.\n\n2."
    assert clash.one("#typed-answer").text().strip() == "One.\n\nMiddle.\n\n2."
    assert not clash.has("[name=take-answer]")
    saved = await owner.press(clash, "form.conflict", intent="save")
    assert saved.one("#f-answer").text().strip() == "1.\n\nMiddle.\n\n2."


async def test_resources_are_found_in_the_whole_library_and_attached(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    word = token_hex(6)
    new = await owner.get("/admin/matrix/resources")
    for number in range(10):
        added = {"name": f"{word} {number}", "url": f"https://example.org/{word}/{number}"}
        await owner.post("/admin/matrix/resources", {**new.form("form.keeping-form")[1], **added})
    question = made_question(sheet)
    await keep(anna, question)
    edit = await owner.get(f"{LIST}/{question.id}/edit")
    typed = {**edit.form(EDITOR)[1], "resource_query": word, "answer": "Kept words."}
    part = await owner.post(f"{LIST}/resources", typed, hx_request="true")
    assert len(part.texts("#library li")) == 8
    assert "10" in part.one("#library .form-text").text()
    # without a script: the same by buttons of the form, and not a word is lost
    found = await owner.press_for(200, edit, EDITOR, intent="more", resource_query=f"{word} 7", answer="Kept words.")
    assert found.texts("#library .link-title") == [f"{word} 7"]
    assert found.one("#f-answer").text().strip() == "Kept words."
    taken = await owner.press_for(200, found, EDITOR, attach=f"https://example.org/{word}/7")
    assert [text.split(" (")[0] for text in taken.texts(".attached-name a")] == [f"{word} 7"]
    assert taken.has("input[name=resources-0-why][autofocus]")
    twice = await owner.press_for(200, taken, EDITOR, attach=f"https://example.org/{word}/7")
    assert len(twice.texts(".attached-name a")) == 1
    nothing = await owner.press_for(200, taken, EDITOR, attach="https://nowhere.example/", resource_query="zzz")
    assert len(nothing.texts(".attached-name a")) == 1
    saved = await owner.press(taken, EDITOR, intent="save", resources__0__why="Short.")
    assert saved.form(EDITOR)[1]["resources-0-why"] == "Short."


async def test_posts_are_looked_for_and_those_chosen_stay(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question = made_question(sheet)
    await keep(anna, question)
    word = token_hex(6)
    post = (await write(owner, title=f"About {word}")).id
    edit = await owner.get(f"{LIST}/{question.id}/edit")
    found = await owner.press_for(200, edit, EDITOR, intent="more", evidence_query=word)
    assert found.has(f"[name=evidence-{post}]")
    chosen = {**found.form(EDITOR)[1], f"evidence-{post}": "on", "evidence_query": "nothing like this"}
    part = await owner.post(f"{LIST}/evidence", chosen, hx_request="true")
    assert part.has(f"[name=evidence-{post}][checked]")
    assert part.texts("#f-evidence label")[0].startswith(f"About {word}")
    await owner.post(f"{LIST}/{question.id}", {**chosen, "intent": "save"})
    assert (await owner.get(f"{LIST}/{question.id}/edit")).has(f"[name=evidence-{post}][checked]")


async def test_a_question_comes_into_another_cell_by_a_form(owner: Browser, visitor: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question = made_question(sheet)
    await keep(anna, question)
    ask = await owner.get(f"{LIST}/{question.id}/place")
    assert ask.form("form.keeping-form")[1]["grade"] == "senior"
    other = sheet.subsections[1].id
    nowhere = await owner.press_for(422, ask, "form.keeping-form", subsection_id="")
    assert nowhere.has("#f-subsection_id-error")
    wizard = await owner.press_for(422, ask, "form.keeping-form", grade="wizard")
    assert wizard.has("#f-grade-error")
    grid = await owner.press(ask, "form.keeping-form", subsection_id=other, grade="junior")
    assert grid.has(f"#c-{other}-junior #q-{question.id}")
    assert "Moved." in grid.one(".notice").text()
    hidden = await owner.press(ask, "form.keeping-form", grade="")
    assert "left public view" in hidden.one(".notice").text()
    assert (await visitor.get(f"/matrix/{sheet.key}/{question.slug}")).status == 404


async def test_a_question_is_dragged_between_others_unless_they_have_moved(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    place = sheet.subsections[0].id
    one, two, dragged = (
        made_question(sheet, f"{word}?", grade=grade)
        for word, grade in (("One", "junior"), ("Two", "junior"), ("Dragged", "senior"))
    )
    await keep(anna, one, two, dragged)
    ask = await owner.get(f"{LIST}/{dragged.id}/place")
    fields = {"subsection_id": place, "grade": "junior", "seen": f"{one.id},{two.id}"}
    fields["csrf_token"] = ask.form("form.keeping-form")[1]["csrf_token"]
    order = f"{one.id},{dragged.id},{two.id}"
    late = await owner.post(f"{LIST}/{dragged.id}/place", {**fields, "order": order, "seen": f"{two.id},{one.id}"})
    assert late.status == 409
    assert late.has(".alert")
    assert (await owner.post(f"{LIST}/{dragged.id}/place", {**fields, "order": order})).status == 303
    grid = await owner.get(f"/admin/matrix/sheets/{sheet.key}")
    found = [node.attributes["data-place"] for node in grid.tree.css(f"#c-{place}-junior [data-place]")]
    assert found == [one.id, dragged.id, two.id]
