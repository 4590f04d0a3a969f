"""Pictures and settings."""

import io
from secrets import token_hex

from PIL import Image

from core.identity import Role
from tests.api.house import Site
from tests.pages.browser import Browser, Shown
from tests.pages.conftest import SignedIn

UPLOAD = "form#upload"
SETTINGS = "form.settings"


def picture(name: str = "") -> dict[str, tuple[str, bytes, str]]:
    file = io.BytesIO()
    Image.effect_noise((64, 48), 80).save(file, "PNG")
    return {"file": (name or f"{token_hex(4)}.png", file.getvalue(), "image/png")}


async def uploaded(owner: Browser, files: dict[str, tuple[str, bytes, str]] | None = None) -> Shown:
    fields = {"csrf_token": await owner.token(), "alt": "Noise"}
    return await owner.post("/admin/media", fields, files=files or picture(), accept="application/json")


async def test_a_picture_is_stored_and_served_for_good(owner: Browser, visitor: Browser) -> None:
    told = (await uploaded(owner)).answer.json()
    assert told["markdown"] == f"![Noise]({told['url']})"
    got = (await visitor.get(told["url"])).answer
    assert got.status_code == 200
    assert got.headers["content-type"] == "image/webp"
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-disposition"] == "inline"
    assert Image.open(io.BytesIO(got.content)).size == (64, 48)
    known = await visitor.get(told["url"], if_none_match=got.headers["etag"])
    assert (known.status, known.answer.content) == (304, b"")
    head = await visitor.client.head(told["url"])
    assert head.headers["content-length"] == str(len(got.content))
    assert head.headers["etag"] == got.headers["etag"]


async def test_a_part_of_a_picture_can_be_asked_for(owner: Browser, visitor: Browser) -> None:
    url = (await uploaded(owner)).answer.json()["url"]
    whole = (await visitor.get(url)).answer.content
    for asked, wanted in (("0-9", whole[:10]), ("10-", whole[10:]), ("-5", whole[-5:]), ("3-999999", whole[3:])):
        part = (await visitor.get(url, range=f"bytes={asked}")).answer
        assert part.status_code == 206
        assert part.content == wanted
        assert part.headers["content-range"].endswith(f"/{len(whole)}")
    for asked in ("999999-", "-0"):
        assert (await visitor.get(url, range=f"bytes={asked}")).status == 416
    for ignored in ("bytes=9-3", "bytes=0-1,4-5", "lines=1-2", "bytes=-"):
        assert (await visitor.get(url, range=ignored)).status == 200
    assert (await visitor.get(url, range="bytes=0-9", if_range='"other"')).status == 200


async def test_the_plain_form_leads_back_to_the_list(owner: Browser) -> None:
    page = await owner.get("/admin/media")
    answer = await owner.submit(page, UPLOAD, files=picture("harbour.png"), alt="A harbour")
    assert (answer.status, answer.location) == (303, "/admin/media")
    assert "harbour.png" in (await owner.get("/admin/media")).texts(".shot-name")


async def test_htmx_gets_the_item_that_the_list_shows(owner: Browser) -> None:
    fields = {"csrf_token": await owner.token(), "alt": ""}
    part = await owner.post("/admin/media", fields, files=picture(), hx_request="true")
    assert part.status == 200
    item = part.one("li.shot")
    assert (await owner.get("/admin/media")).one(f"#{item.attributes['id']}").html == item.html


async def test_what_is_no_picture_is_refused_in_each_way(owner: Browser) -> None:
    bad = {"file": ("x.png", b"not a picture", "image/png")}
    told = await uploaded(owner, bad)
    assert told.status == 422
    assert "not a picture" in told.answer.json()["errors"][0]["detail"]
    page = await owner.get("/admin/media")
    shown = await owner.submit(page, UPLOAD, files=bad, alt="Kept")
    assert shown.status == 422
    assert shown.one("#upload-error").text().strip()
    assert shown.one("#f-alt").attributes["value"] == "Kept"
    fields = {"csrf_token": await owner.token()}
    part = await owner.post("/admin/media", fields, files=bad, hx_request="true")
    assert part.answer.headers["hx-retarget"] == "#upload-error"
    assert (await owner.submit(page, UPLOAD)).status == 422


