"""API tokens at the desk."""

from core.identity import Role
from tests.api.house import Site
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn

TOKENS = "/admin/tokens"
FORM = "form.settings"
DRAFT = {"scope-post.draft": "yes", "scope-post.edit": "yes"}


async def test_a_token_is_made_shown_once_and_revoked(anna: Site, signed_in: SignedIn) -> None:
    author = await signed_in(anna, Role.AUTHOR)
    empty = await author.get(f"{TOKENS}/new")
    made = await author.submit(empty, FORM, name="Nightly", is_draft_only="yes", **DRAFT)
    secret = made.one("#f-secret").attributes["value"] or ""

    assert (made.status, made.answer.headers["cache-control"]) == (201, "private, no-store")
    assert made.texts("#may ~ ul li") == ["Write new posts and pages", "Change posts and pages"]
    async with anna.client(token=secret) as program:
        told = (await program.get("/api/v1/whoami")).json()
    assert (told["token"]["scopes"], told["token"]["is_draft_only"]) == (["post.draft", "post.edit"], True)

    listed = await author.get(TOKENS)
    link = next(node for node in listed.tree.css(".item-title a") if node.text() == "Nightly")
    shown = await author.get(str(link.attributes["href"]))
    assert secret not in listed.answer.text + shown.answer.text
    assert secret[-4:] in shown.answer.text
    assert (await author.submit(shown, "#revoke ~ form")).location == TOKENS
    async with anna.client(token=secret) as program:
        assert (await program.get("/api/v1/whoami")).status_code == 401
    assert (await author.get(str(link.attributes["href"]))).status == 404


async def test_what_cannot_be_made_comes_back_as_it_was_typed(owner: Browser) -> None:
    empty = await owner.get(f"{TOKENS}/new")
    nothing = await owner.submit(empty, FORM, name="", days="30")
    public = await owner.submit(
        empty, FORM, name="Nightly", is_draft_only="yes", **{"scope-post.publish": "yes", "scope-post.draft": "yes"}
    )
    odd = await owner.submit(empty, FORM, name="Nightly", days="100000", **DRAFT)

    assert (nothing.status, nothing.texts("#f-name-error"), nothing.texts("#f-scopes-error")) == (
        422,
        ["Give it a name, so that you know later what it is for."],
        ["Choose at least one thing that it may do."],
    )
    assert nothing.one("#f-days option[selected]").attributes["value"] == "30"
    assert "“Publish posts and pages”" in public.texts("#f-scopes-error")[0]
    assert public.has('input[name="scope-post.publish"][checked]')
    assert public.has('input[name="is_draft_only"][checked]')
    assert (odd.status, odd.texts("#form-message")) == (422, ["This moment is over. Choose one to come."])


async def test_nobody_is_offered_what_she_may_not_do(anna: Site, signed_in: SignedIn, owner: Browser) -> None:
    hers, owners = (
        await (await signed_in(anna, Role.CONTRIBUTOR)).get(f"{TOKENS}/new"),
        await owner.get(f"{TOKENS}/new"),
    )

    offered = {str(node.attributes["name"]) for node in hers.tree.css('input[name^="scope-"]')}
    assert "scope-post.draft" in offered
    assert not offered & {"scope-post.publish", "scope-site.edit", "scope-user.change_credentials"}
    assert owners.has('input[name="scope-site.edit"]')


async def test_the_tokens_of_others_are_the_owners_business(anna: Site, signed_in: SignedIn, owner: Browser) -> None:
    author, editor = await signed_in(anna, Role.AUTHOR), await signed_in(anna, Role.EDITOR)
    made = await author.submit(await author.get(f"{TOKENS}/new"), FORM, name="Hers alone", **DRAFT)
    path = made.one("#revoke ~ form").attributes["action"] or ""
    page = path.removesuffix("/revocation")

    assert (await editor.get(page)).status == 403
    assert "Hers alone" not in (await editor.get(TOKENS)).answer.text
    seen = await owner.get(page)
    assert "Author of anna" in seen.answer.text
    assert (await owner.submit(seen, "#revoke ~ form")).location == TOKENS


async def test_the_desk_speaks_russian(boris: Site, signed_in: SignedIn) -> None:
    page = await (await signed_in(boris, Role.OWNER)).get(f"{TOKENS}/new")

    assert page.texts("h1") == ["Новый токен"]
