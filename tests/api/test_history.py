"""What posts and pages were, and links to them before they are public."""

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import POSTS, made_post

PAGES = "/api/v1/pages"


async def test_a_text_is_listed_read_compared_and_taken_back(anna: Site) -> None:
    post = await made_post(anna, by=Role.AUTHOR, title="Then", body="Some red words.", tags=["one"])
    async with anna.client(Role.AUTHOR) as client:
        changed = {"title": "Now", "body": "Some grey words.", "tags": ["one", "two"]}
        put = await client.put(post.path, json=changed, headers={"if-match": post.tag})
        listed = await client.get(f"{post.path}/revisions")
        part = await client.get(f"{post.path}/revisions?limit=1")
        rest = await client.get(f"{post.path}/revisions?limit=1&cursor={part.json()['next_cursor']}")
        first = await client.get(f"{post.path}/revisions/1")
        compared = await client.get(f"{post.path}/comparison?old=1")
        stale = await client.post(f"{post.path}/revisions/1/restoration", headers={"if-match": post.tag})
        restored = await client.post(f"{post.path}/revisions/1/restoration", headers={"if-match": put.headers["etag"]})

    assert [item["number"] for item in listed.json()["items"]] == [2, 1]
    assert [item["title"] for item in [*part.json()["items"], *rest.json()["items"]]] == ["Now", "Then"]
    assert 'rel="next"' in part.headers["link"]
    assert rest.json()["next_cursor"] is None
    assert (first.json()["text"]["body"], first.json()["saved_by"]["name"]) == ("Some red words.", "Author of anna")
    told = {difference["field"]: difference for difference in compared.json()["differences"]}
    assert set(told) == {"title", "body", "tags"}
    assert [change["text"] for change in told["body"]["changes"] if change["kind"] != "equal"] == ["red", "grey"]
    assert (told["tags"]["old"], told["tags"]["new"]) == ("one", "one, two")
    assert stale.status_code == 412
    assert (restored.status_code, restored.headers["location"]) == (201, post.path)
    assert (restored.json()["title"], restored.json()["slug"], restored.json()["version"]) == (
        "Then",
        put.json()["slug"],
        3,
    )


async def test_a_preview_link_is_made_listed_and_revoked(anna: Site) -> None:
    post = await made_post(anna, by=Role.AUTHOR)
    async with anna.client(Role.AUTHOR) as client:
        key = {"idempotency-key": f"preview {post.id}"}
        made = await client.post(f"{post.path}/previews", json={"days": 3}, headers=key)
        again = await client.post(f"{post.path}/previews", json={"days": 3}, headers=key)
        listed = await client.get(f"{post.path}/previews")
        async with anna.client() as visitor:
            seen = await visitor.get(made.json()["url"].removeprefix(anna.url))
            revoked = await client.delete(made.headers["location"])
            gone = await visitor.get(made.json()["url"].removeprefix(anna.url))
        twice = await client.delete(made.headers["location"])

    assert (made.status_code, again.json()) == (201, made.json())
    assert listed.json() == {"items": [made.json()], "next_cursor": None}
    assert (seen.status_code, revoked.status_code, gone.status_code, twice.status_code) == (200, 204, 404, 404)


@pytest.mark.parametrize("days", [0, 91])
async def test_a_link_for_too_short_or_too_long_is_refused(anna: Site, days: int) -> None:
    post = await made_post(anna)
    async with anna.client(Role.OWNER) as client:
        answer = await client.post(f"{post.path}/previews", json={"days": days})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/days")


async def test_a_page_has_a_past_and_links_of_its_own(anna: Site) -> None:
    async with anna.client(Role.OWNER) as client:
        page = (await client.post(PAGES, json={"title": "About", "body": "Me."})).json()
        listed = await client.get(f"{PAGES}/{page['id']}/revisions")
        among_posts = await client.get(f"{POSTS}/{page['id']}/revisions")
        made = await client.post(f"{PAGES}/{page['id']}/previews")

    assert [item["number"] for item in listed.json()["items"]] == [1]
    assert among_posts.status_code == 404
    assert made.status_code == 201


@pytest.mark.parametrize("rest", ["revisions/7", "revisions/x", "revisions/99999999999", "comparison?old=7"])
async def test_a_state_that_never_was_is_not_found(anna: Site, rest: str) -> None:
    post = await made_post(anna)
    async with anna.client(Role.OWNER) as client:
        assert (await client.get(f"{post.path}/{rest}")).status_code == 404


@pytest.mark.parametrize("rest", ["comparison", "comparison?old=0", "comparison?old=x", "revisions?cursor=x"])
async def test_what_makes_no_sense_is_refused(anna: Site, rest: str) -> None:
    post = await made_post(anna)
    async with anna.client(Role.OWNER) as client:
        assert (await client.get(f"{post.path}/{rest}")).status_code in (400, 422)


@pytest.mark.parametrize(
    ("role", "status"), [(None, 401), (Role.MODERATOR, 403), (Role.AUTHOR, 403), (Role.VIEWER, 200)]
)
async def test_the_past_is_for_those_who_see_what_is_not_public(anna: Site, role: Role | None, status: int) -> None:
    post = await made_post(anna, is_public=True)
    async with anna.client(role) as client:
        for rest in ("revisions", "revisions/1", "comparison?old=1"):
            assert (await client.get(f"{post.path}/{rest}")).status_code == status


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.AUTHOR, 403)])
async def test_only_who_may_changes_what_another_wrote(anna: Site, role: Role | None, status: int) -> None:
    post = await made_post(anna)
    async with anna.client(role) as client:
        assert (await client.post(f"{post.path}/revisions/1/restoration")).status_code == status
        assert (await client.post(f"{post.path}/previews")).status_code == status
        assert (await client.get(f"{post.path}/previews")).status_code == status
