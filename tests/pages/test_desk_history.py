"""What a text was, who reads it early, what tags are called, and what is done to many texts at once."""

from secrets import token_hex

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn
from tests.pages.posts import Written, write

EDITOR = "form.editor"


async def changed(browser: Browser, post: Written, **fields: str) -> None:
    await browser.press(await browser.get(post.edit_url), EDITOR, intent="save", **fields)


async def test_a_text_is_compared_with_what_it_was_and_taken_back(owner: Browser) -> None:
    post = await write(owner, intent="save", body="Some red words.", tags="one")
    await changed(owner, post, body="Some grey words.", tags="one, two")
    desk = f"/admin/blog/{post.id}"

    listed = await owner.get(f"{desk}/revisions")
    assert len(listed.tree.css(".revisions tbody tr")) == 2
    compared = await owner.get(f"{desk}/comparison?old=2&new=1")
    assert compared.texts("#diff-body ~ .diff-text del") == ["removed: red end of what was removed"]
    assert compared.texts("#diff-body ~ .diff-text ins") == ["added: grey end of what was added"]
    assert "one, two" in compared.one("#diff-tags ~ .diff-text ins").text()
    old = await owner.get(f"{desk}/revisions/1")
    assert old.one(".source-shown").text() == "Some red words."
    restored = await owner.press(old, "form[action$=restoration]")
    assert restored.form(EDITOR)[1]["body"] == "Some red words."
    assert restored.has(".notice")
    assert len((await owner.get(f"{desk}/revisions")).tree.css(".revisions tbody tr")) == 3


async def test_a_page_has_a_past_too(owner: Browser) -> None:
    page = await owner.get("/admin/pages/new")
    made = await owner.submit(page, EDITOR, title="About", body="Me.", lang="en", intent="save")
    desk = made.location.removesuffix("/edit")

    assert (await owner.get(f"{desk}/revisions")).has(".revisions tbody tr")
    assert (await owner.get(f"{desk}/revisions/1")).one(".source-shown").text() == "Me."
    assert (await owner.get(desk.replace("/pages/", "/blog/") + "/revisions")).status == 404


@pytest.mark.parametrize(
    "rest", ["revisions/9", "revisions/x", "revisions/" + "9" * 30, "comparison", "comparison?old=x"]
)
async def test_a_state_that_never_was_is_not_found(owner: Browser, rest: str) -> None:
    post = await write(owner, intent="save")
    assert (await owner.get(f"/admin/blog/{post.id}/{rest}")).status == 404


async def test_a_link_shows_a_draft_until_it_is_revoked(owner: Browser, visitor: Browser) -> None:
    post = await write(owner, intent="save")
    page = await owner.get(f"/admin/blog/{post.id}/previews")
    refused = await owner.submit(page, "form.preview-form", days="91")
    assert refused.status == 422
    assert refused.has("#f-days-error")
    made = await owner.press(refused, "form.preview-form", days="3")
    url = str(made.one(".item-link .item-body input").attributes["value"]).removeprefix(owner.site.url)
    assert (await visitor.get(url)).status == 200
    revoked = await owner.press(made, "form[action$=revocation]")
    assert not revoked.has(".item-link")
    assert (await visitor.get(url)).status == 404


async def test_tags_become_one_and_the_old_address_leads_there(owner: Browser, visitor: Browser) -> None:
    one, two, new = (f"{name}-{token_hex(3)}" for name in ("тег", "c#", "новый"))
    post = await write(owner, tags=f"{one}, {two}")
    page = await owner.get("/admin/blog/tags")
    names = {box: f"is-{box}" for box in (one, two)}
    token = page.form("form.shelves[action='/admin/blog/tags']")[1]["csrf_token"]
    form = {
        "csrf_token": token,
        "into": new,
        "intent": "merge",
        names[one]: "on",
        f"is-{two.replace('#', '%23')}": "on",
    }
    answer = await owner.post("/admin/blog/tags", form, origin=owner.site.url)
    assert answer.status == 303, answer.answer.text
    assert "1" in (await owner.get(answer.location)).one(".notice").text()
    assert (await owner.get(post.edit_url)).form(EDITOR)[1]["tags"] == new
    for old in (one, two.replace("#", "%23")):
        moved = await visitor.get(f"/blog/tags/{old}")
        assert moved.status == 301
        assert (await visitor.get(moved.location)).status == 200
    nameless = await owner.post("/admin/blog/tags", {**form, "into": ""}, origin=owner.site.url)
    assert nameless.status == 422
    assert nameless.has("#tags-into-error")


