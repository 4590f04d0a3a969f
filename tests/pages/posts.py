"""Posts for tests, made as an owner makes them."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex

from tests.pages.browser import Browser


@dataclass(frozen=True, slots=True)
class Written:
    id: str
    slug: str
    title: str

    @property
    def edit_url(self) -> str:
        return f"/admin/blog/{self.id}/edit"

    @property
    def url(self) -> str:
        return f"/blog/{self.slug}"


async def write(browser: Browser, *, intent: str = "publish", **fields: str) -> Written:
    slug = f"post-{token_hex(4)}"
    typed = {"title": f"Title of {slug}", "slug": slug, "body": "Some *words*.", "lang": "en", **fields}
    page = await browser.get("/admin/blog/new")
    answer = await browser.submit(page, "form.editor", intent=intent, **typed)
    assert answer.status == 303, answer.answer.text
    return Written(id=answer.location.split("/")[3], slug=typed["slug"], title=typed["title"])
