from ipaddress import IPv4Address, IPv6Address, ip_address

from services.key_ring import KeyRing
from services.macs import mac

PURPOSE = "client addresses"
_KEY_BYTES = 16
_PREFIX = 64


class ClientKeys:
    """Stands in for addresses in limits and logs: equal for one client, nothing that leads back to it."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def key(self, address: str) -> str:
        """A hex word for *address*; IPv6 counts by /64, which is what one household has."""
        return mac(self._ring.derive(PURPOSE)[0], _network(address))[:_KEY_BYTES].hex()


def _network(address: str) -> str:
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    return f"{IPv6Address(int(parsed) >> _PREFIX << _PREFIX)}/{_PREFIX}"
