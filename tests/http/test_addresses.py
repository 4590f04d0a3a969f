"""Who is asking, behind which proxies."""

from typing import Any

import pytest

from entrypoints.http.addresses import TrustedProxies


def scope(peer: str | None, *forwarded: str) -> Any:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return {"client": (peer, 1) if peer else None, "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "wanted"),
    [
        ("10.0.0.1", ["1.2.3.4"], "1.2.3.4"),
        ("10.0.0.1", ["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
        ("10.0.0.1", ["6.6.6.6", "1.2.3.4, 10.0.0.2"], "1.2.3.4"),
        ("10.0.0.1", ["2001:db8::1"], "2001:db8::1"),
        ("10.0.0.1", ["6.6.6.6, nonsense"], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.2"], "10.0.0.2"),
        ("9.9.9.9", ["1.2.3.4"], "9.9.9.9"),
        ("fd00::5", ["1.2.3.4"], "1.2.3.4"),
        (None, ["1.2.3.4"], ""),
    ],
)
def test_the_last_address_that_no_proxy_of_ours_has(peer: str | None, forwarded: list[str], wanted: str) -> None:
    proxies = TrustedProxies(("10.0.0.0/8", "fd00::5"))
    assert proxies.client_address(scope(peer, *forwarded)) == wanted


def test_without_trusted_proxies_nobody_speaks_for_others() -> None:
    proxies = TrustedProxies(())
    assert proxies.client_address(scope("127.0.0.1", "1.2.3.4")) == "127.0.0.1"
