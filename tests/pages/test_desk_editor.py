"""The writing desk beyond the plain saving: all fields, readiness, times, copies kept aside, links, pastes."""

from secrets import token_hex

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.pages.browser import Browser, Fields, Shown
from tests.pages.conftest import SignedIn
from tests.pages.posts import Written, write

EDITOR = "form.editor"
DETAILS = {
    "title": "All of it",
    "description": "A summary",
    "tags": "go, sql",
    "lang": "ru",
    "cover_alt": "A hill",
    "series": "Queues",
    "series_part": "2",
    "is_pinned": "yes",
    "meta_title": "Meta",
    "meta_description": "More meta",
    "canonical_url": "https://elsewhere.example/post",
}


async def by_itself(owner: Browser, post: Written, **typed: str) -> Shown:
    """What the editor's script sends."""
    action, fields = (await owner.get(post.edit_url)).form(EDITOR)
    return await owner.post(action, {**fields, **typed, "intent": "keep"}, hx_request="true", origin=owner.site.url)


async def test_every_field_is_kept_and_comes_back(owner: Browser) -> None:
    original = await write(owner, intent="save")
    post = await write(owner, intent="save", **{**DETAILS, "translation_of": original.slug})
    page = await owner.get(post.edit_url)
    fields = page.form(EDITOR)[1]
    wanted = {**DETAILS, "translation_of": original.slug}
    assert {name: fields[name] for name in wanted} == wanted
    assert page.has(f"#known-originals option[value='{original.slug}']")
    assert page.has("#known-tags option[value=sql]")
    assert page.has("#known-series option[value=Queues]")
    cleared = {**dict.fromkeys(wanted, ""), "title": "T", "lang": "ru"}
    del cleared["is_pinned"]
    action, fields = page.form(EDITOR)
    sent = {name: value for name, value in {**fields, **cleared}.items() if name != "is_pinned"}
    await owner.post(action, {**sent, "intent": "save"}, origin=owner.site.url)
    emptied = (await owner.get(post.edit_url)).form(EDITOR)[1]
    assert {name: emptied[name] for name in cleared} == cleared
    assert "is_pinned" not in emptied


