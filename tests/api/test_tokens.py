"""What programs act with, through the whole house."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from core.audit import AuditOutcome
from core.identity import Role
from db.api_tokens import ApiTokenRow
from db.audit import AuditEventRow
from db.users import SqlUserStorage, UserRow
from tests.api.house import Site
from tests.api.posts import POSTS, made_post

TOKENS = "/api/v1/tokens"
WHOAMI = "/api/v1/whoami"
DRAFTING = ["post.draft", "post.edit", "post.read_unpublished"]


def wanted(*scopes: str, days: float = 30, **more: Any) -> dict[str, Any]:
    expires_at = (datetime.now(UTC) + timedelta(days=days)).isoformat()
    return {"name": "Nightly drafts", "scopes": scopes or DRAFTING, "expires_at": expires_at, **more}


async def made(site: Site, *scopes: str, role: Role = Role.AUTHOR, **more: Any) -> dict[str, Any]:
    async with site.client(role) as client:
        answer = await client.post(TOKENS, json=wanted(*scopes, **more))
    assert answer.status_code == 201, answer.text
    token: dict[str, Any] = answer.json()
    return token


async def whoami(site: Site, token: dict[str, Any]) -> httpx.Response:
    async with site.client(token=token["token"]) as client:
        return await client.get(WHOAMI)


async def change(site: Site, token: dict[str, Any], **values: Any) -> None:
    async with site.sessions.open(site.tenant) as session:
        await session.execute(update(ApiTokenRow).where(ApiTokenRow.id == token["id"]).values(values))
        await session.commit()


async def refusals(site: Site, token_id: str) -> list[AuditEventRow]:
    async with site.sessions.open(site.tenant) as session:
        asked = select(AuditEventRow).where(
            AuditEventRow.token == token_id, AuditEventRow.outcome == AuditOutcome.REFUSED
        )
        return list((await session.scalars(asked)).all())


async def test_a_token_is_shown_once_and_acts_within_its_scopes(anna: Site) -> None:
    async with anna.client(Role.AUTHOR) as client:
        answer = await client.post(TOKENS, json=wanted())
        shown = answer.json()
        read = await client.get(answer.headers["location"])
        listed = await client.get(TOKENS)
    async with anna.client(token=shown["token"]) as client:
        drafted = await client.post(POSTS, json={"title": "By a program"})
        published = await client.put(f"{drafted.headers['location']}/publication", headers={"if-match": "*"})

    told = (await whoami(anna, shown)).json()
    assert told["token"] == {"id": shown["id"], "scopes": sorted(DRAFTING), "is_draft_only": False}
    assert (told["user"]["email"], told["session_id"]) == (anna.email(Role.AUTHOR), None)
    assert told["permissions"]["post.edit"] == "own"
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    assert shown["token"].startswith("trc_")
    assert shown["token"].endswith(shown["hint"])
    assert read.json()["user"]["email"] == anna.email(Role.AUTHOR)
    assert read.json()["scopes"] == sorted(DRAFTING)
    assert shown["token"] not in read.text + listed.text
    assert shown["id"] in [token["id"] for token in listed.json()["items"]]
    assert (drafted.status_code, published.status_code) == (201, 403)
    assert [event.action for event in await refusals(anna, shown["id"])] == ["post.publish"]


async def test_only_a_digest_is_kept(anna: Site) -> None:
    token = await made(anna)

    async with anna.sessions.open(anna.tenant) as session:
        row = (await session.scalars(select(ApiTokenRow).where(ApiTokenRow.id == token["id"]))).one()
        said = [event.after for event in (await session.scalars(select(AuditEventRow))).all()]

    assert token["token"] not in str(vars(row)) + str(said)
    assert token["token"][4:-6] not in str(vars(row))


@pytest.mark.parametrize(
    ("change_", "pointer"),
    [
        ({"scopes": ["site.edit"]}, "/scopes"),
        ({"scopes": ["nonsense"]}, "/scopes/0"),
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["post.publish"], "is_draft_only": True}, "/scopes"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": None}, "/expires_at"),
        ({"name": ""}, "/name"),
        ({"rights": "all"}, "/rights"),
    ],
)
async def test_what_cannot_be_made_is_told_by_its_field(anna: Site, change_: dict[str, Any], pointer: str) -> None:
    async with anna.client(Role.AUTHOR) as client:
        answer = await client.post(TOKENS, json=wanted() | change_)

    assert answer.status_code == 422
    assert pointer in [entry["pointer"] for entry in answer.json()["errors"]]


async def test_a_draft_only_token_changes_nothing_that_is_public(anna: Site) -> None:
    scopes = ["post.draft", "post.edit", "post.trash", "post.restore", "post.read_unpublished"]
    token = await made(anna, *scopes, role=Role.OWNER, is_draft_only=True)
    public, draft = await made_post(anna, is_public=True), await made_post(anna)

    async with anna.client(token=token["token"]) as client:
        client.headers["if-match"] = "*"
        on_public = [
            await client.patch(
                public.path, json={"title": "Changed"}, headers={"content-type": "application/merge-patch+json"}
            ),
            await client.delete(public.path),
            await client.delete(f"{public.path}/publication"),
            await client.put(f"{draft.path}/publication"),
        ]
        on_draft = await client.patch(
            draft.path, json={"title": "Changed"}, headers={"content-type": "application/merge-patch+json"}
        )
        trashed = await client.delete(draft.path)

    assert [answer.status_code for answer in on_public] == [403, 403, 403, 403]
    assert (on_draft.status_code, trashed.status_code) == (200, 204)
    async with anna.client() as client:
        assert (await client.get(public.path)).json()["title"] == public.shown["title"]


@pytest.mark.parametrize("what", ["expired", "revoked", "disabled", "another site's"])
async def test_what_is_over_is_refused_alike_and_noted(anna: Site, boris: Site, what: str) -> None:
    token, moment = await made(anna), datetime.now(UTC)
    unknown = {**token, "token": token["token"][:-1] + ("a" if token["token"][-1] != "a" else "b")}
    if what == "expired":
        await change(anna, token, expires_at=moment)
    elif what == "revoked":
        async with anna.client(Role.AUTHOR) as client:
            assert (await client.delete(f"{TOKENS}/{token['id']}")).status_code == 204
            assert (await client.get(f"{TOKENS}/{token['id']}")).status_code == 404
    elif what == "disabled":
        await _disable(anna, moment)
    site = boris if what == "another site's" else anna
    try:
        answer, stranger = await whoami(site, token), await whoami(site, unknown)
    finally:
        await _disable(anna, None)

    assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")
    alike = ("status", "code", "title", "detail", "type")
    assert [answer.json()[name] for name in alike] == [stranger.json()[name] for name in alike]
    assert answer.headers["www-authenticate"] == stranger.headers["www-authenticate"]
    noted = await refusals(anna, token["id"])
    assert [event.subject for event in noted] == ([] if site is boris else [token["id"]])


async def _disable(site: Site, at: datetime | None) -> None:
    async with site.sessions.open(site.tenant) as session:
        users = SqlUserStorage(session)
        user = await users.find_by_email(site.email(Role.AUTHOR))
        assert user is not None
        await users.save(replace(user, disabled_at=at))
        await session.commit()


async def test_rights_are_those_that_its_maker_has_now(anna: Site) -> None:
    token = await made(anna, role=Role.AUTHOR)
    author = UserRow.email == anna.email(Role.AUTHOR)

    async with anna.sessions.open(anna.tenant) as session:
        await session.execute(update(UserRow).where(author).values(role=Role.VIEWER))
        await session.commit()
    try:
        answer = await whoami(anna, token)
    finally:
        async with anna.sessions.open(anna.tenant) as session:
            await session.execute(update(UserRow).where(author).values(role=Role.AUTHOR))
            await session.commit()

    assert answer.json()["role"] == "viewer"
    assert "post.draft" not in answer.json()["permissions"]


async def test_a_token_makes_none_that_could_do_more_and_takes_them_along(anna: Site) -> None:
    parent = await made(anna, "token.create", "token.revoke", "post.draft", role=Role.AUTHOR)
    async with anna.client(token=parent["token"]) as client:
        more = await client.post(TOKENS, json=wanted("post.publish"))
        longer = await client.post(TOKENS, json=wanted("post.draft", days=31))
        child = (await client.post(TOKENS, json=wanted("post.draft", days=29))).json()
    assert (more.status_code, longer.status_code) == (422, 422)
    assert (await whoami(anna, child)).status_code == 200

    async with anna.client(Role.OWNER) as client:
        assert (await client.delete(f"{TOKENS}/{parent['id']}")).status_code == 204

    assert (await whoami(anna, child)).status_code == 401


async def test_the_same_request_sent_again_makes_one_token(anna: Site) -> None:
    body = wanted()
    async with anna.client(Role.AUTHOR) as client:
        client.headers["idempotency-key"] = body["expires_at"]
        first, again = [await client.post(TOKENS, json=body) for _ in range(2)]

    assert first.json() == again.json()


async def test_a_program_does_not_get_the_answers_of_another(anna: Site) -> None:
    """Whoever has fewer rights could otherwise ask for what the other one was told."""
    one, other = await made(anna, "post.draft"), await made(anna, "post.draft")
    located = []
    for token in (one, other):
        async with anna.client(token=token["token"]) as client:
            answer = await client.post(POSTS, json={"title": "Once each"}, headers={"idempotency-key": one["id"]})
            located.append(answer.headers["location"])

    assert located[0] != located[1]


async def test_the_tokens_of_others_are_the_owners_business(anna: Site) -> None:
    token = await made(anna, role=Role.AUTHOR)

    for role, status in ((None, 401), (Role.EDITOR, 403), (Role.OWNER, 200)):
        async with anna.client(role) as client:
            assert (await client.get(f"{TOKENS}/{token['id']}")).status_code == status
            assert (await client.get(f"{TOKENS}/{'0' * 32}")).status_code == (401 if role is None else 404)
    async with anna.client(Role.EDITOR) as client:
        assert token["id"] not in (await client.get(f"{TOKENS}?limit=100")).text
        assert (await client.delete(f"{TOKENS}/{token['id']}")).status_code == 403
    async with anna.client(Role.OWNER) as client:
        first = (await client.get(f"{TOKENS}?limit=1")).json()
        second = await client.get(f"{TOKENS}?limit=1&cursor={first['next_cursor']}")
    assert first["items"][0]["id"] != second.json()["items"][0]["id"]


async def test_no_page_takes_a_token(anna: Site) -> None:
    token = await made(anna, role=Role.OWNER)

    async with anna.client(token=token["token"], cookie=f"terrace={token['token']}") as client:
        answer = await client.get("/admin")

    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/login")
