"""`make prove`: what is too heavy for every run. `python -m bench.prove kills outages` proves only these."""

from __future__ import annotations

import asyncio
import importlib
import sys
import tempfile
import time
from pathlib import Path

from bench.deployment import running
from bench.report import Figure, keep

PROOFS = (
    "outages",
    "isolation",
    "contacts",
    "signing_in",
    "kills",
    "schedule",
    "many_posts",
    "many_questions",
    "moving",
    "thousand",
    "payloads",
)


async def prove(name: str, folder: Path) -> list[Figure]:
    """Run one proof in a deployment of its own below *folder*."""
    work = importlib.import_module(f"bench.prove.{name}").prove
    async with running(folder) as deployment:
        figures: list[Figure] = await work(deployment)
        return figures


def main() -> int:
    chosen = sys.argv[1:] or PROOFS
    unknown = set(chosen) - set(PROOFS)
    if unknown:
        print(f"no such proof: {', '.join(unknown)}; there are {', '.join(PROOFS)}", file=sys.stderr)
        return 2
    everything = True
    for name in chosen:
        began = time.monotonic()
        print(f"{name} …", flush=True)
        with tempfile.TemporaryDirectory(prefix=f"terrace-prove-{name}-", ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)
            figures = asyncio.run(prove(name, Path(folder)))
        for figure in figures:
            print("  " + figure.line(), flush=True)
        print(f"  {time.monotonic() - began:.0f} s, {keep(f'prove-{name}', figures)}", flush=True)
        everything = everything and all(figure.holds for figure in figures)
    return 0 if everything else 1


if __name__ == "__main__":
    sys.exit(main())