async def test_several_texts_are_published_and_each_refusal_says_why(owner: Browser, visitor: Browser) -> None:
    good, bare = await write(owner, intent="save"), await write(owner, intent="save", body="")
    page = await owner.get("/admin/blog?status=draft")
    names = [str(box.attributes["name"]) for box in page.tree.css("[data-pick]")]
    assert {f"post-{good.id}", f"post-{bare.id}"} <= set(names)
    token = page.form("#selection")[1]["csrf_token"]
    form = {"csrf_token": token, "deed": "publish", f"post-{good.id}": "1", f"post-{bare.id}": "1", "post-nobody": "1"}
    answer = await owner.post("/admin/blog/selection", form, origin=owner.site.url)
    assert answer.status == 200
    assert answer.texts(".result li") == [f"{bare.title}: There is nothing to read yet."]
    assert "Published: 1" in answer.one(".result").text()
    assert (await visitor.get(good.url)).status == 200
    stale = await owner.post("/admin/blog/selection", {**form, "deed": "withdraw"}, origin=owner.site.url)
    assert good.title in stale.one(".result").text()


async def test_a_tag_is_given_and_taken_and_texts_are_thrown_away(owner: Browser) -> None:
    post, tag = await write(owner, intent="save", tags="kept"), f"t{token_hex(3)}"
    page = await owner.get("/admin/blog")
    token = page.form("#selection")[1]["csrf_token"]

    async def do(deed: str, version: int, **more: str) -> str:
        form = {"csrf_token": token, "deed": deed, f"post-{post.id}": str(version), **more}
        answer = await owner.post("/admin/blog/selection", form, origin=owner.site.url)
        assert answer.status == 303, answer.answer.text
        return (await owner.get(answer.location)).one(".notice").text()

    assert "1" in await do("tag", 1, tag=tag, back_status="draft")
    assert (await owner.get(post.edit_url)).form(EDITOR)[1]["tags"] == f"kept, {tag}"
    assert (await owner.get(f"/admin/blog?tag={tag}")).texts(".item-title") == [post.title]
    await do("untag", 2, tag=tag)
    assert (await owner.get(post.edit_url)).form(EDITOR)[1]["tags"] == "kept"
    await do("trash", 3)
    for form in ({"deed": "tag", f"post-{post.id}": "1", "tag": "a/b"}, {"deed": "publish"}):
        refused = await owner.post("/admin/blog/selection", {**form, "csrf_token": token}, origin=owner.site.url)
        assert refused.status == 422
        assert refused.has(".result")


async def test_what_texts_lack_is_one_list(owner: Browser) -> None:
    post = await write(owner, body="See [[post:nowhere-at-all]].")
    page = await owner.get("/admin/blog/check")
    assert page.has(f".lacks a[href='/admin/blog/{post.id}/edit#f-body']")
    assert (await owner.get("/admin/blog/check?drafts=yes")).status == 200
    assert (await owner.get("/admin/blog/check?cursor=nonsense")).status == 422


@pytest.mark.parametrize("rest", ["revisions", "revisions/1", "comparison?old=1", "previews"])
async def test_who_writes_sees_nothing_of_the_drafts_of_others(
    anna: Site, owner: Browser, signed_in: SignedIn, rest: str
) -> None:
    post = await write(owner, intent="save")
    author = await signed_in(anna, Role.AUTHOR)
    assert (await author.get(f"/admin/blog/{post.id}/{rest}")).status == 403
    assert (await author.get("/admin/blog/tags")).status == 403
