from secrets import token_hex

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import made_post

TAGS, SERIES = "/api/v1/tags", "/api/v1/series"


async def test_tags_are_listed_renamed_merged_and_deleted(anna: Site) -> None:
    one, two, new = f"база-{token_hex(3)}", f"db-{token_hex(3)}", f"данные-{token_hex(3)}"
    post = await made_post(anna, is_public=True, tags=[one, "x"])
    await made_post(anna, tags=[two])
    async with anna.client(Role.EDITOR) as client, anna.client() as visitor:
        public = {item["name"]: item for item in (await visitor.get(TAGS)).json()["items"]}
        every = {item["name"]: item for item in (await client.get(f"{TAGS}?status=any")).json()["items"]}
        merged = await client.post(f"{TAGS}/merges", json={"tags": [one, two], "into": new})
        renamed = (await client.get(post.path)).json()["tags"]
        moved = await visitor.get(f"/blog/tags/{one}")
        listed = await visitor.get(moved.headers["location"])
        deleted = await client.delete(f"{TAGS}/{new}")
        gone = await client.delete(f"{TAGS}/{new}")

    assert (one in public, two in public) == (True, False)
    assert (every[one]["count"], every[two]["count"]) == (1, 1)
    assert (merged.status_code, merged.json()) == (200, {"changed": 2})
    assert set(renamed) == {new, "x"}
    assert (moved.status_code, listed.status_code) == (301, 200)
    assert (deleted.status_code, gone.status_code) == (204, 404)


async def test_series_are_listed_renamed_and_dissolved(anna: Site) -> None:
    name = f"Deadlines {token_hex(3)}"
    post = await made_post(anna, is_public=True, series=name, series_part=1)
    slug = post.shown["series_slug"]
    async with anna.client(Role.EDITOR) as client, anna.client() as visitor:
        listed = {item["slug"]: item for item in (await visitor.get(SERIES)).json()["items"]}
        renamed = await client.post(f"{SERIES}/merges", json={"series": [slug], "into": f"On {name}"})
        shown = (await client.get(post.path)).json()
        moved = await visitor.get(f"/blog/series/{slug}")
        dissolved = await client.delete(f"{SERIES}/{shown['series_slug']}")
        gone = await client.delete(f"{SERIES}/{shown['series_slug']}")

    assert (listed[slug]["name"], listed[slug]["count"]) == (name, 1)
    assert (renamed.json(), shown["series"]) == ({"changed": 1}, f"On {name}")
    assert (moved.status_code, moved.headers["location"].rpartition("/")[2]) == (301, shown["series_slug"])
    assert (dissolved.status_code, gone.status_code) == (204, 404)


@pytest.mark.parametrize(
    "wanted", [{"tags": [], "into": "x"}, {"tags": ["a"], "into": ""}, {"tags": ["a"], "into": "a/b"}]
)
async def test_what_is_no_tag_is_refused(anna: Site, wanted: dict[str, object]) -> None:
    async with anna.client(Role.OWNER) as client:
        answer = await client.post(f"{TAGS}/merges", json=wanted)

    assert answer.status_code == 422
    assert answer.json()["errors"]


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.AUTHOR, 403)])
async def test_only_editors_change_the_tags_of_all(anna: Site, role: Role | None, status: int) -> None:
    await made_post(anna, by=Role.AUTHOR, tags=["hers"])
    async with anna.client(role) as client:
        assert (await client.post(f"{TAGS}/merges", json={"tags": ["hers"], "into": "x"})).status_code == status
        assert (await client.delete(f"{TAGS}/hers")).status_code == status
        assert (await client.delete(f"{SERIES}/hers")).status_code == status
        assert (await client.get(f"{TAGS}?status=any")).status_code == status
        assert (await client.get(TAGS)).status_code == 200
