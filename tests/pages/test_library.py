"""The library on the desk, and what visitors get of it."""

import io
from secrets import token_hex

import pytest
from PIL import Image

from entrypoints.web.admin import media as library
from tests.api.house import Site
from tests.pages.browser import Browser, Shown

UPLOAD = "form#upload"


def picture(name: str = "") -> dict[str, tuple[str, bytes, str]]:
    file = io.BytesIO()
    Image.effect_noise((64, 48), 80).save(file, "PNG")
    return {"file": (name or f"{token_hex(4)}.png", file.getvalue(), "image/png")}


async def uploaded(owner: Browser, files: dict[str, tuple[str, bytes, str]] | None = None) -> Shown:
    fields = {"csrf_token": await owner.token(), "alt": "Noise"}
    return await owner.post("/admin/media", fields, files=files or picture(), accept="application/json")


async def test_a_picture_is_stored_and_served(owner: Browser, visitor: Browser) -> None:
    told = (await uploaded(owner)).answer.json()
    assert told["markdown"] == f"![Noise]({told['url']})"
    assert (told["alt"], told["width"], told["height"], told["notice"]) == ("Noise", 64, 48, "")
    assert told["edit_url"] == f"/admin{told['url']}"
    got = (await visitor.get(told["url"])).answer
    assert got.status_code == 200
    assert got.headers["content-type"] == "image/webp"
    assert got.headers["cache-control"] == "public, no-cache"
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


async def shown_in_a_post(owner: Browser, url: str) -> str:
    """The address of the editor of a new post that shows the picture."""
    page = await owner.get("/admin/blog/new")
    made = await owner.submit(page, "form.editor", title="Shows it", body=f"![x]({url})", lang="en", intent="save")
    assert made.status == 303
    return made.location


async def test_a_file_that_is_shown_somewhere_is_deleted_after_a_warning(owner: Browser, visitor: Browser) -> None:
    url = (await uploaded(owner, picture("used.png"))).answer.json()["url"]
    deletion = f"form[action='/admin{url}/deletion']"
    innocent = await owner.get(f"/admin{url}/edit")
    editor = await shown_in_a_post(owner, url)

    refused = await owner.submit(innocent, deletion, name="used.png")
    assert (refused.status, (await visitor.get(url)).status) == (409, 200)
    assert refused.one("#places a").attributes["href"] == editor
    assert "1 place shows it" in refused.one(".media-warning").text()
    assert refused.one("#f-name").attributes["value"] == "used.png"
    assert (await owner.submit(refused, deletion, name="other.png")).status == 422
    await owner.press(refused, deletion, name="used.png")
    assert (await visitor.get(url)).status == 404


async def test_a_portrait_is_deleted_after_a_warning(owner: Browser) -> None:
    url = (await uploaded(owner, picture("portrait.png"))).answer.json()["url"]
    profile = await owner.get("/admin/profile")
    await owner.press(profile, "form[action='/admin/profile']", picture=url.rpartition("/")[2])

    page = await owner.get(f"/admin{url}/edit")
    assert page.one("#places a").attributes["href"] == "/admin/profile"
    assert "1 place shows it" in page.one(".media-warning").text()
    assert url not in (await owner.get("/admin/media?unused=1")).answer.text


async def test_a_file_says_where_it_is_shown(owner: Browser) -> None:
    url = (await uploaded(owner)).answer.json()["url"]
    assert "Nothing" in (await owner.get(f"/admin{url}/edit")).one("#places").text()
    editor = await shown_in_a_post(owner, url)
    link = (await owner.get(f"/admin{url}/edit")).one("#places a")
    assert (link.text(), link.attributes["href"]) == ("Shows it", editor)


async def test_a_picture_is_replaced_and_its_address_stays(owner: Browser, visitor: Browser) -> None:
    url = (await uploaded(owner)).answer.json()["url"]
    before = (await visitor.get(url)).answer
    page = await owner.get(f"/admin{url}/edit")
    sent = await owner.submit(page, "#replacement", files=picture("newer.png"))
    assert sent.status == 303
    again = await owner.get(sent.location)
    assert "in its place" in again.one(".notice").text()
    assert again.one("h1").text() == "newer.png"
    after = (await visitor.get(url, if_none_match=before.headers["etag"])).answer
    assert (after.status_code, after.content != before.content) == (200, True)
    refused = await owner.submit(page, "#replacement", files={"file": ("x.svg", b"<svg/>", "image/svg+xml")})
    assert refused.status == 422
    assert "SVG" in refused.one("#f-file-error").text()
    assert refused.one("#f-alt").attributes["value"] == "Noise"
    assert (await owner.submit(page, "#replacement")).status == 422


async def test_the_library_is_searched_with_and_without_htmx(owner: Browser) -> None:
    word = token_hex(4)
    url = (await uploaded(owner, picture(f"{word}.png"))).answer.json()["url"]
    page = await owner.get(f"/admin/media?q={word.upper()}")
    assert page.texts(".shot-name") == [f"{word}.png"]
    assert page.one("#q").attributes["value"] == word.upper()
    part = await owner.get(f"/admin/media?q={word}&unused=1", hx_request="true")
    assert part.texts("#library .shot-name") == [f"{word}.png"]
    assert not part.tree.css("h1")
    await shown_in_a_post(owner, url)
    none = await owner.get(f"/admin/media?q={word}&unused=1")
    assert none.texts(".shot-name") == []
    assert none.one(".empty a").attributes["href"] == "/admin/media"


async def test_the_list_goes_on_with_the_same_filter(owner: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "SHOWN", 1)
    word = token_hex(4)
    for number in range(2):
        await uploaded(owner, picture(f"{word}{number}.png"))
    first = await owner.get(f"/admin/media?q={word}&unused=1")
    second = await owner.get(str(first.one(".more a").attributes["href"]))
    assert first.texts(".shot-name") + second.texts(".shot-name") == [f"{word}1.png", f"{word}0.png"]
    assert not second.tree.css(".more")
    assert (await owner.get("/admin/media?cursor=nonsense")).status in (404, 422)


async def test_the_library_and_the_overview_say_how_much_room_is_left(owner: Browser) -> None:
    await uploaded(owner)
    assert "of 2 GB used" in (await owner.get("/admin/media")).one(".storage").text()
    assert "of 2 GB used" in (await owner.get("/admin")).one(".counts a[href='/admin/media']").text()


async def test_of_an_animation_one_is_told_that_a_picture_is_left(owner: Browser) -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "GIF", save_all=True, append_images=[Image.new("RGB", (8, 8), "blue")])
    told = (await uploaded(owner, {"file": ("moves.gif", file.getvalue(), "image/gif")})).answer.json()
    assert told["notice"] == "Of the animation the first picture was kept."
    assert "animation" in (await owner.get(f"{told['edit_url']}/edit")).one(".media-view").text()


async def test_another_sites_picture_is_not_there(owner: Browser, boris: Site) -> None:
    url = (await uploaded(owner)).answer.json()["url"]
    assert (await Browser(boris).get(url)).status == 404
