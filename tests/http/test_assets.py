"""Our own files and the theme: kept for a year under an address that names their content."""

import gzip
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from core.palette import palette
from entrypoints.http.assets import Assets, UnknownAsset, accepts_gzip
from entrypoints.http.security import SNIPPET_BYTES, content_security_policy, security_headers, theme_snippet
from entrypoints.http.theme import theme_sheet

Get = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "css").mkdir()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.woff2").write_bytes(b"font")
    (tmp_path / "css" / "base.css").write_text("b{}")
    (tmp_path / "css" / "site.css").write_text(
        '@import url("base.css"); @font-face{src:url(../fonts/a.woff2)} i{background:url("data:x")} ' + "x{}" * 500
    )
    return tmp_path


@pytest.fixture
def assets(folder: Path) -> Assets:
    return Assets(folder, profiles=None)  # type: ignore[arg-type]  # only the theme asks for profiles


@pytest.fixture
def get(assets: Assets) -> Get:
    async def ask(path: str, accept_encoding: bytes = b"") -> dict[str, Any]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        scope: Any = {"path": path, "headers": [(b"accept-encoding", accept_encoding)]}
        await assets.serve(scope, send, tenant=None)  # type: ignore[arg-type]  # only the theme asks for the tenant
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return {"status": sent[0]["status"], "headers": headers, "body": sent[1]["body"]}

    return ask


async def test_a_file_is_kept_for_good(assets: Assets, get: Get) -> None:
    got = await get(assets.url("fonts/a.woff2"))
    assert (got["status"], got["body"]) == (200, b"font")
    assert got["headers"]["cache-control"] == "public, max-age=31536000, immutable"
    assert got["headers"]["content-type"] == "font/woff2"


async def test_scripts_of_ours_import_each_other_by_their_content(folder: Path) -> None:
    (folder / "js" / "parts").mkdir(parents=True)
    (folder / "js" / "main.js").write_text('import { one } from "./parts/one.js";\nimport "./parts/two.js";\n')
    (folder / "js" / "parts" / "one.js").write_text('import "./two.js";\nexport const one = "from ./none.js";\n')
    (folder / "js" / "parts" / "two.js").write_text("")
    assets = Assets(folder, profiles=None)  # type: ignore[arg-type]  # only the theme asks for profiles
    bodies = {name: assets._by_name[name].body.decode() for name in ("js/main.js", "js/parts/one.js")}
    one, two = assets.url("js/parts/one.js"), assets.url("js/parts/two.js")
    assert bodies["js/main.js"] == f'import {{ one }} from "{one}";\nimport "{two}";\n'
    assert bodies["js/parts/one.js"] == f'import "{two}";\nexport const one = "from ./none.js";\n'
    (folder / "js" / "main.js").write_text('import "./gone.js";')
    with pytest.raises(UnknownAsset, match=r"js/gone\.js, named in js/main\.js"):
        Assets(folder, profiles=None)  # type: ignore[arg-type]  # only the theme asks for profiles


async def test_sheets_name_files_by_their_content(assets: Assets, get: Get) -> None:
    body = (await get(assets.url("css/site.css")))["body"].decode()
    assert f'url("{assets.url("fonts/a.woff2")}")' in body
    assert f'url("{assets.url("css/base.css")}")' in body
    assert 'url("data:x")' in body


async def test_texts_are_packed_for_those_who_can_unpack(assets: Assets, get: Get) -> None:
    plain, packed = await get(assets.url("css/site.css")), await get(assets.url("css/site.css"), b"br, gzip")
    assert packed["headers"]["content-encoding"] == "gzip"
    assert gzip.decompress(packed["body"]) == plain["body"]
    assert plain["headers"]["vary"] == packed["headers"]["vary"] == "Accept-Encoding"


async def test_an_outdated_address_leads_to_the_present_one(assets: Assets, get: Get) -> None:
    moved = await get("/static/css/site.0123456789ab.css")
    assert (moved["status"], moved["headers"]["location"]) == (307, assets.url("css/site.css"))
    assert moved["headers"]["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/css/site.css", "/static/nothing.0123456789ab.css", "/static/../../main.py", "/static/"]
)
async def test_nothing_else_is_there(get: Get, path: str) -> None:
    assert (await get(path))["status"] == 404


def test_a_missing_file_is_noticed_at_start(folder: Path, assets: Assets) -> None:
    with pytest.raises(UnknownAsset):
        assets.url("css/nothing.css")
    (folder / "css" / "bad.css").write_text("i{background:url(../nothing.png)}")
    with pytest.raises(UnknownAsset, match=r"nothing\.png, named in css/bad\.css"):
        Assets(folder, profiles=None)  # type: ignore[arg-type]  # as above


def test_which_paths_are_files_of_ours(assets: Assets) -> None:
    assert assets.handles("/static/x")
    assert assets.handles("/theme.0a1b.css")
    assert not assets.handles("/theme.css")
    assert not assets.handles("/themes")


@pytest.mark.parametrize(
    ("header", "wanted"),
    [(None, False), (b"", False), (b"gzip", True), (b"br;q=1, GZIP;q=0.2", True), (b"*", True), (b"gzip;q=0", False)],
)
def test_who_can_unpack(header: bytes | None, wanted: bool) -> None:
    assert accepts_gzip(header) is wanted


def test_the_theme_has_the_colours_of_both_palettes() -> None:
    one, other = theme_sheet("#c2410c"), theme_sheet("#0e7490")
    assert one.url != other.url
    shades = palette("#c2410c")
    for colour in (shades.light.accent, shades.light.strong, shades.dark.accent, shades.dark.strong):
        assert colour.encode() in one.body
    assert theme_sheet("#c2410c") is one


def test_only_production_insists_on_https() -> None:
    local, production = dict(security_headers("x", is_local=True)), dict(security_headers("x", is_local=False))
    assert b"strict-transport-security" not in local
    assert production[b"strict-transport-security"] == b"max-age=31536000"


def test_the_policy_knows_the_snippet_and_no_unsafe_word(tmp_path: Path) -> None:
    policy = content_security_policy("x")
    assert "'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='" in policy
    assert "unsafe" not in policy
    (tmp_path / "partials").mkdir()
    page = tmp_path / "partials" / "theme_snippet.html"
    page.write_text("<script>" + "x" * (SNIPPET_BYTES + 1) + "</script>")
    with pytest.raises(ValueError, match="at most 300 bytes"):
        theme_snippet(tmp_path)
    page.write_text("nothing")
    with pytest.raises(ValueError, match="one script"):
        theme_snippet(tmp_path)
