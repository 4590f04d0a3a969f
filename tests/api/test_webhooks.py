"""Webhooks through the whole house, to a real receiver on this machine."""

import json
from collections.abc import AsyncIterator
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from standardwebhooks import Webhook

from config.webhook_settings import WebhookSettings
from core.identity import Role
from db.audit import AuditEventRow
from entrypoints.runner.running import Runner
from ioc.runner_at_hand import runner_container
from tests.api.house import House, Site
from tests.api.posts import POSTS
from tests.fixtures.receiver import Receiver, receiving
from tests.fixtures.statements import statements

WEBHOOKS = "/api/v1/webhooks"
ANY = {"if-match": "*"}


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as found:
        found.url = found.url.replace("127.0.0.1", "localhost")
        yield found


@pytest.fixture(scope="module")
async def runner(house: House) -> AsyncIterator[Runner]:
    webhooks = WebhookSettings(allow_loopback=True)
    container = runner_container(house.settings.model_copy(update={"webhooks": webhooks}))
    yield await container.get(Runner)
    await container.close()


async def made(site: Site, url: str, *events: str) -> dict[str, Any]:
    await site.forgive()
    async with site.client(Role.OWNER) as client:
        answer = await client.post(WEBHOOKS, json={"url": url, "events": events or ("post.published",)})
    assert answer.status_code == 201, answer.text
    webhook: dict[str, Any] = answer.json()
    return webhook


async def ended(site: Site, webhook: dict[str, Any]) -> None:
    async with site.client(Role.OWNER) as client:
        assert (await client.delete(f"{WEBHOOKS}/{webhook['id']}")).status_code == 204


