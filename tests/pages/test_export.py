import io
import zipfile

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import made_post
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn

PAGE = "/admin/export"


async def test_an_owner_downloads_everything_with_a_plain_form(owner: Browser, anna: Site) -> None:
    made = await made_post(anna)
    page = await owner.get(PAGE)
    answer = (await owner.press_for(200, page, f"form[action='{PAGE}']")).answer

    assert "attachment" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert f"blog/{made.shown['slug']}.md" in archive.namelist()


async def test_it_is_linked_from_the_settings(owner: Browser) -> None:
    assert f'href="{PAGE}"' in (await owner.get("/admin/settings")).answer.text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUTHOR])
async def test_nobody_else_sees_it_or_gets_it(signed_in: SignedIn, anna: Site, role: Role) -> None:
    browser = await signed_in(anna, role)

    assert (await browser.get(PAGE)).status == 403
    assert (await browser.post(PAGE, {"csrf_token": await browser.token()})).status == 403