async def test_a_draft_that_saves_itself_gets_the_address_of_its_whole_title(owner: Browser) -> None:
    word = token_hex(4)
    post = await write(owner, intent="save", title=f"Half {word}", slug="")
    saved = await by_itself(owner, post, title=f"Half {word} and the rest")
    assert saved.one("#save-state").attributes["data-slug"] == f"half-{word}-and-the-rest"
    assert (await owner.get(post.edit_url)).form(EDITOR)[1]["slug"] == f"half-{word}-and-the-rest"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("series_part", "second"),
        ("series_part", "9" * 60),
        ("series_part", "0"),
        ("series", "x" * 101),
        ("title", "x" * 201),
        ("canonical_url", "javascript:alert(1)"),
        ("meta_title", "x" * 201),
        ("meta_description", "x" * 501),
        ("translation_of", "nowhere"),
        ("lang", "tlh"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(owner: Browser, field: str, typed: str) -> None:
    page = await owner.get("/admin/blog/new")
    fields = {"title": "T", "body": "kept", "lang": "en", "series": "S", field: typed}
    refused = await owner.submit(page, EDITOR, **fields, intent="save")
    assert refused.status == 422
    assert refused.one(f"#f-{field}-error").text()
    assert refused.form(EDITOR)[1]["body"] == "kept"
    if field not in ("title", "lang"):
        assert refused.form(EDITOR)[1][field] == typed
        assert refused.has(f"details[open] #f-{field}")


async def test_a_zero_byte_and_an_unknown_button_are_refused(owner: Browser) -> None:
    page = await owner.get("/admin/blog/new")
    assert (await owner.submit(page, EDITOR, title="T\x00", intent="save")).status == 400
    assert (await owner.submit(page, EDITOR, title="T", intent="explode")).status == 400


async def test_what_is_missing_is_listed_with_its_place(owner: Browser, visitor: Browser) -> None:
    page = await owner.get("/admin/blog/new")
    body = "Words.\n\n![](/media/none.webp)\n\n[[post:never-written]]"
    refused = await owner.submit(page, EDITOR, title="", body=body, lang="en", intent="publish")
    assert refused.status == 409
    assert refused.form(EDITOR)[1]["body"] == body
    assert refused.has("#readiness .is-error a[href='#f-title']")
    broken = refused.one("#readiness a[data-line='5']")
    assert "post:never-written" in broken.text()
    assert "line 5" in broken.text()
    published = await owner.press(refused, EDITOR, title="Good enough", intent="publish")
    assert published.has("#readiness .is-warning")
    assert not published.has("#readiness .is-error")
    assert (await visitor.get(f"/blog/{published.form(EDITOR)[1]['slug']}")).status == 200


async def test_the_preview_tells_what_is_missing_and_counts(owner: Browser) -> None:
    post = await write(owner, intent="save")
    typed: Fields = {"csrf_token": await owner.token(), "lang": "en", "series_part": "x", "own_id": post.id}
    part = await owner.post("/admin/blog/preview", {**typed, "body": "one two", "slug": post.slug}, hx_request="true")
    assert part.one("#counts").attributes["hx-swap-oob"] == "true"
    assert "2 words" in part.one("#counts").text()
    assert part.has("#readiness[hx-swap-oob] a[href='#f-title']")
    assert not part.has("#readiness a[href='#f-slug']")
    elsewhere = {**typed, "own_id": "", "slug": post.slug}
    assert (await owner.post("/admin/blog/preview", elsewhere, hx_request="true")).has("#readiness a[href='#f-slug']")


async def test_what_the_editor_saves_of_a_public_text_is_kept_aside(owner: Browser, visitor: Browser) -> None:
    post = await write(owner)
    kept = await by_itself(owner, post, body="Not yet for readers.")
    state = kept.one("#save-state")
    assert (state.attributes["data-saved"], state.attributes["data-version"]) == ("true", "2")
    assert "readers see nothing" in state.text()
    assert "Not yet" not in (await visitor.get(post.url)).answer.text
    editor = await owner.get(post.edit_url)
    assert editor.form(EDITOR)[1]["body"] == "Not yet for readers."
    assert "Not yet" in editor.one("#preview").text()
    back = await owner.press(editor, "#discard")
    assert back.form(EDITOR)[1]["body"] == "Some *words*."
    assert not back.has(".aside")


async def test_a_copy_is_kept_by_a_plain_form_and_published_by_saving(
    owner: Browser, visitor: Browser, signed_in: SignedIn, anna: Site
) -> None:
    post = await write(owner)
    kept = await owner.press(await owner.get(post.edit_url), EDITOR, body="Soon.", intent="keep")
    assert "Kept aside" in kept.one(".notice").text()
    editor = await signed_in(anna, Role.EDITOR)
    assert not (await editor.get(post.edit_url)).has(".aside")
    saved = await owner.press(kept, EDITOR, intent="save")
    assert not saved.has(".aside")
    assert "Soon." in (await visitor.get(post.url)).answer.text


async def test_a_copy_of_what_another_changed_is_told_so_and_joined(owner: Browser) -> None:
    post = await write(owner, body="One.\n\nTwo.\n")
    await by_itself(owner, post, body="1.\n\nTwo.\n")
    aside = await owner.get(post.edit_url)
    action, fields = aside.form(EDITOR)
    await owner.post(f"/admin/blog/{post.id}/working-copy/deletion", {"csrf_token": fields["csrf_token"]})
    await owner.press(await owner.get(post.edit_url), EDITOR, body="One.\n\n2.\n", intent="save")
    stale = await owner.post(action, {**fields, "intent": "keep"}, hx_request="true", origin=owner.site.url)
    assert stale.one("#save-state").attributes["data-version"] == fields["version"]
    assert "saving shows you both" in stale.one("#save-state").text()
    clash = await owner.press_for(409, await owner.get(post.edit_url), EDITOR, intent="save")
    assert clash.one("#f-body").text().strip() == "1.\n\n2."
    assert clash.one("#typed-body").text().strip() == "1.\n\nTwo."
    saved = await owner.press(clash, "form.conflict", intent="save")
    assert saved.form(EDITOR)[1]["body"].strip() == "1.\n\n2."


async def test_saving_the_text_that_stands_forgets_the_copy(owner: Browser) -> None:
    post = await write(owner)
    await by_itself(owner, post, body="Other words.")
    saved = await owner.press(await owner.get(post.edit_url), EDITOR, body="Some *words*.", intent="save")
    assert not saved.has(".aside")


async def test_a_post_is_scheduled_by_the_clock_of_the_site(owner: Browser, visitor: Browser) -> None:
    post = await write(owner, intent="save")
    due = await owner.press(await owner.get(post.edit_url), EDITOR, intent="schedule", publish_at="2999-07-01T08:00")
    assert "Scheduled" in due.one(".notice").text()
    assert due.one("#f-publish_at").attributes["value"] == "2999-07-01T08:00"
    assert str(due.one(".editor-state time").attributes["datetime"]).startswith("2999-07-01T08:00:00")
    assert (await visitor.get(post.url)).status == 404
    later = await owner.press(due, EDITOR, intent="schedule", publish_at="2999-08-01T09:30")
    assert later.one("#f-publish_at").attributes["value"] == "2999-08-01T09:30"
    draft = await owner.press(later, EDITOR, intent="withdraw")
    assert draft.has(".editor-state .status-draft")
    now = await owner.press(draft, EDITOR, intent="schedule", publish_at="2001-02-03T04:05")
    assert now.one(".notice").text().strip() == "Published."
    assert "2001-02-03" in (await visitor.get(post.url)).answer.text


@pytest.mark.parametrize("typed", ["", "tomorrow", "0001-01-01T00:00"])
async def test_a_time_that_is_none_is_refused_beside_its_field(owner: Browser, typed: str) -> None:
    post = await write(owner, intent="save")
    page = await owner.get(post.edit_url)
    refused = await owner.submit(page, EDITOR, body="kept", intent="schedule", publish_at=typed)
    assert refused.status == 422
    assert refused.one("#f-publish_at-error").text()
    assert refused.form(EDITOR)[1]["body"] == "kept"
    assert refused.has("#later[open]")


async def test_links_are_found_by_title_and_address(owner: Browser) -> None:
    post = await write(owner, title="The quiet lighthouse")
    found = await owner.fragment("/admin/links?q=LIGHTHOUSE")
    assert found.has(f"#links li[data-mark='[[post:{post.slug}]]']")
    assert (await owner.get("/admin/links?q=%25_nothing")).texts("#links p")
    page = await owner.get("/admin/blog/new")
    asked = await owner.submit(page, EDITOR, title="kept", body="kept", link_query=post.slug, intent="links")
    assert asked.status == 200
    assert asked.form(EDITOR)[1]["body"] == "kept"
    assert asked.texts("#linking[open] code") == [f"[[post:{post.slug}]]"]
    again = await owner.submit(await owner.get(post.edit_url), EDITOR, body="not saved", intent="links")
    assert again.form(EDITOR)[1]["body"] == "not saved"
    assert "not saved" not in (await owner.get(post.edit_url)).answer.text


async def test_copied_html_becomes_markdown(owner: Browser) -> None:
    typed = {"csrf_token": await owner.token(), "html": "<h2>Two</h2><p>A <b>word</b><script>alert(1)</script></p>"}
    pasted = await owner.post("/admin/blog/paste", typed)
    assert pasted.answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert pasted.answer.text.strip() == "## Two\n\nA **word**"
    assert (await owner.post("/admin/blog/paste", {**typed, "html": "x" * 1_000_001})).status == 422


async def test_a_page_is_written_at_a_desk_of_its_own(owner: Browser, visitor: Browser) -> None:
    new = await owner.get("/admin/pages/new")
    typed = {"title": "About me", "slug": "about-me", "body": "Hello.", "lang": "en"}
    page = await owner.press(new, EDITOR, **typed, intent="publish")
    action, fields = page.form(EDITOR)
    assert action.startswith("/admin/pages/")
    assert page.has("a[href='/pages/about-me']")
    assert (await owner.get("/admin/pages")).has(f"a[href='{action}/edit']")
    assert not (await owner.get("/admin/blog")).has(f"a[href='{action}/edit']")
    assert (await owner.get(f"{action.replace('pages', 'blog')}/edit")).status == 404
    assert (await visitor.get("/pages/about-me")).status == 200
    other = await owner.get(f"{action}/edit")
    await owner.press(page, EDITOR, body="Hello again.", intent="save")
    assert (await owner.submit(other, EDITOR, body="Goodbye.", intent="save")).has("form.conflict")
    withdrawn = await owner.press(await owner.get(f"{action}/edit"), EDITOR, intent="withdraw")
    assert (await visitor.get("/pages/about-me")).status == 404
    listed = await owner.press(withdrawn, f"form[action='{action}/trash']")
    restored = await owner.press(listed, f".notice form[action='/admin/trash/{action.split('/')[3]}/restoration']")
    assert restored.form(EDITOR)[0] == action
    assert {name: fields[name] for name in ("tags", "series", "is_pinned")} == {
        "tags": "",
        "series": "",
        "is_pinned": "",
    }


async def test_a_contributor_is_offered_neither_publishing_nor_a_time(signed_in: SignedIn, anna: Site) -> None:
    contributor = await signed_in(anna, Role.CONTRIBUTOR)
    post = await write(contributor, intent="save")
    page = await contributor.get(post.edit_url)
    assert not page.has("button[value=publish], button[value=schedule], #later")
