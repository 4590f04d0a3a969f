"""Free ports on loopback, the same ones at every start where they are still free."""

import secrets
import socket

from dev.memory import Memory

LOOPBACK = "127.0.0.1"
BELOW_EPHEMERAL = range(20_000, 32_000)  # the kernel hands out those above to whoever connects somewhere

_given: set[int] = set()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def pick() -> int:
    while True:
        port = secrets.choice(BELOW_EPHEMERAL)
        if port not in _given and is_free(port):
            _given.add(port)
            return port


def lasting(memory: Memory, name: str) -> int:
    """The port remembered for `name`, or another one from now on."""
    known = memory.recall(f"port.{name}")
    if known and is_free(int(known)):
        _given.add(int(known))
        return int(known)
    return int(memory.remember(f"port.{name}", str(pick())))
