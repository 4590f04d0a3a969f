from datetime import UTC, datetime, timedelta

from services.audit_clients import AuditClients
from services.key_ring import KeyRing

NOW = datetime(2026, 5, 31, 23, 59, tzinfo=UTC)


def clients(secret: bytes = b"0") -> AuditClients:
    return AuditClients(KeyRing((secret * 32,)))


def test_a_client_is_known_again_within_the_month_at_one_site() -> None:
    first = clients().key("client", site="anna", at=NOW)

    assert clients().key("client", site="anna", at=NOW - timedelta(days=30)) == first
    assert len(first) == 16


def test_elsewhere_and_later_it_is_another() -> None:
    keys = {
        clients().key("client", site="anna", at=NOW),
        clients().key("client", site="anna", at=NOW + timedelta(minutes=1)),
        clients().key("client", site="boris", at=NOW),
        clients().key("other", site="anna", at=NOW),
        clients(b"1").key("client", site="anna", at=NOW),
    }

    assert len(keys) == 5
