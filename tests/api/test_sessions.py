from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from core.identity import Role
from db.audit import AuditEventRow
from tests.api.house import PASSWORD, Site

SESSIONS = "/api/v1/sessions"


async def test_signing_in_gives_a_pair_of_tokens(anna: Site) -> None:
    credentials = {"email": anna.email(Role.AUTHOR).upper(), "password": PASSWORD}
    async with anna.client() as client:
        answer = await client.post(SESSIONS, json=credentials, headers={"user-agent": "a program"})
        tokens = answer.json()
        bearer = {"authorization": f"bearer {tokens['access_token']}"}
        whoami = await client.get("/api/v1/whoami", headers=bearer)
        session = await client.get(answer.headers["location"], headers=bearer)

    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["location"] == f"{SESSIONS}/{tokens['id']}"
    assert "set-cookie" not in answer.headers
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 900)
    assert datetime.fromisoformat(tokens["refresh_expires_at"]) > datetime.fromisoformat(tokens["access_expires_at"])
    assert whoami.json()["session_id"] == tokens["id"]
    assert session.json()["kind"] == "api"
    assert session.json()["user_agent"] == "a program"
    assert session.json()["is_current"] is True


@pytest.mark.parametrize("email", ["nobody@anna.example", "author@anna.example"])
async def test_a_wrong_password_and_an_unknown_user_are_the_same(anna: Site, email: str) -> None:
    async with anna.client() as client:
        answer = await client.post(SESSIONS, json={"email": email, "password": "wrong wrong wrong"})

    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert answer.headers["www-authenticate"] == 'Bearer realm="anna.localhost"'


async def test_guessing_ends_with_a_time_to_wait(anna: Site) -> None:
    async with anna.client() as client:
        answers = [
            await client.post(SESSIONS, json={"email": "guessed@anna.example", "password": "wrong wrong wrong"})
            for _ in range(11)
        ]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert answers[-1].json()["code"] == "too_many"
    assert 0 < int(answers[-1].headers["retry-after"]) <= 900


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/email"),
        ({"email": "a@b.example"}, "/password"),
        ({"email": 1, "password": "x"}, "/email"),
        ({"email": "a@b.example", "password": "x", "remember": True}, "/remember"),
    ],
)
async def test_credentials_have_two_fields(anna: Site, body: dict[str, Any], pointer: str) -> None:
    async with anna.client() as client:
        answer = await client.post(SESSIONS, json=body)

    assert answer.status_code == 422
    assert pointer in [entry["pointer"] for entry in answer.json()["errors"]]
    assert "a@b.example" not in answer.text


async def test_a_refresh_gives_a_new_pair_of_the_same_session(anna: Site) -> None:
    tokens = await anna.sign_in(Role.AUTHOR)

    async with anna.client() as client:
        answer = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": tokens["refresh_token"]})
        again = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": tokens["refresh_token"]})
    async with anna.client(token=answer.json()["access_token"]) as client:
        whoami = await client.get("/api/v1/whoami")

    assert answer.status_code == 200
    assert answer.json()["id"] == tokens["id"]
    assert answer.json()["refresh_token"] != tokens["refresh_token"]
    assert again.status_code == 200
    assert whoami.status_code == 200


async def test_a_refresh_token_used_up_long_ago_ends_the_session(anna: Site) -> None:
    tokens = await anna.sign_in(Role.AUTHOR)
    first = tokens["refresh_token"]

    async with anna.client() as client:
        second = (await client.post(f"{SESSIONS}/refresh", json={"refresh_token": first})).json()["refresh_token"]
        third = (await client.post(f"{SESSIONS}/refresh", json={"refresh_token": second})).json()
        stolen = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": first})
    async with anna.client(token=third["access_token"]) as client:
        whoami = await client.get("/api/v1/whoami")

    assert (stolen.status_code, stolen.json()["code"]) == (401, "session_ended")
    assert whoami.status_code == 401
    async with anna.sessions.open(anna.tenant) as session:
        asked = select(AuditEventRow).where(AuditEventRow.action == "session.refresh").order_by(AuditEventRow.at)
        noted = await session.scalars(asked)
        assert [(event.outcome, event.request_id) for event in noted][-1:] == [
            ("refused", stolen.headers["x-request-id"])
        ]


async def test_a_member_lists_her_sessions_and_ends_all_others(anna: Site) -> None:
    here, there = await anna.sign_in(Role.MODERATOR), await anna.sign_in(Role.MODERATOR)

    async with anna.client(token=here["access_token"]) as client:
        listed = (await client.get(SESSIONS)).json()
        others = await client.delete(SESSIONS)
        left = (await client.get(SESSIONS)).json()["items"]
    async with anna.client(token=there["access_token"]) as client:
        ended = await client.get("/api/v1/whoami")
    anna.tokens[Role.MODERATOR] = here["access_token"]

    assert {here["id"], there["id"]} <= {session["id"] for session in listed["items"]}
    assert listed["next_cursor"] is None
    assert [session["id"] for session in listed["items"] if session["is_current"]] == [here["id"]]
    assert others.status_code == 204
    assert [session["id"] for session in left] == [here["id"]]
    assert ended.status_code == 401


@pytest.mark.parametrize("token", ["", "nonsense", "v4.local.nonsense"])
async def test_what_is_no_refresh_token_gives_nothing(anna: Site, token: str) -> None:
    async with anna.client() as client:
        answer = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": token})

    assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")


async def test_neither_token_passes_as_the_other(anna: Site) -> None:
    tokens = await anna.sign_in(Role.AUTHOR)

    async with anna.client(token=tokens["refresh_token"]) as client:
        as_access = await client.get("/api/v1/whoami")
    async with anna.client() as client:
        as_refresh = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": tokens["access_token"]})

    assert (as_access.status_code, as_refresh.status_code) == (401, 401)


async def test_a_session_that_was_ended_is_worth_nothing(anna: Site) -> None:
    tokens = await anna.sign_in(Role.AUTHOR)

    async with anna.client(token=tokens["access_token"]) as client:
        ended = await client.delete(f"{SESSIONS}/{tokens['id']}")
        after = await client.get("/api/v1/whoami")
    async with anna.client() as client:
        refreshed = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": tokens["refresh_token"]})

    assert (ended.status_code, ended.content) == (204, b"")
    assert (after.status_code, refreshed.status_code) == (401, 401)


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.EDITOR, 403), (Role.OWNER, 200)])
async def test_the_sessions_of_others_are_the_owners_business(
    anna: Site, method: str, role: Role | None, status: int
) -> None:
    session = (await anna.sign_in(Role.AUTHOR))["id"]

    async with anna.client(role) as client:
        answer = await client.request(method, f"{SESSIONS}/{session}")
        unknown = await client.request(method, f"{SESSIONS}/{'0' * 32}")

    assert answer.status_code == (204 if status == 200 and method == "DELETE" else status)
    assert unknown.status_code == (401 if role is None else 404)
