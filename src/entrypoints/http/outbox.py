"""`/outbox` on the operator's port: letters that a local deployment kept instead of sending them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from html import escape

from core.mail import Spool, SpooledLetter
from entrypoints.http.sending import NO_STORE, Headers

ROOT = "/outbox"
_HTML = (b"content-type", b"text/html; charset=utf-8")
_JSON = (b"content-type", b"application/json")
_SEALED = (b"content-security-policy", b"sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'")
"""A letter's own page may look as it likes, and do nothing."""
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8884}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere}iframe{width:100%;height:42rem;border:1px solid #8884}"
)


class OutboxWindow:
    """*spool* is None where letters are sent."""

    def __init__(self, spool: Spool | None) -> None:
        self._spool = spool

    async def show(self, path: str) -> tuple[Headers, bytes] | None:
        """What stands at *path*: the list (`.json` for programs), a letter, or its beautiful part alone (`.html`)."""
        if self._spool is None:
            return None
        if path == ROOT:
            return [_HTML, NO_STORE], _page("Outbox", _list(await self._spool.list_newest()))
        if path == f"{ROOT}.json":
            letters = [asdict(one) for one in await self._spool.list_newest()]
            return [_JSON, NO_STORE], json.dumps({"letters": letters}, default=str).encode()
        name = path.removeprefix(f"{ROOT}/")
        letter = await self._spool.find(name.removesuffix(".html"))
        if letter is None:
            return None
        if name.endswith(".html"):
            return [_HTML, NO_STORE, _SEALED], letter.html.encode()
        return [_HTML, NO_STORE], _page(letter.subject, _letter(letter))


def _list(letters: Sequence[SpooledLetter]) -> str:
    rows = "".join(
        f"<tr><td>{one.at:%Y-%m-%d %H:%M:%S}</td><td>{escape(one.to)}</td>"
        f'<td><a href="{ROOT}/{one.name}">{escape(one.subject)}</a></td></tr>'
        for one in letters
    )
    if not rows:
        return "<p>Nothing was sent yet.</p>"
    return f"<table><thead><tr><th>When (UTC)</th><th>To</th><th>Subject</th></tr></thead><tbody>{rows}</tbody></table>"


def _letter(letter: SpooledLetter) -> str:
    return (
        f'<p><a href="{ROOT}">All letters</a></p><p>To {escape(letter.to)}, {letter.at:%Y-%m-%d %H:%M:%S} UTC</p>'
        f"<pre>{escape(letter.text)}</pre>"
        f'<iframe src="{ROOT}/{letter.name}.html" title="The letter as mail programs show it"></iframe>'
    )


def _page(title: str, body: str) -> bytes:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return f"<!doctype html><html lang=en>{head}<style>{_STYLE}</style><h1>{escape(title)}</h1>{body}".encode()
