"""Pictures and settings."""

from secrets import token_hex

from core.identity import Role
from tests.api.house import Site
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn

SETTINGS = "form.settings"


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
    assert home.texts(".ways a")[-1] == "Почта"
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
