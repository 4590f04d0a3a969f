from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import Invalid
from core.reach import Reach
from core.tasks import LONGEST_PAUSE
from core.webhooks.deliveries import ANSWERS_MAX, Reply, body_of
from core.webhooks.entities import DESCRIPTION_LENGTH, LONGEST_REST, URL_LENGTH, WebhookWanted
from tests.core.makers import NOW
from tests.core.webhooks_house import WANTED, delivery, webhook

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "url",
    [
        *("", "receiver.example", "ftp://receiver.example/", "http://receiver.example/", "https://", "https:///x"),
        *("https://user:secret@receiver.example/", "https://receiver.example/#part", "https://a b.example/"),
        *("https://receiver.example:0/", "https://receiver.example:x/", "https://[::1/", "https://a.example/\nx"),
        *("https://127.0.0.1/", "https://[fe80::1]/", "https://[::ffff:10.0.0.1]/", "https://a.example\\@b/\\"),
        *("https://a.example/\u202e", f"https://a.example/{'x' * URL_LENGTH}"),
    ],
)
def test_what_is_no_target(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        replace(WANTED, url=url).check(Reach())

    assert [problem.field for problem in refused.value.problems] == ["url"]


@pytest.mark.parametrize(
    "url", ["https://receiver.example", "https://93.184.215.14:8443/hook?a=b", "https://почта.рф/"]
)
def test_what_is_a_target(url: str) -> None:
    replace(WANTED, url=url).check(Reach())


def test_where_it_was_said_this_machine_is_a_target() -> None:
    here = Reach(needs_https=False, allows_loopback=True)

    for url in ("http://127.0.0.1:9000/", "http://[::1]/"):
        replace(WANTED, url=url).check(here)
    with pytest.raises(Invalid):
        replace(WANTED, url="http://10.0.0.1/").check(here)


def test_each_field_is_named() -> None:
    wanted = WebhookWanted(url="", events=("post.published", "x"), description="x" * (DESCRIPTION_LENGTH + 1))

    with pytest.raises(Invalid) as refused:
        wanted.check(Reach())
    with pytest.raises(Invalid) as without:
        replace(WANTED, events=()).check(Reach())

    assert [problem.field for problem in refused.value.problems] == ["url", "events.1", "description"]
    assert [problem.field for problem in without.value.problems] == ["events"]


def test_the_longer_it_keeps_silent_the_longer_it_rests() -> None:
    rests = [
        webhook(failing_since=NOW - since).failed(now=NOW, is_silent=True).resting_until
        for since in (timedelta(0), HOUR, 10 * HOUR)
    ]

    assert rests == [NOW + timedelta(minutes=1), NOW + HOUR / 4, NOW + LONGEST_REST]
    assert webhook(resting_until=NOW).rests_until(NOW) is None
    assert webhook().failed(now=NOW, is_silent=False).resting_until is None


def test_a_webhook_without_a_host_is_called_by_its_address() -> None:
    assert (webhook().host, webhook(url="odd").host) == ("receiver.example", "odd")


def test_only_the_latest_answers_are_kept() -> None:
    one = delivery()
    for number in range(ANSWERS_MAX + 5):
        one = one.begun_again(at=NOW).attempted(Reply(status=500, ms=number), at=NOW)

    assert [attempt.reply.ms for attempt in one.answers] == list(range(5, ANSWERS_MAX + 5))


@pytest.mark.parametrize(("asked", "pause"), [(120, timedelta(minutes=2)), (999_999, LONGEST_PAUSE)])
def test_who_asks_to_be_left_alone_is(asked: int, pause: timedelta) -> None:
    tried = delivery().attempted(Reply(status=503, retry_after=asked), at=NOW)

    assert tried.next_at == NOW + pause


def test_a_body_says_what_happened_when_and_to_what() -> None:
    body = body_of("post.published", subject="one", details={"title": "Ёж", "tags": ["a"]}, at=NOW)

    assert body == (
        f'{{"type":"post.published","timestamp":"{NOW:%Y-%m-%dT%H:%M:%SZ}","data":{{"id":"one","title":"Ёж","tags":["a"]}}}}'
    )
