import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import idna

from core.tenancy.entities import Hostname
from core.tenancy.errors import InvalidHostname

_LONGEST = 300
_LONGEST_NAME = 253
_KEPT = 4_096
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0/\\?#@<>^|%\"'`{}\[\]_*,;!$&()+=~]|\s")
_PORT = re.compile(r":([0-9]{0,5})\Z")
_BRACKETED = re.compile(r"\[([0-9a-fA-F:.]{2,45})\](?::[0-9]{0,5})?")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_HIGHEST_PORT = 65_535


class IdnaHostnames:
    """Hostnames in one spelling. Addresses are hostnames too: in their usual form, never decimal, octal or hex."""

    def __init__(self) -> None:
        self._kept = lru_cache(maxsize=_KEPT)(_normalised)

    def normalise(self, text: str) -> Hostname:
        try:
            if len(text) > _LONGEST:
                raise ValueError(text)
            return self._kept(text)
        except (ValueError, idna.IDNAError):
            raise InvalidHostname(text[:_LONGEST_NAME]) from None


def _normalised(text: str) -> Hostname:
    if found := _BRACKETED.fullmatch(text):
        return Hostname(f"[{IPv6Address(found[1]).compressed}]")
    name = _without_port(text)
    if _FORBIDDEN.search(name) or ":" in name:
        raise ValueError(text)
    ascii_name = idna.encode(name, uts46=True, std3_rules=True, transitional=False).decode().lower()
    ascii_name = ascii_name.removesuffix(".")
    if not 1 <= len(ascii_name) <= _LONGEST_NAME:
        raise ValueError(text)
    if _NUMERIC.fullmatch(ascii_name.rpartition(".")[2]):
        return Hostname(str(_address(ascii_name)))
    return Hostname(ascii_name)


def _without_port(text: str) -> str:
    found = _PORT.search(text)
    if found is None:
        return text
    if int(found[1] or 0) > _HIGHEST_PORT:
        raise ValueError(text)
    return text[: found.start()]


def _address(text: str) -> IPv4Address:
    try:
        return IPv4Address(text)
    except AddressValueError as error:
        raise ValueError(text) from error
