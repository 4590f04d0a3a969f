from collections.abc import AsyncIterator
from hashlib import sha256
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from core.identity import Role
from core.media.entities import UPLOAD_BYTES
from core.media.storage import MediaTotals
from db.media import SqlMediaStorage
from tests.api.house import Site
from tests.api.pictures import png
from tests.api.posts import made_post

MEDIA = "/api/v1/media"
BOUNDARY = "a-line-between"
FORM = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


def noise() -> bytes:
    """Large enough for a smaller size, and rich enough for AVIF."""
    out = BytesIO()
    Image.effect_noise((500, 400), 60).save(out, "JPEG")
    return out.getvalue()


async def uploaded(
    site: Site, *, by: Role = Role.OWNER, alt: str = "A plain square", content: bytes = b""
) -> httpx.Response:
    async with site.client(by) as client:
        answer = await client.post(MEDIA, files={"file": ("square.png", content or png())}, data={"alt": alt})
    assert answer.status_code == 201, answer.text
    return answer


def part(name: str, content: bytes, *, filename: str | None = None) -> bytes:
    told = f'; filename="{filename}"' if filename is not None else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{told}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


async def test_an_upload_is_stored_and_served(anna: Site) -> None:
    answer = await uploaded(anna, by=Role.CONTRIBUTOR)
    media = answer.json()

    async with anna.client(Role.VIEWER) as client:
        about = await client.get(answer.headers["location"])
        known = await client.get(answer.headers["location"], headers={"if-none-match": answer.headers["etag"]})
    async with anna.client() as visitor:
        file = await visitor.get(f"/media/{media['key']}")

    assert answer.headers["location"] == f"{MEDIA}/{media['key']}"
    assert (media["filename"], media["alt"], media["width"], media["height"]) == (
        "square.png",
        "A plain square",
        40,
        30,
    )
    assert media["url"] == f"{anna.url}/media/{media['key']}"
    assert about.json() == media
    assert known.status_code == 304
    assert file.status_code == 200
    assert sha256(file.content).hexdigest() == media["sha256"]
    assert len(file.content) == media["size"]


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.MODERATOR, 403)])
async def test_who_may_not_upload_is_told_before_the_file_is_read(anna: Site, role: Role | None, status: int) -> None:
    was_read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal was_read
        was_read = True
        yield b""

    async with anna.client(role) as client:
        answer = await client.post(MEDIA, content=body(), headers=FORM)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (form(part("file", b"not a picture", filename="x.png")), 422, "unusable_picture"),
        (form(part("file", b"", filename="x.png")), 422, "unusable_picture"),
        (form(part("alt", b"only")), 422, "invalid"),
        (form(part("file", png())), 422, "invalid"),
        (form(part("file", png(), filename="x.png"), part("other", b"x")), 422, "invalid"),
        (form(part("file", png(), filename="x.png"), part("alt", b"x" * 301)), 422, "invalid"),
        (form(part("file", png(), filename="x.png"), part("alt", b"x" * 2000)), 413, "body_too_large"),
        (form(part("file", png(), filename="x.png"), part("alt", b"\xff")), 400, "malformed_body"),
        (form(part("file", png(), filename="x.png"), part("alt", b"a\x00b")), 400, "malformed_body"),
        (form(part("file", png(), filename="x.png"), part("file", png(), filename="y.png")), 400, "malformed_body"),
        (part("file", png(), filename="x.png"), 400, "malformed_body"),
        (b"", 400, "malformed_body"),
        (b"nonsense", 400, "malformed_body"),
        (b"--other\r\n\r\n", 400, "malformed_body"),
    ],
    ids=[
        "no-picture",
        "no-bytes",
        "no-file",
        "no-name",
        "another-field",
        "long-alt",
        "huge-alt",
        "not-utf-8",
        "nul",
        "two-files",
        "no-end",
        "nothing",
        "nonsense",
        "another-boundary",
    ],
)
async def test_what_is_no_usable_form_is_refused(anna: Site, body: bytes, status: int, code: str) -> None:
    async with anna.client(Role.AUTHOR) as client:
        answer = await client.post(MEDIA, content=body, headers=FORM)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-type": "application/json"}, 415),
        ({"content-type": "image/png"}, 415),
        ({"content-type": "multipart/form-data"}, 400),
        ({"content-type": f"multipart/form-data; boundary={'x' * 5000}"}, 400),
    ],
)
async def test_a_file_comes_in_a_form(anna: Site, headers: dict[str, str], status: int) -> None:
    async with anna.client(Role.AUTHOR) as client:
        answer = await client.post(MEDIA, content=png(), headers=headers)

    assert answer.status_code == status


async def test_a_file_that_is_too_large_is_refused_while_it_comes(anna: Site) -> None:
    chunk, sent = b"x" * 1024 * 1024, 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        yield part("file", b"", filename="x.png")[:-2]
        for _ in range(60):
            sent += len(chunk)
            yield chunk

    async with anna.client(Role.AUTHOR) as client:
        answer = await client.post(MEDIA, content=body(), headers=FORM)
        announced = await client.post(
            MEDIA, content=b"", headers={**FORM, "content-length": str(UPLOAD_BYTES + 1024 * 1024)}
        )

    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert announced.status_code == 413


