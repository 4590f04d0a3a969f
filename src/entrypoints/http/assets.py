"""Our own files: each under an address that names its content, kept by browsers for a year."""

from __future__ import annotations

import gzip
import mimetypes
import posixpath
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from litestar.types import HTTPScope, Send

from core.profile import TenantProfiles
from core.tenancy.entities import Tenant
from entrypoints.http.sending import Headers, answer, header
from entrypoints.http.theme import theme_sheet

IMMUTABLE = (b"cache-control", b"public, max-age=31536000, immutable")
NO_CACHE = (b"cache-control", b"no-cache")
STATIC = "/static/"
OUR_SCRIPTS = "js/"
_THEME = re.compile(r"/theme\.[0-9a-f]{1,64}\.css")
_HASHED = re.compile(r"(.+)\.[0-9a-f]{12}\.([a-z0-9_]+)")
_REFERENCE = re.compile(r"""url\((["']?)(?!data:|https?:|/|#)([^"')]+)\1\)""")
_IMPORT = re.compile(r"""\b(from|import) "(\./[\w./-]+\.js)";""")
_TYPES = {"._hs": "text/hyperscript", ".woff2": "font/woff2", ".js": "text/javascript", ".txt": "text/plain"}
_TEXTS = ("text/", "application/json", "image/svg+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """*packed* is the gzipped body, where that is smaller."""

    url: str
    body: bytes
    packed: bytes | None
    content_type: str


class UnknownAsset(Exception):
    """A template or style sheet names a file that is not under static/."""


class Assets:
    """What lies under ``static/``, read once; references inside style sheets and imports of our own scripts are made to
    the hashed addresses."""

    def __init__(self, folder: Path, profiles: TenantProfiles) -> None:
        self._folder = folder
        self._profiles = profiles
        self._by_name: dict[str, Asset] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                self._load(path.relative_to(folder).as_posix())
        self._by_url = {asset.url: asset for asset in self._by_name.values()}

    def url(self, name: str) -> str:
        """The address of the file *name* under static/. Raises UnknownAsset."""
        asset = self._by_name.get(name)
        if asset is None:
            raise UnknownAsset(name)
        return asset.url

    def handles(self, path: str) -> bool:
        return path.startswith(STATIC) or _THEME.fullmatch(path) is not None

    async def serve(self, scope: HTTPScope, send: Send, tenant: Tenant) -> None:
        """Answer GET for a path that *handles* accepts. An outdated address leads to the present one, so that wrong
        content is never kept under it."""
        path = scope["path"]
        if not path.startswith(STATIC):
            await self._serve_theme(path, send, tenant)
            return
        asset = self._by_url.get(path)
        if asset is not None:
            await _send(scope, send, asset)
            return
        present = _HASHED.fullmatch(path.removeprefix(STATIC))
        name = f"{present[1]}.{present[2]}" if present else ""
        if name in self._by_name:
            await answer(send, 307, [(b"location", self._by_name[name].url.encode()), NO_CACHE])
        else:
            await answer(send, 404, [NO_CACHE])

    async def _serve_theme(self, path: str, send: Send, tenant: Tenant) -> None:
        profile = await self._profiles.get(tenant)
        sheet = theme_sheet(profile.site.accent)
        if path != sheet.url:
            await answer(send, 307, [(b"location", sheet.url.encode()), NO_CACHE])
            return
        await answer(send, 200, [(b"content-type", b"text/css; charset=utf-8"), IMMUTABLE], sheet.body)

    def _load(self, name: str) -> Asset:
        known = self._by_name.get(name)
        if known is not None:
            return known
        body = (self._folder / name).read_bytes()
        if name.endswith(".css"):
            body = self._rewritten(name, body.decode()).encode()
        elif name.startswith(OUR_SCRIPTS):
            body = self._with_imports(name, body.decode()).encode()
        stem, extension = posixpath.splitext(name)
        content_type = _TYPES.get(extension) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        is_text = content_type.startswith(_TEXTS)
        packed = gzip.compress(body, 9, mtime=0) if is_text else None
        asset = Asset(
            url=f"{STATIC}{stem}.{sha256(body).hexdigest()[:12]}{extension}",
            body=body,
            packed=packed if packed and len(packed) < len(body) else None,
            content_type=f"{content_type}; charset=utf-8" if is_text else content_type,
        )
        self._by_name[name] = asset
        return asset

    def _rewritten(self, name: str, text: str) -> str:
        return _REFERENCE.sub(lambda found: f'url("{self._beside(name, found[2])}")', text)

    def _with_imports(self, name: str, text: str) -> str:
        """Modules may not import each other in a circle: the address of each holds the digest of the next."""
        return _IMPORT.sub(lambda found: f'{found[1]} "{self._beside(name, found[2])}";', text)

    def _beside(self, name: str, target: str) -> str:
        """The hashed address of what the file *name* calls *target*."""
        found = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        if not (self._folder / found).is_file():
            raise UnknownAsset(f"{found}, named in {name}")
        return self._load(found).url


async def _send(scope: HTTPScope, send: Send, asset: Asset) -> None:
    headers: Headers = [(b"content-type", asset.content_type.encode()), IMMUTABLE]
    if asset.packed is None:
        await answer(send, 200, headers, asset.body)
        return
    headers.append((b"vary", b"Accept-Encoding"))
    if accepts_gzip(header(scope, b"accept-encoding")):
        await answer(send, 200, [*headers, (b"content-encoding", b"gzip")], asset.packed)
    else:
        await answer(send, 200, headers, asset.body)


def accepts_gzip(accept_encoding: bytes | None) -> bool:
    """Whether the header of a request (RFC 9110, 12.5.3) allows gzip."""
    for part in (accept_encoding or b"").lower().split(b","):
        coding, _, parameters = part.partition(b";")
        if coding.strip() in (b"gzip", b"*"):
            return parameters.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False
