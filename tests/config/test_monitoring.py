import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
import structlog
from pydantic import SecretStr
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from config.logging import configure_logging
from config.monitoring import configure_monitoring

DSN = SecretStr("https://public@sentry.example/1")
sent: list[dict[str, Any]] = []


class FakeTransport(Transport):
    def capture_envelope(self, envelope: Envelope) -> None:
        event = envelope.get_event()
        if event is not None:
            sent.append(dict(event))


@pytest.fixture(autouse=True)
def _monitored() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    sent.clear()
    configure_logging(is_local=False)
    configure_monitoring(DSN, environment="production", transport=FakeTransport)
    structlog.contextvars.bind_contextvars(request_id="r1", tenant="anna", actor="u1")
    yield
    sentry_sdk.get_client().close()
    sentry_sdk.init()
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
    root.handlers = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def test_an_error_that_was_logged_is_reported_with_its_site() -> None:
    try:
        raise ValueError("lost")
    except ValueError:
        structlog.get_logger("any").exception("request failed", path="/blog")

    (event,) = sent
    assert event["tags"] == {"tenant": "anna", "request_id": "r1"}
    assert event["user"] == {"id": "u1"}
    assert event["environment"] == "production"
    assert event["logentry"] == {"message": "request failed"}
    assert event["exception"]["values"][0]["value"] == "lost"


def test_an_error_without_a_request_is_reported_too() -> None:
    structlog.contextvars.clear_contextvars()
    logging.getLogger("lib").error("broken %s", "pipe")

    (event,) = sent
    assert event["tags"] == {}
    assert "user" not in event
    assert "broken" in event["logentry"]["message"]


def test_what_is_no_error_is_not_reported() -> None:
    structlog.get_logger("any").warning("careful")

    assert sent == []


def test_no_secret_leaves_the_house() -> None:
    secret = "2retnuh"[::-1]  # the lines around an error are sent: they must not be what we look for
    sentry_sdk.add_breadcrumb(message=f"token={secret}", data={"cookie": secret})
    try:
        raise ValueError(f"password='{secret}'")
    except ValueError:
        structlog.get_logger("any").exception(f"failed token={secret}", password=secret, deep={"cookie": secret})
    with sentry_sdk.new_scope() as scope:
        scope.set_extra("authorization", f"Bearer {secret}")
        scope.set_user({"email": f"{secret}@example.org", "ip_address": "192.0.2.7", "id": secret})
        sentry_sdk.capture_message(f"postgresql://a:{secret}@db")

    assert len(sent) == 2
    assert secret not in repr(sent)
    assert "ip_address" not in repr([event.get("user") for event in sent])


def test_of_a_request_only_the_harmless_leaves_the_house() -> None:
    request: dict[str, object] = {
        "method": "POST",
        "url": "https://anna.example/login?token=hunter2",
        "query_string": "token=hunter2",
        "data": {"field": "hunter2"},
        "cookies": {"terrace": "hunter2"},
        "headers": {"Cookie": "hunter2", "X-Forwarded-For": "hunter2", "User-Agent": "Firefox"},
        "env": {"REMOTE_ADDR": "hunter2"},
    }
    sentry_sdk.capture_event({"message": "failed", "request": request})

    (event,) = sent
    assert event["request"] == {
        "method": "POST",
        "url": "https://anna.example/login",
        "headers": {"User-Agent": "Firefox"},
    }


def test_without_a_dsn_nothing_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []
    monkeypatch.setattr(sentry_sdk, "init", lambda **options: begun.append(options))

    configure_monitoring(None, environment="local")

    assert begun == []
