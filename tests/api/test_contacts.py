"""Messages to the people of a site, by programs."""

from secrets import token_hex
from typing import Any

import httpx
import pytest

from core.identity import Role
from core.site.entities import SECTIONS
from tests.api.house import Site
from tests.core.contacts_house import worked

MESSAGES, SETTINGS = "/api/v1/contacts/messages", "/api/v1/contacts/settings"
ANY = {"if-match": "*"}


@pytest.fixture(autouse=True)
async def _open(anna: Site) -> None:
    """Whatever others have made of the site's sections."""
    async with anna.client(Role.OWNER) as owner:
        assert (await owner.patch("/api/v1/site", headers=ANY, json={"sections": list(SECTIONS)})).status_code == 200


async def sent(site: Site, **changes: Any) -> httpx.Response:
    await site.forgive()
    words = {"name": "Vera", "email": "vera@example.org", "text": f"Words {token_hex(8)}", **changes}
    async with site.client() as client:
        return await client.post(MESSAGES, json=words)


async def test_anybody_writes_with_or_without_a_stamp(anna: Site) -> None:
    form = (await anna.client().get("/api/v1/contacts/form")).json()
    stamped = await sent(anna, stamp=form["stamp"], work=worked(form["stamp"]))
    plain = await sent(anna, telegram="@vera_k", email="")

    assert (form["is_open"], form["fields"], form["work_bits"]) == (True, [], 14)
    assert stamped.json().keys() == {"id", "received_at"}
    async with anna.client(Role.MODERATOR) as client:
        first, second = [(await client.get(answer.headers["location"])).json() for answer in (stamped, plain)]
    assert first["reasons"] == ["quick"]
    assert second["reasons"] == ["no_stamp", "no_work"]
    assert (second["telegram"], second["state"]) == ("@vera_k", "unread")


async def test_what_is_wrong_is_named(anna: Site) -> None:
    answer = await sent(anna, email="", stamp="1.x", extra={"age": "7"})
    late = await sent(anna, stamp="1.x")

    assert [error["pointer"] for error in answer.json()["errors"]] == ["/email", "/extra/age"]
    assert [error["pointer"] for error in late.json()["errors"]] == ["/stamp"]


async def test_a_repeated_post_is_one_message(anna: Site) -> None:
    word = token_hex(8)
    key = {"idempotency-key": token_hex(8)}
    async with anna.client() as client:
        words = {"name": "Vera", "email": "vera@example.org", "text": word}
        first, second = [await client.post(MESSAGES, json=words, headers=key) for _ in range(2)]

    assert (first.status_code, first.json()) == (201, second.json())
    async with anna.client(Role.OWNER) as client:
        assert len((await client.get(MESSAGES, params={"q": word})).json()["items"]) == 1


async def test_moderator_keeps_answers_deletes_and_restores(anna: Site) -> None:
    one = (await sent(anna)).headers["location"]
    async with anna.client(Role.MODERATOR) as client:
        seen = await client.get(one)
        missing = await client.patch(one, json={"note": "x"})
        changed = await client.patch(one, json={"note": "Later"}, headers={"if-match": seen.headers["etag"]})
        stale = await client.patch(one, json={"note": "x"}, headers={"if-match": seen.headers["etag"]})
        wrong = await client.patch(one, json={"assignee_id": "nobody"}, headers=ANY)
        moved = await client.post(f"{MESSAGES}/states", json={"messages": [seen.json()["id"]], "state": "read"})
        answered = await client.post(f"{one}/replies", json={"text": "Gladly."})
        too_late = await client.delete(one, headers={"if-match": seen.headers["etag"]})
        gone = await client.delete(one, headers={"if-match": answered.headers["etag"]})
        trash = await client.get(MESSAGES, params={"folder": "trash", "q": seen.json()["text"]})
        back = await client.post(f"{one}/restoration")

    assert (missing.status_code, stale.status_code, wrong.status_code, too_late.status_code) == (428, 412, 422, 412)
    assert (changed.json()["note"], changed.json()["version"], moved.json()) == ("Later", 2, {"count": 1})
    assert answered.status_code == 201
    assert (answered.json()["state"], answered.json()["replies"][0]["text"]) == ("answered", "Gladly.")
    assert (gone.status_code, len(trash.json()["items"])) == (204, 1)
    assert (back.json()["state"], back.json()["trashed_at"]) == ("answered", None)


async def test_an_address_is_disclosed_and_erased(anna: Site) -> None:
    address = f"{token_hex(6)}@example.org"
    one = (await sent(anna, email=address)).headers["location"]
    async with anna.client(Role.OWNER) as client:
        told = await client.post("/api/v1/contacts/disclosures", json={"address": address})
        erased = await client.post("/api/v1/contacts/erasures", json={"address": address})
        short = await client.post("/api/v1/contacts/erasures", json={"address": "a"})
        missing = await client.get(one)

    assert [item["email"] for item in told.json()["items"]] == [address]
    assert (erased.json(), short.status_code, missing.status_code) == ({"count": 1}, 422, 404)


async def test_owner_decides_about_the_form(anna: Site) -> None:
    wanted = {
        "is_open": False,
        "fields": [{"label": "Where do you work?"}],
        "consent": "",
        "retention_days": 30,
    }
    async with anna.client(Role.OWNER, **ANY) as client:
        before = (await client.get(SETTINGS)).json()
        put = await client.put(SETTINGS, json=wanted)
        wrong = await client.put(SETTINGS, json={**wanted, "retention_days": 1})
        closed = await sent(anna)
        for name in ("version",):
            del before[name]
        assert (await client.put(SETTINGS, json=before)).status_code == 200

    assert put.json()["fields"][0]["key"] == "where-do-you-work"
    assert [error["pointer"] for error in wrong.json()["errors"]] == ["/retention_days"]
    assert (closed.status_code, closed.json()["code"]) == (409, "contacts_closed")


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.EDITOR, 403)])
async def test_the_inbox_is_for_moderators_and_owners(anna: Site, role: Role | None, status: int) -> None:
    async with anna.client(role, **ANY) as client:
        answers = [
            await client.get(MESSAGES),
            await client.put(SETTINGS, json={}),
            await client.post("/api/v1/contacts/erasures", json={"address": "vera@example.org"}),
        ]
    assert [answer.status_code for answer in answers] == [status] * 3
