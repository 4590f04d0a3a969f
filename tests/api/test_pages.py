"""Free pages, series and translations by way of the API, and what a text lacks."""

from secrets import token_hex
from typing import Any

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import POSTS, made_post

PAGES = "/api/v1/pages"


async def made_page(site: Site, **fields: Any) -> dict[str, Any]:
    async with site.client(Role.OWNER) as client:
        answer = await client.post(PAGES, json={"title": f"About {token_hex(4)}", "body": "Me.", **fields})
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"{PAGES}/{shown['id']}"
    return shown


async def test_a_page_is_written_published_read_and_thrown_away(anna: Site) -> None:
    page = await made_page(anna)
    path = f"{PAGES}/{page['id']}"
    async with anna.client(Role.OWNER) as client:
        changed = await client.patch(path, json={"title": "About me"}, headers={"if-match": '"1-json"'})
        replaced = await client.put(
            path, json={"title": "About", "body": "You."}, headers={"if-match": changed.headers["etag"]}
        )
        public = await client.put(f"{path}/publication", headers={"if-match": replaced.headers["etag"]})
    assert public.status_code == 200, public.text
    assert public.json()["url"] == f"{anna.url}/pages/{page['slug']}"

    async with anna.client() as visitor:
        assert (await visitor.get(path)).json()["title"] == "About"
        listed = (await visitor.get(PAGES, params={"slug": page["slug"]})).json()["items"]
        assert [found["id"] for found in listed] == [page["id"]]
        assert (await visitor.get(POSTS, params={"slug": page["slug"]})).json()["items"] == []

    async with anna.client(Role.OWNER) as client:
        assert (await client.delete(f"{path}/publication")).status_code == 204
        assert (await client.delete(path)).status_code == 204


async def test_a_page_is_no_post_and_a_post_no_page(anna: Site) -> None:
    page, post = await made_page(anna), await made_post(anna)
    tag = {"if-match": "*"}
    async with anna.client(Role.OWNER) as client:
        for path in (f"{POSTS}/{page['id']}", f"{PAGES}/{post.id}"):
            assert (await client.get(path)).status_code == 404
            assert (await client.put(path, json={"title": "x"}, headers=tag)).status_code == 404
            assert (await client.patch(path, json={"title": "x"}, headers=tag)).status_code == 404
            assert (await client.delete(path)).status_code == 404
            assert (await client.put(f"{path}/publication", headers=tag)).status_code == 404
            assert (await client.delete(f"{path}/publication")).status_code == 404
            assert (await client.get(f"{path}/readiness")).status_code == 404


async def test_post_and_page_may_share_an_address(anna: Site) -> None:
    slug = f"same-{token_hex(4)}"
    await made_post(anna, slug=slug)

    assert (await made_page(anna, slug=slug))["slug"] == slug


async def test_series_and_pins_come_back_as_they_were_sent(anna: Site) -> None:
    name = f"Deadlines {token_hex(4)}"
    wanted: dict[str, Any] = {
        "series": name,
        "series_part": 2,
        "is_pinned": True,
        "meta_title": "For engines",
        "meta_description": "Short",
        "canonical_url": "https://elsewhere.example/it",
    }
    post = await made_post(anna, is_public=True, **wanted)

    assert {field: post.shown[field] for field in wanted} == wanted
    async with anna.client() as visitor:
        found = await visitor.get(POSTS, params={"series": post.shown["series_slug"]})
    assert [item["id"] for item in found.json()["items"]] == [post.id]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"series_part": 1}, "/series"),
        ({"series": "x", "series_part": 0}, "/series_part"),
        ({"series": "x", "series_part": "1"}, "/series_part"),
        ({"series": "x" * 101}, "/series"),
        ({"translation_of": "no-such-post"}, "/translation_of"),
        ({"canonical_url": "javascript:alert(1)"}, "/canonical_url"),
        ({"canonical_url": "https://[broken"}, "/canonical_url"),
        ({"meta_title": "x" * 201}, "/meta_title"),
        ({"is_pinned": "yes"}, "/is_pinned"),
    ],
)
async def test_what_cannot_be_accepted_is_named(anna: Site, fields: dict[str, Any], pointer: str) -> None:
    async with anna.client(Role.AUTHOR) as client:
        answer = await client.post(POSTS, json={"title": "x", **fields})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_a_translation_joins_its_original_once_for_each_language(anna: Site) -> None:
    original = await made_post(anna)

    russian = await made_post(anna, lang="ru", translation_of=original.shown["slug"])
    assert russian.shown["translation_of"] == original.id
    async with anna.client(Role.OWNER) as client:
        second = await client.post(POSTS, json={"title": "x", "lang": "ru", "translation_of": original.id})

    assert second.status_code == 422
    assert second.json()["code"] == "translation_taken"


async def test_readiness_tells_errors_and_warnings_and_publishing_tells_the_same(anna: Site) -> None:
    post = await made_post(anna, body="![](/media/" + "0" * 32 + ".webp)\n\n[[post:no-such-post]]", title="")
    async with anna.client(Role.OWNER) as client:
        readiness = (await client.get(f"{POSTS}/{post.id}/readiness")).json()
        refused = await client.put(f"{POSTS}/{post.id}/publication", headers={"if-match": post.tag})

    assert readiness["is_ready"] is False
    codes = [(item["severity"], item["code"], item["pointer"]) for item in readiness["items"]]
    assert codes[0] == ("error", "no_title", "/title")
    assert ("warning", "broken_link", "/body") in codes
    assert refused.status_code == 409
    assert refused.json()["readiness"] == readiness["items"]
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/title"]


async def test_readiness_of_what_is_not_public_is_for_those_who_may_see_it(anna: Site) -> None:
    post = await made_post(anna)
    async with anna.client() as visitor:
        assert (await visitor.get(f"{POSTS}/{post.id}/readiness")).status_code == 401
    async with anna.client(Role.AUTHOR) as author:
        assert (await author.get(f"{POSTS}/{post.id}/readiness")).status_code in (403, 404)
