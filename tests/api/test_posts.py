import asyncio
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

import httpx
import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import POSTS, made_post

NOBODY = "0" * 32


async def test_a_new_post_is_a_draft_of_its_writer(anna: Site) -> None:
    async with anna.client(Role.CONTRIBUTOR) as client:
        answer = await client.post(
            POSTS, json={"title": "Čtvrtý день", "body": "**Bold**", "tags": ["Go", "go", "PostgreSQL"]}
        )
        again = await client.get(answer.headers["location"])

    post = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{POSTS}/{post['id']}"
    assert answer.headers["etag"] == '"1-json"'
    assert post["status"] == "draft"
    assert post["lang"] == "en"
    assert post["tags"] == ["go", "postgresql"]
    assert "<strong>Bold</strong>" in post["html"]
    assert post["author"]["name"] == "Contributor of anna"
    assert post["published_at"] is None
    assert post["url"] == f"{anna.url}/blog/{post['slug']}"
    assert datetime.fromisoformat(post["created_at"]).tzinfo == UTC
    assert post["created_at"].endswith("Z")
    assert again.json() == post


async def test_without_a_language_a_post_is_in_that_of_the_site(boris: Site) -> None:
    assert (await made_post(boris)).shown["lang"] == "ru"


@pytest.mark.parametrize(
    ("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.MODERATOR, 403)], ids=["visitor", "viewer", "moderator"]
)
async def test_who_may_not_write_is_told_so(anna: Site, role: Role | None, status: int) -> None:
    async with anna.client(role) as client:
        answer = await client.post(POSTS, json={"title": "No"})

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert ("www-authenticate" in answer.headers) is (status == 401)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/title"),
        ({"title": 5}, "/title"),
        ({"title": None}, "/title"),
        ({"title": "x" * 201}, "/title"),
        ({"title": "x", "slug": "Not a slug"}, "/slug"),
        ({"title": "x", "slug": "tags"}, "/slug"),
        ({"title": "x", "lang": "xx"}, "/lang"),
        ({"title": "x", "tags": "go"}, "/tags"),
        ({"title": "x", "tags": [1]}, "/tags/0"),
        ({"title": "x", "tags": ["!!"]}, "/tags"),
        ({"title": "x", "tags": [str(n) for n in range(13)]}, "/tags"),
        ({"title": "x", "description": "x" * 501}, "/description"),
        ({"title": "x", "body": "x" * 500_001}, "/body"),
        ({"title": "x", "html": "<p>"}, "/html"),
        ({"title": "x", "a/b~c.d": 1}, "/a~1b~0c.d"),
        ([], ""),
        ("text", ""),
    ],
)
async def test_what_cannot_be_accepted_is_named_by_pointers(anna: Site, body: Any, pointer: str) -> None:
    async with anna.client(Role.AUTHOR) as client:
        answer = await client.post(POSTS, json=body)

    problem = answer.json()
    assert answer.status_code == 422
    assert problem["code"] == "invalid"
    assert [entry["pointer"] for entry in problem["errors"]] == [pointer]
    assert problem["errors"][0]["detail"]


async def test_an_address_in_use_is_refused(anna: Site) -> None:
    slug = f"slug-{token_hex(4)}"
    await made_post(anna, slug=slug)

    async with anna.client(Role.OWNER) as client:
        answer = await client.post(POSTS, json={"title": "Second", "slug": slug})

    assert answer.status_code == 422
    assert answer.json()["code"] == "slug_taken"
    assert answer.json()["errors"][0]["pointer"] == "/slug"


async def test_visitors_read_what_is_published_and_nothing_else(anna: Site) -> None:
    draft, public = await made_post(anna), await made_post(anna, is_public=True)

    async with anna.client() as client:
        hidden, seen = await client.get(draft.path), await client.get(public.path)

    assert hidden.status_code == 404
    assert seen.status_code == 200
    assert seen.json() == public.shown


@pytest.mark.parametrize(
    ("role", "status"), [(Role.VIEWER, 200), (Role.CONTRIBUTOR, 404), (Role.MODERATOR, 404), (Role.EDITOR, 200)]
)
async def test_a_draft_of_another_shows_to_those_who_may(anna: Site, role: Role, status: int) -> None:
    draft = await made_post(anna)

    async with anna.client(role) as client:
        assert (await client.get(draft.path)).status_code == status


@pytest.mark.parametrize("known", ['"2-json"', 'W/"2-json"', '"9-json", "2-json"', "*"])
async def test_what_the_client_has_already_is_not_sent_again(anna: Site, known: str) -> None:
    public = await made_post(anna, is_public=True)

    async with anna.client() as client:
        answer = await client.get(public.path, headers={"if-none-match": known})
        changed = await client.get(public.path, headers={"if-none-match": '"1-json"'})

    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", public.tag)
    assert changed.status_code == 200


