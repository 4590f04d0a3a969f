"""`terrace doctor`: what is wrong with this deployment, and what to do about it."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from entrypoints.cli.command import finished, json_option, print_json
from entrypoints.cli.errors import ExitCode
from entrypoints.cli.importing import without_collecting

SIGNS = {"ok": "✓", "warning": "!", "failed": "✗"}


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Check settings, database, storage and DNS, and say what to do. Exit code 1 when something is wrong."""
    with without_collecting():
        from entrypoints.cli.examination import Verdict, examine
    findings = finished(examine())
    if as_json:
        print_json({"findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            click.echo(f"{SIGNS[finding.verdict]} {finding.check}: {finding.detail}")
            if finding.fix:
                click.echo(f"    → {finding.fix}")
    sys.exit(ExitCode.FAILED if any(f.verdict is Verdict.FAILED for f in findings) else ExitCode.OK)
