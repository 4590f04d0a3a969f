from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import made_post


async def test_publishing_and_withdrawing(anna: Site) -> None:
    post = await made_post(anna, by=Role.AUTHOR)
    publication = f"{post.path}/publication"

    async with anna.client(Role.AUTHOR) as client:
        published = await client.put(publication, headers={"if-match": post.tag})
        again = await client.put(publication, headers={"if-match": published.headers["etag"]})
        withdrawn = await client.delete(publication, headers={"if-match": published.headers["etag"]})
        stands = await client.get(post.path)

    assert (published.status_code, published.json()["status"]) == (200, "published")
    assert published.headers["etag"] == '"2-json"'
    assert (again.status_code, again.json()) == (200, published.json())
    assert (withdrawn.status_code, withdrawn.content, withdrawn.headers["etag"]) == (204, b"", '"3-json"')
    assert stands.json()["status"] == "withdrawn"


async def test_a_date_to_come_schedules(anna: Site) -> None:
    post = await made_post(anna)
    moment = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
    local = moment.astimezone().isoformat()

    async with anna.client(Role.OWNER) as client:
        answer = await client.put(
            f"{post.path}/publication", json={"published_at": local}, headers={"if-match": post.tag}
        )
        edited = await client.patch(
            post.path, json={"title": "By its tag"}, headers={"if-match": answer.headers["etag"]}
        )
    async with anna.client() as visitor:
        hidden = await visitor.get(post.path)

    assert answer.json()["status"] == "scheduled"
    assert answer.json()["published_at"] == moment.isoformat().replace("+00:00", "Z")
    assert answer.headers["etag"] == '"2-json.scheduled"'
    assert edited.status_code == 200
    assert hidden.status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"published_at": "tomorrow"},
        {"published_at": 1790000000},
        {"published_at": "2026-03-01"},
        {"published_at": "2026-03-01T09:00:00"},
        {"published_at": "0001-01-01T00:00:00+14:00"},
        {"publish_at": "2026-03-01T09:00:00Z"},
    ],
)
async def test_a_date_that_is_none_is_refused(anna: Site, body: dict[str, Any]) -> None:
    post = await made_post(anna)

    async with anna.client(Role.OWNER) as client:
        answer = await client.put(f"{post.path}/publication", json=body, headers={"if-match": "*"})

    assert answer.status_code == 422
    assert [entry["pointer"] for entry in answer.json()["errors"]] == [f"/{next(iter(body))}"]


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 401), (Role.VIEWER, 403), (Role.CONTRIBUTOR, 403), (Role.AUTHOR, 403), (Role.EDITOR, 200)],
)
async def test_only_who_may_publishes_the_post_of_another(anna: Site, role: Role | None, status: int) -> None:
    post = await made_post(anna)

    async with anna.client(role) as client:
        answer = await client.put(f"{post.path}/publication", headers={"if-match": "*"})

    assert answer.status_code == status


@pytest.mark.parametrize(("match", "status"), [(None, 428), ('"7-json"', 412)])
async def test_publishing_names_the_version(anna: Site, match: str | None, status: int) -> None:
    post = await made_post(anna)

    async with anna.client(Role.OWNER) as client:
        answer = await client.put(f"{post.path}/publication", headers={"if-match": match} if match else {})

    assert answer.status_code == status


async def test_a_post_that_is_not_ready_says_what_is_missing(anna: Site) -> None:
    post = await made_post(anna, title="", body="", slug=f"bare-{token_hex(4)}")

    async with anna.client(Role.OWNER) as client:
        answer = await client.put(f"{post.path}/publication", headers={"if-match": "*"})

    assert (answer.status_code, answer.json()["code"]) == (409, "not_ready")
    assert {entry["pointer"] for entry in answer.json()["errors"]} == {"/title", "/body"}
