from datetime import timedelta

import pytest

from core.access import Action
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from core.mail import LetterKind
from core.tasks import MOST_ATTEMPTS, Task, TaskKind, TaskTaken
from core.webhooks.deliveries import KEPT, Delivery, DeliveryId, DeliveryState, Reply, Trouble
from core.webhooks.entities import FAILS_FOR, FIRST_REST, Webhook
from core.webhooks.use_cases.deliver_webhook import DeliverWebhook
from tests.core.makers import NOW
from tests.core.webhooks_house import ID, SECRET, URL, WebhooksHouse

FIRST = DeliveryId("first")
NO = Reply(status=500, body="no", ms=3)
SILENT = Reply(ms=10_000, trouble=Trouble.TIMEOUT)


async def delivered(house: WebhooksHouse) -> tuple[Delivery, Webhook]:
    """After the runner's next try."""
    task = house.is_asked_to_deliver()
    house.admits(Role.OPERATOR)
    await house.make(DeliverWebhook)(task)
    return house.kept(house.deliveries)[FIRST], house.kept(house.webhooks)[ID]


def following(house: WebhooksHouse, kind: TaskKind = TaskKind.DELIVER_WEBHOOK) -> list[Task]:
    return [task for task in house.kept(house.tasks).values() if task.kind is kind]


async def test_a_receiver_is_told_once_with_a_signature(house: WebhooksHouse) -> None:
    house.has_webhook(failing_since=NOW - timedelta(hours=1))
    made = house.has_delivery()

    done, webhook = await delivered(house)

    ((url, body, headers),) = house.courier.sent
    stamp = int(NOW.timestamp())
    assert (url, body) == (URL, made.body)
    assert headers == {
        "webhook-id": "msg_first",
        "webhook-timestamp": str(stamp),
        "webhook-signature": house.signatures.sign(SECRET, event_id="msg_first", at=NOW, body=made.body),
    }
    assert (done.state, done.attempts, done.next_at) == (DeliveryState.DONE, 1, None)
    assert [(one.at, one.reply.status) for one in done.answers] == [(NOW, 204)]
    assert webhook.failing_since is None
    assert following(house) == []
    assert [task.due_at for task in following(house, TaskKind.EXPIRE_DELIVERIES)] == [NOW + KEPT]
    assert house.transaction.rests == 1


async def test_both_secrets_sign_while_one_takes_over(house: WebhooksHouse) -> None:
    new = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
    house.has_webhook(secret=new[::-1], previous_secret=SECRET[::-1], previous_until=NOW + timedelta(hours=1))
    made = house.has_delivery()

    await delivered(house)

    given = house.courier.sent[0][2]["webhook-signature"].split(" ")
    assert given == [
        house.signatures.sign(secret, event_id=made.event_id, at=NOW, body=made.body) for secret in (new, SECRET)
    ]


async def test_what_failed_is_tried_again_later(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.has_delivery()
    house.courier.reply = NO

    waiting, webhook = await delivered(house)

    assert (waiting.state, waiting.attempts, waiting.answers[0].reply) == (DeliveryState.WAITING, 1, NO)
    assert (webhook.is_active, webhook.failing_since, webhook.resting_until) == (True, NOW, None)
    (again,) = following(house)
    assert again.due_at == waiting.next_at
    assert timedelta(seconds=4) <= again.due_at - NOW <= timedelta(seconds=6)


async def test_the_last_try_is_the_last(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.has_delivery(attempts=MOST_ATTEMPTS - 1)
    house.courier.reply = NO

    failed, _ = await delivered(house)

    assert (failed.state, failed.next_at) == (DeliveryState.FAILED, None)
    assert following(house) == []


async def test_who_keeps_silent_rests_and_holds_up_nobody(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.has_delivery()
    house.courier.reply = SILENT

    _, webhook = await delivered(house)
    house.has_delivery("second")
    task = house.is_asked_to_deliver("second")
    await house.make(DeliverWebhook)(task)

    assert webhook.resting_until == NOW + FIRST_REST
    assert len(house.courier.sent) == 1
    second = house.kept(house.deliveries)[DeliveryId("second")]
    assert (second.attempts, second.next_at) == (0, webhook.resting_until)
    assert [task.due_at for task in following(house) if task.subject == "second"] == [webhook.resting_until]


async def test_after_days_it_is_switched_off_and_the_owners_hear_of_it(house: WebhooksHouse) -> None:
    house.has_webhook(failing_since=NOW - FAILS_FOR)
    house.has_delivery()
    house.courier.reply = NO

    _, webhook = await delivered(house)

    assert (webhook.is_active, webhook.failing_since) == (False, NOW - FAILS_FOR)
    letters = house.kept(house.outbox)
    assert [(letter.to, letter.lang) for letter in letters] == [
        ("owner@example.org", "ru"),
        ("second@example.org", None),
    ]
    assert {letter.kind for letter in letters} == {LetterKind.WEBHOOK_OFF}
    assert letters[0].values["path"] == f"/admin/webhooks/{ID}"
    assert [(line.action, line.after) for line in house.audit.kept] == [(Action.EDIT_WEBHOOKS, {"is_active": "false"})]


async def test_who_wants_no_more_gets_no_more(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.has_delivery()
    house.courier.reply = Reply(status=410)

    failed, webhook = await delivered(house)

    assert (failed.state, webhook.is_active) == (DeliveryState.FAILED, False)
    assert len(house.kept(house.outbox)) == 2


async def test_who_was_led_inside_is_noted(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.has_delivery()
    house.courier.reply = Reply(trouble=Trouble.PRIVATE)

    await delivered(house)

    (noted,) = house.refusals.kept
    assert (noted.action, noted.subject, noted.label) == (Action.SEND_DELIVERY, ID, URL)
    assert noted.reason == "private_target"


async def test_paused_meanwhile_it_is_told_nothing(house: WebhooksHouse) -> None:
    house.has_webhook(is_active=False)
    house.has_delivery()

    given_up, _ = await delivered(house)

    assert (given_up.state, house.courier.sent, following(house)) == (DeliveryState.FAILED, [], [])


async def test_what_was_done_or_deleted_is_not_sent(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.has_delivery(state=DeliveryState.DONE)
    house.admits(Role.OPERATOR)

    for key in ("first", "deleted"):
        await house.make(DeliverWebhook)(house.is_asked_to_deliver(key))

    assert (house.courier.sent, house.kept(house.tasks)) == ([], {})


async def test_deleted_while_it_was_told(house: WebhooksHouse) -> None:
    house.has_webhook()
    house.has_delivery()
    task = house.is_asked_to_deliver()
    house.admits(Role.OPERATOR)

    async def delete() -> None:
        await house.webhooks.delete(ID)

    house.courier.meanwhile = delete
    await house.make(DeliverWebhook)(task)

    assert (house.kept(house.deliveries), house.kept(house.tasks)) == ({}, {})


async def test_what_somebody_else_has_done_meanwhile_is_not_done_again(house: WebhooksHouse) -> None:
    task = house.has_task(TaskKind.DELIVER_WEBHOOK)
    house.admits(Role.OPERATOR)
    await house.tasks.cancel(task.kind, subject=task.subject)
    house.transaction.settle()

    with house.refuses(TaskTaken):
        await house.make(DeliverWebhook)(task)


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.EDITOR, Forbidden)])
async def test_others_are_refused(house: WebhooksHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_webhook()
    house.has_delivery()
    task = house.is_asked_to_deliver()
    house.admits(role)

    with house.refuses(error):
        await house.make(DeliverWebhook)(task)
