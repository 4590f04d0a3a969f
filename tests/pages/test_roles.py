"""Roles on the desk, and why somebody may do something or not."""

from secrets import token_hex

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import made_post
from tests.pages.browser import Browser, Shown
from tests.pages.conftest import SignedIn

NEW = "form.role-form"
RIGHTS = "form[action$='/permissions']"
NAMES = "section[aria-labelledby=names] form"
DELETION = "section[aria-labelledby=deletion] form"


async def new_role(owner: Browser, base: str = "contributor") -> Shown:
    name = f"Guests {token_hex(3)}"
    return await owner.press(await owner.get("/admin/roles"), NEW, name=name, base=base)


async def test_the_owner_sees_what_every_role_may(owner: Browser) -> None:
    page = await owner.get("/admin/roles")

    heads = page.texts(".rights thead th")
    assert {"Action", "Visitor", "Editor", "Owner"} <= set(heads)
    rows = {texts[0]: texts[1:] for texts in _rows(page)}
    assert rows["Publish posts and pages"][heads.index("Author") - 1] == "Only one's own"
    assert rows["Change the site's settings"][heads.index("Owner") - 1] == "Yes"
    assert "Sign in" not in rows
    assert not page.has(".item-title a[href$='/owner']"), "the owner's rights are the same everywhere"


async def test_a_role_is_made_weighed_changed_and_deleted(owner: Browser) -> None:
    page = await new_role(owner)
    weighed = await owner.press_for(
        200, page, RIGHTS, **{"right-post.publish": "own", "right-media.upload": "none", "step": "preview"}
    )
    assert weighed.texts("#allowed + ul li") == ["Publish posts and pages: Only one's own (until now: No)"]
    assert weighed.texts("#forbidden + ul li") == ["Upload files: No (until now: Yes)"]
    again = await owner.press_for(200, weighed, "form.role-steps", step="edit")
    assert again.has("input[name='right-post.publish'][value=own][checked]")

    saved = await owner.press(weighed, "form.role-steps", step="save")
    assert saved.has("input[name='right-media.upload'][value=none][checked]")
    stale = await owner.press_for(409, weighed, "form.role-steps", step="save")
    assert "meanwhile" in stale.one(".alert").text()
    nothing = await owner.press_for(200, saved, RIGHTS, step="preview")
    assert not nothing.has("button[value=save]")

    renamed = await owner.press(saved, NAMES, name="Friends")
    assert renamed.one("h1").text() == "Friends"
    wrong = await owner.press_for(422, renamed, NAMES, name=" ")
    assert wrong.has("#f-name.is-invalid")
    left = await owner.press(renamed, DELETION)
    assert "Friends" not in left.texts(".item-title")


async def test_a_refused_role_comes_back_as_it_was_typed(owner: Browser) -> None:
    page = await owner.get("/admin/roles")

    unnamed = await owner.press_for(422, page, NEW, name="", description="For friends")
    taken = await owner.press_for(409, page, NEW, name="Editor", description="Mine")

    assert unnamed.one("#f-description").attributes["value"] == "For friends"
    assert unnamed.has("#f-name.is-invalid")
    assert taken.one("#f-description").attributes["value"] == "Mine"
    assert "already" in taken.one("#f-name-error").text()
    assert taken.has("#f-name[autofocus]"), "what is wrong is looked at first"


async def test_what_cannot_be_is_told(owner: Browser) -> None:
    visitor = await owner.get("/admin/roles/visitor")
    assert not visitor.has("input[name='right-post.draft']")
    refused = await owner.press_for(422, visitor, RIGHTS, **{"right-post.draft": "any", "step": "save"})
    assert refused.has(".alert")
    assert (await owner.get("/admin/roles/owner")).has("#rights + p")
    assert (await owner.get("/admin/roles/nobody")).status == 404


async def test_others_are_refused_and_told_why(signed_in: SignedIn, anna: Site) -> None:
    editor = await signed_in(anna, Role.EDITOR)

    page = await editor.get("/admin/roles")

    assert page.status == 403
    assert page.texts("details.why li")[0] == "The role “Editor” may not do this: “See the roles and their rights”."
    assert "“Owner”" in page.one("h1 + p").text()
    assert not (await editor.get("/admin")).has("a[href='/admin/roles']")


async def test_a_contributor_asks_why_she_may_not_publish_and_the_owner_gives_it(
    signed_in: SignedIn, boris: Site
) -> None:
    post = await made_post(boris, by=Role.CONTRIBUTOR, body="A text that is ready.")
    her, owner = await signed_in(boris, Role.CONTRIBUTOR), await signed_in(boris, Role.OWNER)
    begun = await her.get("/admin/blog/new")
    assert not begun.has("button[name=intent][value=publish]")
    assert begun.one(".why-link").attributes["href"] == "/admin/why?action=post.publish"

    editor = await her.get(f"/admin/blog/{post.id}/edit")
    assert "disabled" in editor.one(".editor-actions button[type=button]").attributes
    why = await her.get(str(editor.one(".why-link").attributes["href"]))
    assert why.status == 200
    assert "Автор" in why.one("main").text()

    role = await owner.get("/admin/roles/contributor")
    weighed = await owner.press_for(200, role, RIGHTS, **{"right-post.publish": "own", "step": "preview"})
    await owner.press(weighed, "form.role-steps", step="save")
    try:
        assert (await her.get(f"/admin/blog/{post.id}/edit")).has("button[name=intent][value=publish]")
    finally:
        role = await owner.get("/admin/roles/contributor")
        weighed = await owner.press_for(200, role, RIGHTS, **{"right-post.publish": "none", "step": "preview"})
        await owner.press(weighed, "form.role-steps", step="save")
    assert not (await her.get(f"/admin/blog/{post.id}/edit")).has("button[name=intent][value=publish]")


async def test_why_tells_nothing_of_what_one_may_not_see(signed_in: SignedIn, anna: Site, visitor: Browser) -> None:
    hidden = await made_post(anna, by=Role.OWNER)
    author = await signed_in(anna, Role.AUTHOR)

    there = await author.get(f"/admin/why?action=post.edit&resource={hidden.id}")
    nothing = await author.get("/admin/why?action=post.edit&resource=nothing")
    unknown = await author.get("/admin/why?action=post.burn")

    assert [page.status for page in (there, nothing, unknown)] == [404, 404, 404]
    assert there.texts("main h1, main p:not(.form-text)") == nothing.texts("main h1, main p:not(.form-text)")
    assert (await visitor.get("/admin/why?action=post.edit")).location.startswith("/login")


def _rows(page: Shown) -> list[list[str]]:
    rows = page.tree.css(".rights tbody tr:not(.rights-group)")
    return [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in rows]