async def test_a_description_is_changed_and_a_file_deleted_by_its_name(owner: Browser, visitor: Browser) -> None:
    url = (await uploaded(owner, picture("to-delete.png"))).answer.json()["url"]
    edit = f"/admin{url}/edit"
    listed = await owner.press(await owner.get(edit), f"form[action='/admin{url}']", alt="Other")
    assert "saved" in listed.one(".notice").text()
    page = await owner.get(edit)
    assert page.one("#f-alt").attributes["value"] == "Other"
    refused = await owner.submit(page, f"form[action='/admin{url}/deletion']", name="something")
    assert refused.status == 422
    await owner.press(page, f"form[action='/admin{url}/deletion']", name="to-delete.png")
    assert (await visitor.get(url)).status == 404


async def test_a_file_that_is_shown_somewhere_stays(owner: Browser, visitor: Browser) -> None:
    url = (await uploaded(owner, picture("used.png"))).answer.json()["url"]
    page = await owner.get("/admin/blog/new")
    made = await owner.submit(page, "form.editor", title="Shows it", body=f"![x]({url})", lang="en", intent="save")
    assert made.status == 303
    refused = await owner.submit(
        await owner.get(f"/admin{url}/edit"), f"form[action='/admin{url}/deletion']", name="used.png"
    )
    assert refused.status == 409
    assert "while a post" in refused.answer.text
    assert (await visitor.get(url)).status == 200


async def test_another_sites_picture_is_not_there(owner: Browser, boris: Site) -> None:
    url = (await uploaded(owner)).answer.json()["url"]
    assert (await Browser(boris).get(url)).status == 404


async def test_settings_change_the_site_at_once(signed_in: SignedIn, boris: Site) -> None:
    owner, visitor = await signed_in(boris, Role.OWNER), Browser(boris)
    before = (await visitor.get("/")).one("link[href^='/theme.']").attributes["href"]
    page = await owner.get("/admin/settings")
    saved = await owner.press(
        page,
        SETTINGS,
        title="Борис пишет",
        accent="#0e7490",
        menu__3__label="Блог",
        menu__3__url="/blog",
        ways__0__label="Почта",
        ways__0__url="mailto:b@boris.example",
    )
    assert saved.one(".notice").text().strip() == "Сохранено."
    home = await visitor.get("/")
    assert home.one("h1").text() == "Борис пишет"
    assert "Блог" in home.texts(".menu a")
    assert home.texts(".ways a") == ["Почта"]
    after = home.one("link[href^='/theme.']").attributes["href"]
    assert after != before
    assert b"--t-accent:" in (await visitor.get(str(after))).answer.content
    moved = await visitor.get(str(before))
    assert (moved.status, moved.location, moved.answer.headers["cache-control"]) == (307, after, "no-cache")


async def test_refused_settings_keep_what_was_typed(owner: Browser) -> None:
    page = await owner.get("/admin/settings")
    typed = {"title": "", "time_zone": "Mars/Base", "menu__5__label": "Bad", "menu__5__url": "javascript:alert(1)"}
    refused = await owner.submit(page, SETTINGS, **typed)
    assert refused.status == 422
    assert refused.one("#f-time_zone").attributes["value"] == "Mars/Base"
    assert refused.form(SETTINGS)[1]["menu-0-url"] == "javascript:alert(1)"
    assert len(refused.texts(".field-error")) >= 3


async def test_settings_saved_by_another_meanwhile_are_not_lost_unseen(owner: Browser) -> None:
    one, other = await owner.get("/admin/settings"), await owner.get("/admin/settings")
    await owner.press(one, SETTINGS, tagline=f"One {token_hex(3)}")
    clash = await owner.submit(other, SETTINGS, tagline="Other")
    assert clash.status == 409
    assert clash.one("#f-tagline").attributes["value"] == "Other"
    await owner.press(clash, SETTINGS)
    assert (await owner.get("/")).one(".lead").text() == "Other"


async def test_a_colour_can_be_tried_before_it_is_saved(owner: Browser) -> None:
    page = await owner.get("/admin/settings?accent=%23ff00aa")
    assert page.one("#f-accent").attributes["value"] == "#ff00aa"
    assert len(page.tree.css("#palette figure")) == 2
