"""What goes wrong on other people's machines, each in one clear line."""

import sys
from collections.abc import Callable
from errno import ENOSPC

SYMPTOMS = (
    (("No space left on device", "os error 28"), "The disk is full: free some space, then run the same command again."),
    (
        ("invalid peer certificate", "CERTIFICATE_VERIFY_FAILED"),
        "The package index shows a certificate that this machine does not trust: name yours in SSL_CERT_FILE.",
    ),
    (
        (
            "dns error",
            "Could not connect",
            "error sending request",
            "Failed to fetch",
            "Connection refused (os",
            "timed out",
        ),
        "No network, and what is needed is not in the package cache: connect, then run the same command again.",
    ),
    (("lockfile", "needs to be updated"), "uv.lock does not match pyproject.toml: run `uv lock`, then try again."),
)


class Trouble(Exception):
    """Carries the one line that a person needs."""


def diagnosis(output: str) -> str | None:
    """The line for a failure that is known by its output, None for one that is not."""
    for marks, line in SYMPTOMS:
        if any(mark in output for mark in marks):
            return line
    return None


def last_lines(output: str, count: int = 3) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return " | ".join(lines[-count:]) or "it said nothing"


def in_one_line(work: Callable[[], int]) -> int:
    """Run `work`; what a person can act on ends as one line on stderr and exit code 1."""
    try:
        return work()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno != ENOSPC:
            raise
        print(SYMPTOMS[0][1], file=sys.stderr)
    return 1