async def told(site: Site, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    async with site.client(Role.OWNER) as client:
        answer = await client.get(f"{WEBHOOKS}/{webhook['id']}/deliveries")
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def publish(site: Site, title: str = "News") -> str:
    async with site.client(Role.OWNER) as client:
        drafted = await client.post(POSTS, json={"title": title, "slug": f"news-{token_hex(4)}", "body": "Words."})
        publication = f"{drafted.headers['location']}/publication"
        assert (await client.put(publication, headers=ANY)).status_code == 200
    return str(drafted.json()["id"])


def verified(webhook: dict[str, Any], headers: dict[str, str], body: str) -> Any:
    """What a receiver makes of it, by what it was given when the webhook was made."""
    return Webhook(webhook["secret"]).verify(body, headers)


async def test_a_published_post_reaches_whoever_subscribed(anna: Site, receiver: Receiver, runner: Runner) -> None:
    webhook = await made(anna, f"{receiver.url}/hook")
    deaf = await made(anna, f"{receiver.url}/deaf", "user.joined")
    post_id = await publish(anna, "Ёж & co")
    await runner.run_due()

    ((path, body, headers),) = receiver.heard
    (delivery,) = await told(anna, webhook)
    assert path == "/hook"
    event = verified(webhook, headers, body)
    assert (event["type"], event["data"]["id"], event["data"]["title"]) == ("post.published", post_id, "Ёж & co")
    assert (delivery["body"], delivery["event_id"], delivery["state"]) == (body, headers["webhook-id"], "done")
    assert [(one["status"], one["body"], one["trouble"]) for one in delivery["answers"]] == [(200, "heard", "")]
    assert await told(anna, deaf) == []
    for one in (webhook, deaf):
        await ended(anna, one)


async def test_a_message_reaches_the_owner_by_webhook(anna: Site, receiver: Receiver, runner: Runner) -> None:
    webhook = await made(anna, receiver.url, "message.received")
    async with anna.client() as visitor:
        words = {"name": "Vera", "email": "vera@example.org", "text": f"Would you speak at our {token_hex(4)}?"}
        sent = await visitor.post("/api/v1/contacts/messages", json=words)
    await runner.run_due()
    await ended(anna, webhook)

    assert sent.status_code == 201, sent.text
    ((_, body, _),) = receiver.heard
    assert json.loads(body)["data"] == {"id": sent.json()["id"], "has_email": True}


async def test_a_test_event_and_the_same_once_more(anna: Site, receiver: Receiver, runner: Runner) -> None:
    webhook = await made(anna, receiver.url)
    async with anna.client(Role.OWNER) as client:
        sent = await client.post(f"{WEBHOOKS}/{webhook['id']}/tests")
        waiting = await client.post(f"{sent.headers['location']}/redelivery")
        await runner.run_due()
        again = await client.post(f"{sent.headers['location']}/redelivery")
        await runner.run_due()
        read = await client.get(sent.headers["location"])
    await ended(anna, webhook)

    assert (sent.status_code, sent.json()["type"], sent.json()["state"]) == (201, "webhook.test", "waiting")
    assert (waiting.status_code, waiting.json()["code"]) == (409, "delivery_waiting")
    assert (again.status_code, again.json()["attempts"]) == (200, 0)
    assert len({headers["webhook-id"] for _, _, headers in receiver.heard}) == 1
    assert len(receiver.heard) == len(read.json()["answers"]) == 2


async def test_while_a_secret_is_rotated_both_sign(anna: Site, receiver: Receiver, runner: Runner) -> None:
    webhook = await made(anna, receiver.url)
    async with anna.client(Role.OWNER) as client:
        rotated = await client.post(f"{WEBHOOKS}/{webhook['id']}/secret", headers={"if-match": '"1-json"'})
        stale = await client.post(f"{WEBHOOKS}/{webhook['id']}/secret", headers={"if-match": '"1-json"'})
        await client.post(f"{WEBHOOKS}/{webhook['id']}/tests")
        await runner.run_due()
        listed = await client.get(WEBHOOKS)
    await ended(anna, webhook)

    ((_, body, headers),) = receiver.heard
    assert (rotated.status_code, rotated.headers["cache-control"], stale.status_code) == (201, "no-store", 412)
    assert verified(rotated.json(), headers, body) == verified(webhook, headers, body)
    assert len(headers["webhook-signature"].split(" ")) == 2
    assert not [secret for secret in (webhook["secret"], rotated.json()["secret"]) if secret in listed.text]


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest/meta-data", "http://[::ffff:a9fe:a9fe]/"])
async def test_a_redirect_inside_is_refused_and_stands_in_the_log(
    anna: Site, receiver: Receiver, runner: Runner, target: str
) -> None:
    webhook = await made(anna, f"{receiver.url}/307/there?to={target}")
    async with anna.client(Role.OWNER) as client:
        await client.post(f"{WEBHOOKS}/{webhook['id']}/tests")
    await runner.run_due()
    (delivery,) = await told(anna, webhook)
    await ended(anna, webhook)
    async with anna.sessions.open(anna.tenant) as session:
        asked = select(AuditEventRow).where(AuditEventRow.subject == webhook["id"], AuditEventRow.outcome == "refused")
        (refused,) = (await session.scalars(asked)).all()

    assert [(one["status"], one["trouble"]) for one in delivery["answers"]] == [(None, "private")]
    assert (delivery["state"], len(receiver.heard)) == ("waiting", 1)
    assert (refused.action, refused.after, refused.label) == (
        "delivery.send",
        {"reason": "private_target"},
        webhook["url"],
    )


async def test_a_private_target_is_no_target(anna: Site) -> None:
    async with anna.client(Role.OWNER) as client:
        answer = await client.post(WEBHOOKS, json={"url": "https://10.0.0.1/", "events": ["post.published", "x"]})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/url", "/events/1"]


async def test_changing_and_pausing(anna: Site, boris: Site, receiver: Receiver, runner: Runner) -> None:
    webhook = await made(anna, receiver.url)
    one = f"{WEBHOOKS}/{webhook['id']}"
    async with anna.client(Role.OWNER) as client:
        bare = await client.patch(one, json={"is_active": False})
        paused = await client.patch(one, json={"is_active": False}, headers={"if-match": '"1-json"'})
        stale = await client.patch(one, json={"description": "x"}, headers={"if-match": '"1-json"'})
        silent = await client.post(f"{one}/tests")
        read = await client.get(one)
    await publish(anna)
    await runner.run_due()
    async with boris.client(Role.OWNER) as stranger, anna.client(Role.EDITOR) as editor:
        foreign = [await stranger.get(one), await stranger.get(f"{one}/deliveries")]
        refused = await editor.get(WEBHOOKS)

    assert (bare.status_code, paused.status_code, stale.status_code) == (428, 200, 412)
    assert (paused.json()["is_active"], paused.json()["version"], read.json()) == (False, 2, paused.json())
    assert (silent.status_code, silent.json()["code"]) == (409, "webhook_paused")
    assert (await told(anna, webhook), receiver.heard) == ([], [])
    assert [answer.status_code for answer in foreign] == [404, 404]
    assert refused.status_code == 403
    await ended(anna, webhook)


async def test_telling_costs_one_statement_however_many_listen(house: House, anna: Site) -> None:
    engine = await house.container.get(AsyncEngine)

    async def counted() -> tuple[int, int]:
        with statements(engine) as sent:
            await publish(anna)
        return len(sent), len([one for one in sent if "webhook_deliveries" in one])

    alone = await counted()
    listening = [await made(anna, f"https://receiver.example/{number}") for number in range(3)]
    crowded = await counted()
    for webhook in listening:
        await ended(anna, webhook)

    assert (alone[1], crowded[1]) == (1, 1)
    assert crowded[0] == alone[0]
