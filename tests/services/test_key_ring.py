import pytest

from services.key_ring import KeyRing

OLD, NEW = b"o" * 32, b"n" * 32


def test_each_secret_gives_a_key_for_each_purpose() -> None:
    ring = KeyRing((NEW, OLD))

    keys = ring.derive("cookies") + ring.derive("links")

    assert len(set(keys)) == 4
    assert {len(key) for key in keys} == {32}


def test_keys_are_always_the_same_for_a_secret() -> None:
    assert KeyRing((NEW, OLD)).derive("cookies")[1] == KeyRing((OLD,)).derive("cookies")[0]


def test_keys_are_not_the_secret() -> None:
    assert OLD not in KeyRing((OLD,)).derive("cookies")


@pytest.mark.parametrize("secrets", [(), (b"",), (b"short",), (NEW, b"x" * 31)])
def test_no_ring_without_good_secrets(secrets: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="secret"):
        KeyRing(secrets)
