"""Writing, publishing, withdrawing, throwing away."""

from core.identity import Role
from tests.api.house import Site
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn
from tests.pages.posts import write

EDITOR = "form.editor"


async def test_a_draft_becomes_a_post_and_a_draft_again(owner: Browser, visitor: Browser) -> None:
    post = await write(owner, intent="save")
    edit = await owner.get(post.edit_url)
    published = await owner.press(edit, EDITOR, intent="publish")
    assert published.one(".notice").text().strip() == "Published."
    assert (await visitor.get(post.url)).status == 200
    withdrawn = await owner.press(published, EDITOR, intent="withdraw", body="Other words.")
    assert "Withdrawn" in withdrawn.one(".notice").text()
    assert withdrawn.form(EDITOR)[1]["body"] == "Other words."
    assert (await visitor.get(post.url)).status == 404


async def test_an_address_is_made_from_the_title(owner: Browser) -> None:
    first = await write(owner, intent="save", slug="", title="Проба пера")
    assert (await owner.get(f"/admin/blog/{first.id}/edit")).form(EDITOR)[1]["slug"].startswith("proba-pera")


async def test_a_refused_form_keeps_all_and_says_why_beside_the_field(owner: Browser) -> None:
    taken = await write(owner)
    page = await owner.get("/admin/blog/new")
    refused = await owner.submit(
        page, EDITOR, title="T", body="kept", slug=taken.slug, tags="a b, ok", lang="en", intent="save"
    )
    assert refused.status == 422
    assert taken.slug in refused.one("#f-slug-error").text()
    assert refused.form(EDITOR)[1]["body"] == "kept"
    assert refused.form(EDITOR)[1]["tags"] == "a b, ok"
    assert refused.has(".alert-danger")


async def test_what_is_not_ready_is_saved_but_not_published(owner: Browser, visitor: Browser) -> None:
    page = await owner.get("/admin/blog/new")
    refused = await owner.submit(page, EDITOR, title="Only a title", body="", lang="en", intent="publish")
    assert refused.status == 409
    assert refused.texts("#f-body-error") == ["There is nothing to read yet."]
    published = await owner.press(refused, EDITOR, body="Now there is.", intent="publish")
    slug = published.form(EDITOR)[1]["slug"]
    assert (await visitor.get(f"/blog/{slug}")).status == 200


async def test_a_draft_saves_itself(owner: Browser) -> None:
    new = await owner.get("/admin/blog/new")
    action, fields = new.form(EDITOR)
    typed = {**fields, "title": "By itself", "body": "one", "lang": "en", "intent": "save"}
    first = await owner.post(action, typed, hx_request="true", origin=owner.site.url)
    state = first.one("#save-state").attributes
    assert (state["data-saved"], state["data-version"]) == ("true", "1")
    typed |= {"version": "1", "body": "two"}
    second = await owner.post(str(state["data-action"]), typed, hx_request="true", origin=owner.site.url)
    assert second.one("#save-state").attributes["data-version"] == "2"
    stale = await owner.post(str(state["data-action"]), typed, hx_request="true", origin=owner.site.url)
    assert stale.status == 409
    assert stale.one("#save-state").attributes["data-saved"] == "false"
    assert (await owner.get(f"{state['data-action']}/edit")).form(EDITOR)[1]["body"] == "two"


async def test_two_versions_are_shown_side_by_side_and_merged(owner: Browser) -> None:
    post = await write(owner, intent="save", body="first")
    one, other = await owner.get(post.edit_url), await owner.get(post.edit_url)
    await owner.press(one, EDITOR, body="theirs", tags="x", intent="save")
    clash = await owner.submit(other, EDITOR, body="mine", intent="save")
    assert clash.status == 409
    assert clash.one("#theirs-body").text().strip() == "theirs"
    assert clash.one("#f-body").text().strip() == "mine"
    assert (clash.texts(".diff del"), clash.texts(".diff ins")) == (["theirs"], ["mine"])
    assert clash.form("form.conflict")[1]["tags"] == "x"
    merged = await owner.press(clash, "form.conflict", body="both", intent="save")
    assert merged.form(EDITOR)[1]["body"] == "both"
    assert merged.form(EDITOR)[1]["tags"] == "x"


async def test_whatever_differs_between_two_versions_can_be_chosen(owner: Browser) -> None:
    post = await write(owner, intent="save")
    one, other = await owner.get(post.edit_url), await owner.get(post.edit_url)
    theirs = {"description": "D", "lang": "ru", "cover_alt": "A hill", "slug": f"{post.slug}-2", "title": "Theirs"}
    await owner.press(one, EDITOR, **theirs, intent="save")
    mine = {"description": "M", "lang": "en", "cover_alt": "A lake", "slug": f"{post.slug}-3", "title": "Mine"}
    clash = await owner.submit(other, EDITOR, **mine, intent="save")
    shown = {name: clash.one(f"#theirs-{name}") for name in theirs if name != "lang"}
    told = {name: node.attributes.get("value") or node.text().strip() for name, node in shown.items()}
    assert told == {name: value for name, value in theirs.items() if name != "lang"}
    assert clash.form("form.conflict")[1]["lang"] == "ru"
    assert not clash.has("#theirs-tags")
    chosen = {"take__title": "theirs", "take__description": "theirs"}
    saved = (await owner.press(clash, "form.conflict", **chosen, intent="save")).form(EDITOR)[1]
    wanted = {**mine, "title": "Theirs", "description": "D", "lang": "ru"}
    assert {name: saved[name] for name in wanted} == wanted


