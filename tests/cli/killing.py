"""A process of its own in which `terrace tenants create` really dies by SIGKILL, step by step.

`python -m tests.cli.killing SLUG` makes one site for each step, killed after it and finished by the same words again,
and prints what came of it as JSON.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from click.testing import CliRunner

from core.tenancy.use_cases.provision_tenant import ProvisionTenant
from db.migrations import TENANT_VERSIONS
from db.migrations.steps import step_sql
from entrypoints.cli.terrace import main
from ioc import operator as wiring
from tests.core.fakes.interruptions import Interruptions, Killed

STEPS = 10


def dying_after(step: int) -> Callable[..., ProvisionTenant]:
    def make(**parts: Any) -> ProvisionTenant:
        watches = Interruptions(step).watches
        names = ("registry", "schemas", "buckets", "keys", "seeds", "markdown")
        return ProvisionTenant(**{**parts, **{name: watches(parts[name]) for name in names}})

    return make


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def words_for(slug: str) -> list[str]:
    return [
        *["tenants", "create"],
        slug,
        "--host",
        f"{slug}.example",
        "--title",
        "T",
        "--owner",
        f"o@{slug}.example",
    ]


def child(work: Callable[[], int]) -> int:
    """The status of a forked process that does *work*, as waitpid tells it."""
    pid = os.fork()
    if pid == 0:
        os._exit(work())
    return os.waitpid(pid, 0)[1]


def create(slug: str, step: int | None) -> int:
    if step is not None:
        Killed.__init__ = die  # type: ignore[method-assign, assignment]  # whoever would raise it is dead already
        setattr(wiring, ProvisionTenant.__name__, dying_after(step))  # what its provider calls
    return CliRunner().invoke(main, words_for(slug)).exit_code


if __name__ == "__main__":
    step_sql("tenant", None, TENANT_VERSIONS[-1])  # made once here, not by every child
    told = []
    for number in range(1, STEPS + 1):
        name = f"{sys.argv[1]}-{number}"
        killed, again = child(partial(create, name, number)), child(partial(create, name, None))
        told.append({"slug": name, "killed_by": os.WTERMSIG(killed), "again": os.waitstatus_to_exitcode(again)})
    sys.stdout.write(json.dumps(told))
