from typing import Any

import pytest

from core.identity import Role
from tests.api.house import Site

SITE = "/api/v1/site"


async def settings_of(site: Site) -> tuple[dict[str, Any], str]:
    async with site.client() as client:
        answer = await client.get(SITE)
    return answer.json(), answer.headers["etag"]


async def test_anybody_reads_what_the_site_says_of_itself(boris: Site) -> None:
    async with boris.client() as client:
        answer = await client.get(SITE)
        known = await client.get(SITE, headers={"if-none-match": answer.headers["etag"]})

    told = answer.json()
    assert answer.status_code == 200
    assert (told["locale"], told["url"]) == ("ru", boris.url)
    assert "<strong>me</strong>" in told["about_html"]
    assert answer.headers["etag"] == f'"{told["version"]}-json"'
    assert known.status_code == 304


async def test_patch_changes_what_it_names_and_the_pages_follow(anna: Site) -> None:
    before, tag = await settings_of(anna)

    async with anna.client(Role.OWNER) as client:
        answer = await client.patch(
            SITE,
            json={"tagline": "By the API", "menu": [{"label": "Writing", "url": "/blog"}]},
            headers={"if-match": tag},
        )
        again = await client.patch(SITE, json={"tagline": "By the API"}, headers={"if-match": answer.headers["etag"]})

    told = answer.json()
    assert answer.status_code == 200
    assert told == {
        **before,
        "tagline": "By the API",
        "menu": [{"label": "Writing", "url": "/blog"}],
        "version": before["version"] + 1,
    }
    assert again.json() == told
    assert (await settings_of(anna))[0] == told


async def test_put_replaces_all(anna: Site) -> None:
    _, tag = await settings_of(anna)
    wanted = {"title": "Anna", "locale": "en", "time_zone": "Europe/Oslo", "accent": "#0a7ea4"}

    async with anna.client(Role.OWNER) as client:
        answer = await client.put(SITE, json=wanted, headers={"if-match": tag})

    told = answer.json()
    assert answer.status_code == 200
    assert {name: told[name] for name in wanted} == wanted
    assert (told["tagline"], told["menu"], told["about"], told["about_html"]) == ("", [], "", "")


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"title": ""}, "/title"),
        ({"title": None}, "/title"),
        ({"title": "x" * 101}, "/title"),
        ({"locale": "xx"}, "/locale"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"time_zone": "../../etc/passwd"}, "/time_zone"),
        ({"accent": "red"}, "/accent"),
        ({"accent": "#FFFFFF"}, "/accent"),
        ({"sections": ["shop"]}, "/sections"),
        ({"menu": [{"label": "x", "url": "javascript:alert(1)"}]}, "/menu/0/url"),
        ({"menu": [{"label": "", "url": "/"}]}, "/menu/0/label"),
        ({"menu": [{"label": "x"}]}, "/menu/0/url"),
        ({"ways": [{"label": "x", "url": "/", "icon": "y"}]}, "/ways/0/icon"),
        ({"ways": "none"}, "/ways"),
        ({"version": 3}, "/version"),
    ],
)
async def test_unusable_settings_are_named_by_pointers(anna: Site, patch: dict[str, Any], pointer: str) -> None:
    before = await settings_of(anna)

    async with anna.client(Role.OWNER) as client:
        answer = await client.patch(SITE, json=patch, headers={"if-match": "*"})

    assert answer.status_code == 422
    assert [entry["pointer"] for entry in answer.json()["errors"]] == [pointer]
    assert await settings_of(anna) == before


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize(("match", "status"), [(None, 428), ('"9999-json"', 412), ('W/"1-json"', 412)])
async def test_settings_are_changed_by_version(anna: Site, method: str, match: str | None, status: int) -> None:
    wanted = {"title": "Other", "locale": "en", "time_zone": "UTC", "accent": "#0a7ea4"}

    async with anna.client(Role.OWNER) as client:
        answer = await client.request(method, SITE, json=wanted, headers={"if-match": match} if match else {})

    assert answer.status_code == status


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize(
    ("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.CONTRIBUTOR, 403), (Role.MODERATOR, 403)]
)
async def test_only_who_may_changes_the_settings(anna: Site, method: str, role: Role | None, status: int) -> None:
    async with anna.client(role) as client:
        answer = await client.request(method, SITE, json={"title": "Mine"}, headers={"if-match": "*"})

    assert answer.status_code == status


async def test_a_visitor_of_one_site_does_not_see_the_other(anna: Site, boris: Site) -> None:
    assert (await settings_of(anna))[0]["title"] != (await settings_of(boris))[0]["title"]
