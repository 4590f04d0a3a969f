from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.masking import LONGEST, MASK, is_secret_name, masked, masked_text


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "new_password",
        "passwd",
        "Authorization",
        "PROXY-AUTHORIZATION",
        "cookie",
        "Set-Cookie",
        "csrf_token",
        "access_token",
        "X-CSRF-Token",
        "secret",
        "client_secret",
        "secret_key",
        "key",
        "api_key",
        "apikey",
        "TERRACE_SECRETS__KEYS",
        "dsn",
        "jti",
        "otp",
        "credentials",
        "signature",
    ],
)
def test_secrets_are_known_by_their_names(name: str) -> None:
    assert is_secret_name(name)
    assert masked({name: "hunter2"}) == {name: MASK}
    assert masked({"deep": [{name: {"a": "hunter2"}}]}) == {"deep": [{name: MASK}]}


@pytest.mark.parametrize("name", ["path", "method", "keyboard", "monkey", "author", "status", "tenant", "keyed_by"])
def test_other_names_are_left_alone(name: str) -> None:
    assert masked({name: "value"}) == {name: "value"}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("sent v4.local.AbC-_123.e30 to", f"sent {MASK} to"),
        ("trc_AbCdEf123", MASK),
        ("hash $argon2id$v=19$m=1$abc$def here", f"hash {MASK} here"),
        ("gAAAAABm0123456789abcdefghijkl==", MASK),
        ("Authorization: Bearer abc.def", f"Authorization: Bearer {MASK}"),
        ("postgresql://terrace:hunter2@db/terrace", f"postgresql://terrace:{MASK}@db/terrace"),
        ("GET /invitations/0123.abc?x=1", f"GET /invitations/{MASK}?x=1"),
        ("GET /password-reset/0123", f"GET /password-reset/{MASK}"),
        ("GET /email-change/0123.abc", f"GET /email-change/{MASK}"),
        ("signed by whsec_AbC+/012=", f"signed by {MASK}"),
        ("/preview/0123", f"/preview/{MASK}"),
        ("?token=abc&page=2", f"?token={MASK}&page=2"),
        ("password: 'hunter2'", f"password: '{MASK}'"),
        ('{"csrf_token": "abc"}', f'{{"csrf_token": "{MASK}"}}'),
        ("secret_key=abc", f"secret_key={MASK}"),
        ("a perfectly usual line about /blog/hello", "a perfectly usual line about /blog/hello"),
        ("", ""),
    ],
)
def test_secrets_are_known_by_their_looks(text: str, clean: str) -> None:
    assert masked_text(text) == clean
    assert masked_text(clean) == clean


def test_what_is_empty_shows_that_it_is() -> None:
    assert masked({"password": "", "token": None}) == {"password": "", "token": None}


def test_every_value_can_be_written_down() -> None:
    values = [None, True, 7, 1.5, b"12345", datetime(2026, 5, 4, tzinfo=UTC), Path("/media"), {1}, ("a", "b"), object]

    assert masked(values) == [
        None,
        True,
        7,
        1.5,
        "<5 bytes>",
        "2026-05-04 00:00:00+00:00",
        "/media",
        [1],
        ["a", "b"],
        "<class 'object'>",
    ]


def test_there_is_a_bottom_to_everything() -> None:
    endless: dict[str, object] = {}
    endless["again"] = endless

    assert "…" in repr(masked(endless))
    assert len(masked_text("x" * (LONGEST + 100))) == LONGEST + 1


values = st.recursive(
    st.none() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(values, st.sampled_from(["password", "token", "cookie"]))
def test_no_value_is_too_odd(value: object, name: str) -> None:
    assert "hunter2" not in repr(masked([value, {name: "hunter2", "more": value}]))
