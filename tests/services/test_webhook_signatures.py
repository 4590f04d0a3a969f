"""The reference library signs; what the specification's guides have signed is what it must come to."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from core.webhooks.signing import signed_headers
from services.webhook_signatures import PREFIX, StandardSignatures

VECTORS = {
    "of the reference libraries": (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        '{"test": 2432232314}',
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
    "of the guide": (
        "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
        1649367553,
        '{"email":"test@example.com","username":"test_user"}',
        "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
    ),
}
ZONES = (UTC, timezone(timedelta(hours=3)))


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_signatures_are_those_of_standard_webhooks(vector: tuple[str, str, int, str, str], zone: timezone) -> None:
    secret, event_id, stamp, body, signature = vector
    at = datetime.fromtimestamp(stamp, zone)

    headers = signed_headers(StandardSignatures(), [secret], event_id=event_id, at=at, body=body)

    assert headers == {"webhook-id": event_id, "webhook-timestamp": str(stamp), "webhook-signature": signature}


def test_a_receiver_may_know_either_secret() -> None:
    signatures, body = StandardSignatures(), '{"title":"\u0401\u0436"}'
    new, old, other = (signatures.make_secret() for _ in range(3))
    headers = signed_headers(signatures, [new, old], event_id="msg_1", at=datetime.now(UTC), body=body)

    for secret in (new, old):
        assert Webhook(secret).verify(body, headers) == {"title": "\u0401\u0436"}
    for secret, said in ((other, body), (new, body + " ")):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(said, headers)


def test_secrets_are_long_and_new_each_time() -> None:
    made = {StandardSignatures().make_secret() for _ in range(3)}

    assert len(made) == 3
    assert all(secret.startswith(PREFIX) and len(secret) == 50 for secret in made)