async def test_files_are_listed_newest_first(anna: Site) -> None:
    keys = [(await uploaded(anna)).json()["key"] for _ in range(3)]

    async with anna.client(Role.VIEWER) as client:
        first = await client.get(MEDIA, params={"limit": 2})
        second = await client.get(first.links["next"]["url"])
        known = await client.get(MEDIA, params={"limit": 2}, headers={"if-none-match": first.headers["etag"]})

    listed = [entry["key"] for answer in (first, second) for entry in answer.json()["items"]]
    assert listed[:3] == keys[::-1]
    assert known.status_code == 304


@pytest.mark.parametrize("path", [MEDIA, f"{MEDIA}/x"])
async def test_files_are_listed_to_members(anna: Site, path: str) -> None:
    async with anna.client() as visitor:
        assert (await visitor.get(path)).status_code == 401


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
async def test_a_file_of_another_site_is_not_there(anna: Site, boris: Site, method: str) -> None:
    path = (await uploaded(anna)).headers["location"]
    body: dict[str, Any] = {"json": {"alt": "x"}} if method == "PATCH" else {}

    async with boris.client(Role.OWNER) as client:
        assert (await client.request(method, path, headers={"if-match": "*"}, **body)).status_code == 404


async def test_a_file_is_described_anew(anna: Site) -> None:
    made = await uploaded(anna, by=Role.AUTHOR)
    path = made.headers["location"]

    async with anna.client(Role.AUTHOR) as client:
        missing = await client.patch(path, json={"alt": "Better"})
        stale = await client.patch(path, json={"alt": "Better"}, headers={"if-match": '"7-json"'})
        unknown = await client.patch(path, json={"filename": "x"}, headers={"if-match": "*"})
        long = await client.patch(path, json={"alt": "x" * 301}, headers={"if-match": "*"})
        changed = await client.patch(path, json={"alt": "Better"}, headers={"if-match": made.headers["etag"]})
        emptied = await client.patch(path, json={"alt": None}, headers={"if-match": changed.headers["etag"]})

    assert [answer.status_code for answer in (missing, stale, unknown, long)] == [428, 412, 422, 422]
    assert unknown.json()["errors"][0]["pointer"] == "/filename"
    assert long.json()["errors"][0]["pointer"] == "/alt"
    assert (changed.status_code, changed.json()["alt"], changed.headers["etag"]) == (200, "Better", '"2-json"')
    assert emptied.json()["alt"] == ""


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.AUTHOR, 403), (Role.EDITOR, 200)])
async def test_only_who_may_describes_the_file_of_another(anna: Site, role: Role | None, status: int) -> None:
    path = (await uploaded(anna)).headers["location"]

    async with anna.client(role) as client:
        assert (await client.patch(path, json={"alt": "x"}, headers={"if-match": "*"})).status_code == status


async def test_a_file_that_is_shown_somewhere_is_deleted_on_purpose_only(anna: Site) -> None:
    made = await uploaded(anna)
    path, key = made.headers["location"], made.json()["key"]
    post = await made_post(anna, cover=key)

    async with anna.client(Role.OWNER) as client:
        places = await client.get(f"{path}/places")
        used = await client.delete(path)
        stale = await client.delete(path, headers={"if-match": '"7-json"'})
        wrong = await client.delete(path, params={"force": "perhaps"})
        gone = await client.delete(path, params={"force": "true"}, headers={"if-match": made.headers["etag"]})
        again = await client.delete(path)
        file = await client.get(f"/media/{key}", headers={"authorization": ""})

    assert (used.status_code, used.json()["code"]) == (409, "media_in_use")
    place = {"kind": "post", "id": post.id, "title": post.shown["title"], "is_trashed": False}
    assert used.json()["places"] == places.json()["items"] == [place]
    assert [answer.status_code for answer in (stale, wrong, gone, again, file)] == [412, 400, 204, 404, 404]


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.AUTHOR, 403), (Role.EDITOR, 204)])
async def test_only_who_may_deletes_the_file_of_another(anna: Site, role: Role | None, status: int) -> None:
    path = (await uploaded(anna)).headers["location"]

    async with anna.client(role) as client:
        assert (await client.delete(path)).status_code == status