async def test_a_cover_set_elsewhere_outlives_an_edit(owner: Browser) -> None:
    page = await owner.get("/admin/blog/new")
    action, fields = page.form(EDITOR)
    assert "cover" in fields
    typed = {**fields, "title": "Covered", "body": "x", "lang": "en", "cover_alt": "A hill", "intent": "save"}
    made = await owner.post(action, typed, origin=owner.site.url)
    again = await owner.press(await owner.get(made.location), EDITOR, title="Covered anew", intent="save")
    assert again.form(EDITOR)[1]["cover_alt"] == "A hill"


async def test_the_preview_is_what_readers_will_see(owner: Browser) -> None:
    token = await owner.token()
    typed = {"csrf_token": token, "body": "**bold** <script>alert(1)</script>", "lang": "ru"}
    part = await owner.post("/admin/blog/preview", typed, hx_request="true")
    assert part.one(".prose").attributes["lang"] == "ru"
    assert part.one(".prose strong").text() == "bold"
    assert not part.has("script")
    post = await write(owner, intent="save", body="**bold**")
    whole = await owner.get(f"/admin/blog/{post.id}/preview")
    assert whole.one(".prose strong").text() == "bold"


async def test_the_trash_gives_back(owner: Browser, visitor: Browser) -> None:
    post = await write(owner)
    page = await owner.get(post.edit_url)
    listed = await owner.press(page, f"form[action='/admin/blog/{post.id}/trash']")
    assert (await visitor.get(post.url)).status == 404
    undo = f"form[action='/admin/trash/{post.id}/restoration']"
    assert post.title in (await owner.get("/admin/trash")).answer.text
    back = await owner.press(listed, f".notice {undo}")
    assert "Taken back" in back.one(".notice").text()
    assert (await visitor.get(post.url)).status == 200


async def test_a_notice_is_shown_once(owner: Browser) -> None:
    post = await write(owner)
    assert (await owner.get(post.edit_url)).has(".notice")
    assert not (await owner.get(post.edit_url)).has(".notice")


async def test_the_list_is_filtered_by_the_url(owner: Browser) -> None:
    draft, post = await write(owner, intent="save"), await write(owner)
    drafts = await owner.get("/admin/blog?status=draft")
    assert drafts.has(f"a[href='{draft.edit_url}']")
    assert not drafts.has(f"a[href='{post.edit_url}']")
    found = await owner.fragment(f"/admin/blog?q={post.slug}")
    assert found.has("#posts")
    assert not found.has("html header")


async def test_each_status_is_told_and_offers_what_can_be_done(owner: Browser, anna: Site) -> None:
    draft, live, hidden, later = [await write(owner, intent=i) for i in ("save", "publish", "publish", "save")]
    await owner.press(await owner.get(hidden.edit_url), EDITOR, intent="withdraw")
    async with anna.client(Role.OWNER, **{"if-match": "*"}) as program:
        planned = await program.put(f"/api/v1/posts/{later.id}/publication", json={"published_at": "2999-01-01T09:30Z"})
        assert planned.json()["status"] == "scheduled"
    posts = {"draft": draft, "published": live, "withdrawn": hidden, "scheduled": later}
    buttons = {"draft": "publication", "withdrawn": "publication", "published": "withdrawal", "scheduled": "withdrawal"}
    for status, post in posts.items():
        listed = await owner.get(f"/admin/blog?status={status}")
        assert listed.one("input[name=status][checked]").attributes["value"] == status
        assert [listed.has(f"a[href='{one.edit_url}']") for one in posts.values()] == [
            one is post for one in posts.values()
        ]
        assert {str(node.attributes["class"]) for node in listed.tree.css(".item .status")} == {
            f"status status-{status}"
        }
        preview = await owner.get(f"/admin/blog/{post.id}/preview")
        assert preview.has(f"form[action='/admin/blog/{post.id}/{buttons[status]}']")
    assert "09:30" in (await owner.get("/admin/blog?status=scheduled")).answer.text


async def test_a_contributor_writes_but_does_not_publish(signed_in: SignedIn, anna: Site, visitor: Browser) -> None:
    contributor = await signed_in(anna, Role.CONTRIBUTOR)
    post = await write(contributor, intent="save")
    page = await contributor.get(post.edit_url)
    assert not page.has("button[value=publish]")
    refused = await contributor.submit(page, EDITOR, intent="publish")
    assert refused.status == 403
    assert (await visitor.get(post.url)).status == 404


async def test_an_author_sees_only_her_own_drafts(signed_in: SignedIn, owner: Browser, anna: Site) -> None:
    draft = await write(owner, intent="save")
    author = await signed_in(anna, Role.AUTHOR)
    assert not (await author.get("/admin/blog")).has(f"a[href='{draft.edit_url}']")
    assert (await author.get(draft.edit_url)).status == 404


async def test_the_overview_counts_and_leads_on(owner: Browser) -> None:
    draft = await write(owner, intent="save")
    desk = await owner.get("/admin")
    assert desk.has(f"a[href='{draft.edit_url}']")
    assert len(desk.texts(".counts li")) in (5, 6)  # those to come are told when there are any
