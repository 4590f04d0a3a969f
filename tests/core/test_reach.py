import pytest

from core.reach import Reach, address_of, is_public


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "[::1]"])
def test_this_machine_is_reached_only_where_it_was_said(address: str) -> None:
    assert Reach(allows_loopback=True).allows(address)
    assert not Reach().allows(address)


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "169.254.169.254", "fe80::1", "fec0::1", "localhost", "", "2130706433"]
)
def test_nothing_else_that_is_private_is_ever_reached(address: str) -> None:
    assert not Reach(allows_loopback=True).allows(address)


def test_a_name_is_no_address() -> None:
    assert address_of("example.org") is None
    assert str(address_of("[fe80::1%eth0]")) == "fe80::1"


@pytest.mark.parametrize("way", ["64:ff9b::{0}", "::ffff:{0}", "2002:{0}::1"], ids=["NAT64", "mapped", "6to4"])
def test_what_carries_an_address_is_as_public_as_that(way: str) -> None:
    assert is_public(way.format("5db8:d70e"))
    assert not is_public(way.format("a9fe:a9fe"))
    assert not is_public(way.format("7f00:0001"))
