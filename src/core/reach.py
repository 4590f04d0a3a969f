"""Which addresses of the network may be contacted for somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

NAT64 = IPv6Network("64:ff9b::/96")
LOW = 0xFFFFFFFF


def address_of(host: str) -> IPv4Address | IPv6Address | None:
    """*host* as an IP address (brackets and zones are left out), or None when it is a name."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def is_public(address: str) -> bool:
    """Whether *address* is an IP address of the public internet (RFC 6890); so must an IPv4 be that it carries."""
    found = address_of(address)
    if found is None:
        return False
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast
    carried = _carried(found)
    if carried is not None:
        return carried.is_global and not carried.is_multicast
    # Site-local addresses (fec0::/10) are out of use; networks that were never renumbered still have them.
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_site_local)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 that is reached by way of *address*: mapped, 6to4, or by a translator (RFC 6052)."""
    if address in NAT64:
        return IPv4Address(int(address) & LOW)
    return address.ipv4_mapped or address.sixtofour


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far this deployment goes: *needs_https* in production, *allows_loopback* where a receiver on this machine is
    worked on and somebody has said so."""

    needs_https: bool = True
    allows_loopback: bool = False

    def allows(self, address: str) -> bool:
        found = address_of(address)
        is_loopback = found is not None and found.is_loopback
        return is_public(address) or (self.allows_loopback and is_loopback)