async def test_head_says_what_get_would(anna: Site) -> None:
    public = await made_post(anna, is_public=True)

    async with anna.client() as client:
        whole, head = await client.get(public.path), await client.head(public.path)

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == whole.headers["etag"]
    assert head.headers["content-length"] == whole.headers["content-length"]


async def test_a_list_goes_on_where_its_link_leads(anna: Site) -> None:
    tag = f"tag-{token_hex(4)}"
    made = [(await made_post(anna, is_public=True, tags=[tag])).id for _ in range(5)]

    async with anna.client() as client:
        answer: httpx.Response | None = await client.get(POSTS, params={"tag": tag, "limit": 2})
        found, sizes = [], []
        while answer is not None:
            assert answer.status_code == 200
            found += [post["id"] for post in answer.json()["items"]]
            sizes.append(len(answer.json()["items"]))
            following = answer.links.get("next")
            assert (following is None) is (answer.json()["next_cursor"] is None)
            answer = await client.get(following["url"]) if following else None

    assert found == made[::-1]
    assert sizes == [2, 2, 1]


async def test_lists_are_filtered(anna: Site) -> None:
    word = f"word{token_hex(4)}"
    english = await made_post(anna, is_public=True, title=f"{word} one", lang="en", slug=f"{word}-one")
    russian = await made_post(anna, is_public=True, body=f"{word} two", lang="ru")
    draft = await made_post(anna, title=f"{word} three")

    async with anna.client(Role.EDITOR) as client:

        async def ids(**query: str) -> list[str]:
            answer = await client.get(POSTS, params=query)
            assert answer.status_code == 200, answer.text
            return sorted(post["id"] for post in answer.json()["items"])

        assert await ids(q=word) == sorted([english.id, russian.id])
        assert await ids(q=word, lang="ru") == [russian.id]
        assert await ids(slug=f"{word}-one") == [english.id]
        assert await ids(q=word, status="draft") == [draft.id]
        assert await ids(q=word, status="any") == sorted([english.id, russian.id, draft.id])


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.MODERATOR, 403), (Role.VIEWER, 200)])
async def test_lists_of_what_is_not_public_need_the_right(anna: Site, role: Role | None, status: int) -> None:
    async with anna.client(role) as client:
        assert (await client.get(POSTS, params={"status": "draft"})).status_code == status


async def test_who_sees_only_her_own_drafts_lists_only_those(anna: Site) -> None:
    word = f"word{token_hex(4)}"
    await made_post(anna, title=word)
    own = await made_post(anna, by=Role.CONTRIBUTOR, title=word)

    async with anna.client(Role.CONTRIBUTOR) as client:
        answer = await client.get(POSTS, params={"status": "any", "q": word})

    assert [post["id"] for post in answer.json()["items"]] == [own.id]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"status": "public"}, "status"),
        ({"cursor": "made-up"}, "cursor"),
    ],
)
async def test_unusable_parameters_are_named(anna: Site, query: dict[str, str], parameter: str) -> None:
    async with anna.client() as client:
        answer = await client.get(POSTS, params=query)

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_parameter"
    assert [entry["parameter"] for entry in answer.json()["errors"]] == [parameter]


async def test_a_list_that_did_not_change_is_not_sent_again(anna: Site) -> None:
    tag = f"tag-{token_hex(4)}"
    await made_post(anna, is_public=True, tags=[tag])

    async with anna.client() as client:
        first = await client.get(POSTS, params={"tag": tag})
        same = await client.get(POSTS, params={"tag": tag}, headers={"if-none-match": first.headers["etag"]})
        await made_post(anna, is_public=True, tags=[tag])
        other = await client.get(POSTS, params={"tag": tag}, headers={"if-none-match": first.headers["etag"]})

    assert (same.status_code, other.status_code) == (304, 200)


async def test_put_replaces_the_text(anna: Site) -> None:
    post = await made_post(anna, by=Role.AUTHOR, tags=["one"], description="Before")

    async with anna.client(Role.AUTHOR) as client:
        answer = await client.put(post.path, json={"title": "After", "body": "New"}, headers={"if-match": post.tag})
        same = await client.put(
            post.path, json={"title": "After", "body": "New"}, headers={"if-match": answer.headers["etag"]}
        )

    shown = answer.json()
    assert answer.status_code == 200
    assert (shown["title"], shown["description"], shown["tags"]) == ("After", "", [])
    assert shown["slug"] == post.shown["slug"]
    assert answer.headers["etag"] == '"2-json"'
    assert (same.status_code, same.headers["etag"]) == (200, '"2-json"')


