"""`make check`: what can be said without services, two at a time; everything is run, then it fails or not."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from dev.sites import ROOT

BIN = ROOT / ".venv" / "bin"
CHECKS = (
    ("types", ("mypy",)),
    ("core tests, covered whole", (
        "pytest", "tests/core", "-q", "--no-header", "--cov", "--cov-branch", "--cov-fail-under=100",
        "--cov-report=term-missing:skip-covered",
    )),
    ("layers", ("lint-imports",)),
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("spelling", ("typos",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    name: str
    code: int
    seconds: float
    output: str


def perform(name: str, words: tuple[str, ...]) -> Outcome:
    started = time.monotonic()
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}", "COVERAGE_FILE": str(ROOT / ".coverage-check")}
    done = subprocess.run(
        [BIN / words[0], *words[1:]],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(name=name, code=done.returncode, seconds=time.monotonic() - started, output=done.stdout)


def main() -> int:
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        outcomes = list(pool.map(lambda check: perform(*check), CHECKS))
    for outcome in outcomes:
        print(f"{'ok  ' if outcome.code == 0 else 'FAIL'} {outcome.seconds:5.1f} s  {outcome.name}")
    failed = [outcome for outcome in outcomes if outcome.code]
    for outcome in failed:
        print(f"\n--- {outcome.name}\n{outcome.output.rstrip()}")
    verdict = f"{len(failed)} of {len(outcomes)} failed" if failed else f"all {len(outcomes)} hold"
    print(f"\n{verdict} in {time.monotonic() - started:.1f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