async def test_the_sizes_of_a_picture_are_served_for_good(anna: Site) -> None:
    media = (await uploaded(anna, content=noise())).json()
    urls = {variant["url"].removeprefix(anna.url): variant for variant in media["variants"]}
    tags = set()

    async with anna.client() as visitor:
        for url, variant in urls.items():
            answer = await visitor.get(url)
            assert (answer.status_code, len(answer.content)) == (200, variant["size"])
            assert answer.headers["content-type"] == variant["content_type"]
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            tags.add(answer.headers["etag"])
            known = await visitor.get(url, headers={"if-none-match": answer.headers["etag"]})
            part = await visitor.get(url, headers={"range": "bytes=0-3"})
            assert (known.status_code, part.status_code, part.content) == (304, 206, answer.content[:4])
        main = await visitor.get(f"/media/{media['key']}")
        tags.add(main.headers["etag"])
        never = await visitor.get(f"/media/{media['key'].replace('.', '-77w.')}")

    assert {variant["content_type"] for variant in urls.values()} == {"image/webp", "image/avif", "image/jpeg"}
    assert media["stored_size"] == media["size"] + sum(variant["size"] for variant in urls.values())
    assert (main.headers["cache-control"], never.status_code) == ("public, no-cache", 404)
    assert len(tags) == len(urls) + 1


async def test_a_picture_is_replaced_under_its_address(anna: Site) -> None:
    made = await uploaded(anna, by=Role.AUTHOR, content=noise())
    path, before = made.headers["location"], made.json()
    old = before["variants"][0]["url"].removeprefix(anna.url)

    async with anna.client(Role.AUTHOR) as client:
        missing = await client.put(f"{path}/content", files={"file": ("new.png", png())})
        stale = await replaced(client, path, '"7-json"')
        unwanted = await replaced(client, path, "*", data={"alt": "x"})
        broken = await replaced(client, path, "*", content=b"%PDF-1.7")
        answer = await replaced(client, path, made.headers["etag"])
    async with anna.client() as visitor:
        main = await visitor.get(f"/media/{before['key']}")
        former = await visitor.get(old)

    after = answer.json()
    assert [refused.status_code for refused in (missing, stale, unwanted, broken)] == [428, 412, 422, 422]
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2-json"')
    assert (after["key"], after["url"], after["alt"], after["filename"]) == (
        before["key"],
        before["url"],
        before["alt"],
        "new.png",
    )
    assert sha256(main.content).hexdigest() == after["sha256"] != before["sha256"]
    assert (former.content, former.headers["cache-control"]) == (main.content, "public, no-cache")


async def replaced(
    client: httpx.AsyncClient, path: str, tag: str, *, content: bytes = b"", data: dict[str, str] | None = None
) -> httpx.Response:
    files = {"file": ("new.png", content or png())}
    return await client.put(f"{path}/content", files=files, data=data, headers={"if-match": tag})


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 401), (Role.VIEWER, 403), (Role.CONTRIBUTOR, 403), (Role.AUTHOR, 403), (Role.EDITOR, 200)],
)
async def test_only_who_may_replaces_the_picture_of_another(anna: Site, role: Role | None, status: int) -> None:
    path = (await uploaded(anna)).headers["location"]

    async with anna.client(role) as client:
        assert (await replaced(client, path, "*")).status_code == status


async def test_files_are_searched_and_those_that_nothing_shows_are_told(anna: Site) -> None:
    used, idle = await uploaded(anna, alt="A zebra"), await uploaded(anna, alt="Another zebra")
    await made_post(anna, cover=used.json()["key"])

    async with anna.client(Role.VIEWER) as client:
        both = await client.get(MEDIA, params={"q": "ZEBRA"})
        unused = await client.get(MEDIA, params={"q": "zebra", "unused": "true"})
        long = await client.get(MEDIA, params={"q": "x" * 201})

    assert [item["key"] for item in both.json()["items"]] == [idle.json()["key"], used.json()["key"]]
    assert [item["key"] for item in unused.json()["items"]] == [idle.json()["key"]]
    assert long.status_code == 400


async def test_the_room_that_files_take_is_told(anna: Site) -> None:
    async with anna.client(Role.VIEWER) as client:
        before = (await client.get("/api/v1/media-usage")).json()
        made = (await uploaded(anna)).json()
        after = (await client.get("/api/v1/media-usage")).json()

    assert (after["files"] - before["files"], after["size"] - before["size"]) == (1, made["stored_size"])
    assert after["limit"] == 2 * 1024**3


async def test_a_site_without_room_says_so(anna: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_: SqlMediaStorage) -> MediaTotals:
        return MediaTotals(files=1, size=2 * 1024**3)

    monkeypatch.setattr(SqlMediaStorage, "totals", full)
    async with anna.client(Role.AUTHOR) as client:
        answer = await client.post(MEDIA, files={"file": ("square.png", png())})

    assert (answer.status_code, answer.json()["code"]) == (422, "site_full")
    assert "2048 of 2048 MB" in answer.json()["errors"][0]["detail"]


async def test_who_may_not_read_a_draft_does_not_learn_its_title_from_its_picture(anna: Site) -> None:
    made = await uploaded(anna)
    await made_post(anna, cover=made.json()["key"])

    async with anna.client(Role.CONTRIBUTOR) as client:
        places = (await client.get(f"{made.headers['location']}/places")).json()["items"]
    async with anna.client() as visitor:
        assert (await visitor.get(f"{made.headers['location']}/places")).status_code == 401

    assert places == [{"kind": "post", "id": None, "title": None, "is_trashed": False}]