async def test_patch_changes_what_it_names(anna: Site) -> None:
    post = await made_post(anna, by=Role.AUTHOR, tags=["one"], description="Stays not", body="Stays")

    async with anna.client(Role.AUTHOR) as client:
        answer = await client.patch(
            post.path,
            content=b'{"title": "New", "description": null}',
            headers={"if-match": post.tag, "content-type": "application/merge-patch+json"},
        )

    shown = answer.json()
    assert answer.status_code == 200
    assert (shown["title"], shown["description"], shown["body"], shown["tags"]) == ("New", "", "Stays", ["one"])


@pytest.mark.parametrize(
    ("patch", "pointer"), [({"title": None}, "/title"), ({"version": 7}, "/version"), ({"tags": {"a": 1}}, "/tags")]
)
async def test_a_patch_must_leave_something_usable(anna: Site, patch: dict[str, Any], pointer: str) -> None:
    post = await made_post(anna)

    async with anna.client(Role.OWNER) as client:
        answer = await client.patch(post.path, json=patch, headers={"if-match": "*"})

    assert answer.status_code == 422
    assert [entry["pointer"] for entry in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize(
    ("match", "status"),
    [
        (None, 428),
        ('"7-json"', 412),
        ('W/"1-json"', 412),
        ('"nonsense"', 412),
        ("nonsense", 412),
        ('"1-json"', 200),
        ('"1-html"', 200),
        ('"1-json", "7-json"', 412),
        ("*", 200),
    ],
)
async def test_changes_name_the_version_they_change(anna: Site, method: str, match: str | None, status: int) -> None:
    post = await made_post(anna)
    headers = {"if-match": match} if match else {}

    async with anna.client(Role.OWNER) as client:
        answer = await client.request(method, post.path, json={"title": "Changed"}, headers=headers)
        stands = (await client.get(post.path)).json()

    assert answer.status_code == status
    assert (stands["title"] == "Changed") is (status == 200)
    if status == 412:
        assert answer.json()["code"] == "stale_version"
        assert answer.headers["etag"] == post.tag


@pytest.mark.parametrize(
    ("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.MODERATOR, 403), (Role.AUTHOR, 403), (Role.EDITOR, 200)]
)
async def test_only_who_may_changes_the_post_of_another(anna: Site, role: Role | None, status: int) -> None:
    post = await made_post(anna, is_public=True)

    async with anna.client(role) as client:
        answer = await client.put(post.path, json={"title": "Mine", "body": "x"}, headers={"if-match": "*"})

    assert answer.status_code == status


async def test_a_contributor_cannot_change_what_became_public(anna: Site) -> None:
    post = await made_post(anna, by=Role.CONTRIBUTOR)
    async with anna.client(Role.EDITOR) as editor:
        assert (await editor.put(f"{post.path}/publication", headers={"if-match": "*"})).status_code == 200

    async with anna.client(Role.CONTRIBUTOR) as client:
        answer = await client.put(post.path, json={"title": "Mine", "body": "x"}, headers={"if-match": "*"})

    assert answer.status_code == 403


@pytest.mark.parametrize(("match", "status"), [(None, 204), ('"1-json"', 204), ("*", 204), ('"2-json"', 412)])
async def test_delete_takes_a_version(anna: Site, match: str | None, status: int) -> None:
    post = await made_post(anna)

    async with anna.client(Role.OWNER) as client:
        answer = await client.delete(post.path, headers={"if-match": match} if match else {})

    assert (answer.status_code, answer.status_code == 204 and answer.content) in [(status, b""), (status, False)]


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.AUTHOR, 403), (Role.EDITOR, 204)])
async def test_only_who_may_deletes_the_post_of_another(anna: Site, role: Role | None, status: int) -> None:
    post = await made_post(anna, is_public=True)

    async with anna.client(role) as client:
        assert (await client.delete(post.path)).status_code == status
    async with anna.client() as visitor:
        assert (await visitor.get(post.path)).status_code == (404 if status == 204 else 200)


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("post_id", [NOBODY, "x", "%F0%9F%A6%8A", "a" * 3000])
async def test_an_id_that_is_not_there_is_not_found(anna: Site, method: str, post_id: str) -> None:
    async with anna.client(Role.OWNER) as client:
        body = {"json": {"title": "x"}} if method in ("PUT", "PATCH") else {}
        answer = await client.request(method, f"{POSTS}/{post_id}", headers={"if-match": "*"}, **body)  # type: ignore[arg-type]  # httpx's own spelling of a body

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


async def test_posts_of_one_title_written_at_once_all_find_an_address(anna: Site) -> None:
    title = f"Rush {token_hex(4)}"

    async with anna.client(Role.AUTHOR) as client:
        answers = await asyncio.gather(*(client.post(POSTS, json={"title": title}) for _ in range(4)))

    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["slug"] for answer in answers}) == 4
