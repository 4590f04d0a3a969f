"""A small browser: cookies, forms filled in as they stand, one site."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.identity import Role
from tests.api.house import PASSWORD, Site

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as somebody sees it."""

    answer: httpx.Response

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.answer.text)

    @property
    def location(self) -> str:
        location: str = self.answer.headers.get("location", "")
        return location

    def one(self, selector: str) -> LexborNode:
        found = self.tree.css(selector)
        assert len(found) == 1, f"{len(found)} of {selector} in {self.answer.text}"
        return found[0]

    def texts(self, selector: str) -> list[str]:
        return [" ".join(node.text().split()) for node in self.tree.css(selector)]

    def has(self, selector: str) -> bool:
        return bool(self.tree.css(selector))

    def form(self, selector: str) -> tuple[str, Fields]:
        """The address and the fields of a form, as a browser would send them untouched."""
        form = self.one(selector)
        fields: Fields = {}
        for node in form.css("input[name], textarea[name], select[name]"):
            name, kind = str(node.attributes["name"]), node.attributes.get("type")
            if kind == "file" or (kind in ("radio", "checkbox") and "checked" not in node.attributes):
                continue
            if node.tag == "textarea":
                fields[name] = node.text()
            elif node.tag == "select":
                chosen = node.css("option[selected]")
                fields[name] = str(chosen[0].attributes["value"]) if chosen else ""
            else:
                fields[name] = node.attributes.get("value") or ""
        return str(form.attributes["action"]), fields


class Browser:
    """Somebody at one site, with an address of her own."""

    def __init__(self, site: Site) -> None:
        address = f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}"
        transport = httpx.ASGITransport(app=site.app, raise_app_exceptions=False, client=(address, 1))  # type: ignore[arg-type]  # httpx types scopes as plain dicts
        self.site = site
        self.client = httpx.AsyncClient(transport=transport, base_url=site.url)

    async def get(self, path: str, **headers: str) -> Shown:
        return Shown(await self.client.get(path, headers=_headers(headers)))

    async def fragment(self, path: str, **headers: str) -> Shown:
        return await self.get(path, hx_request="true", **headers)

    async def post(self, path: str, fields: Fields, *, files: Any = None, **headers: str) -> Shown:
        return Shown(await self.client.post(path, data=fields, files=files, headers=_headers(headers)))

    async def submit(self, page: Shown, selector: str, *, files: Any = None, **typed: str) -> Shown:
        """Fill in the form and send it, with the headers that browsers send along."""
        action, fields = page.form(selector)
        sent = {**fields, **{name.replace("__", "-"): value for name, value in typed.items()}}
        return await self.post(action, sent, files=files, origin=self.site.url, sec_fetch_site="same-origin")

    async def press(self, page: Shown, selector: str, **typed: str) -> Shown:
        """Send a form and follow where it leads."""
        answer = await self.submit(page, selector, **typed)
        assert answer.status == 303, answer.answer.text
        return await self.get(answer.location)

    async def press_for(self, status: int, page: Shown, selector: str, **typed: str) -> Shown:
        """Send a form that is answered at once, with *status*."""
        answer = await self.submit(page, selector, **typed)
        assert answer.status == status, answer.answer.text
        return answer

    async def sign_in(self, role: Role) -> Browser:
        page = await self.get("/login")
        answer = await self.submit(page, "form.stack", email=self.site.email(role), password=PASSWORD)
        assert answer.status == 303, answer.answer.text
        return self

    async def token(self) -> str:
        page = await self.get("/admin")
        return str(page.tree.css("input[name=csrf_token]")[0].attributes["value"])


def _headers(given: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in given.items()}
