"""A thousand sites: made, visited cold, migrated, and what they cost."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import httpx

from bench.deployment import ROOT, Deployment, private_mb, resident_mb
from bench.report import Figure

SITES = 1000
COLD_VISITS = 200
TENANT_TOML = """\
slug = "{slug}"
title = "Site {number}"
locale = "{locale}"
hosts = ["{slug}.example"]
[owner]
email = "owner@{slug}.example"
"""
ADDED_COLUMN = '''\
"""Proof: one added column."""

from alembic import op
from sqlalchemy import Column, Text

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", Column("proof", Text()))


def downgrade() -> None:
    op.drop_column("posts", "proof")
'''


async def prove(deployment: Deployment) -> list[Figure]:
    applied = await _apply(deployment)
    visited = await _visit(deployment)
    return [*applied, *visited, *await _migrate(deployment)]


async def _apply(deployment: Deployment) -> list[Figure]:
    folder = deployment.folder / "sites"
    for number in range(SITES):
        site = folder / f"site-{number:04}"
        site.mkdir(parents=True)
        locale = "ru" if number % 2 else "en"
        (site / "tenant.toml").write_text(TENANT_TOML.format(slug=site.name, number=number, locale=locale))
    began = time.perf_counter()
    report = await deployment.terrace("tenants", "apply", str(folder), "--jobs", "4")
    whole = time.perf_counter() - began
    split = [
        Figure(name=f"apply {SITES} sites, waiting for {step} (summed over 4 jobs)", value=seconds, unit="s")
        for step, seconds in report["seconds_by_step"].items()
    ]
    began = time.perf_counter()
    await deployment.terrace("tenants", "apply", str(folder), "--jobs", "4")
    again = Figure(name="apply the same again", value=time.perf_counter() - began, unit="s")
    return [Figure(name=f"apply {SITES} sites with 4 jobs", value=whole, unit="s", limit=120), *split, again]


async def _visit(deployment: Deployment) -> list[Figure]:
    started = await deployment.start_app()
    times = []
    numbers = random.Random(2026).sample(range(SITES), COLD_VISITS)
    for number in numbers:
        async with deployment.visitor(f"site-{number:04}.localhost") as visitor:
            began = time.perf_counter()
            answer = await visitor.get("/")
            times.append((time.perf_counter() - began) * 1000)
            if answer.status_code != httpx.codes.OK or f"Site {number}" not in answer.text:
                raise AssertionError(f"site {number} answered {answer.status_code}")
    async with deployment.visitor("site-0000.localhost") as visitor:
        for number in range(SITES):
            host = f"site-{number:04}.localhost:{deployment.port}"
            (await visitor.get("/blog", headers={"Host": host})).raise_for_status()
    backends = [private_mb(pid) for pid in deployment.service_pids("postgres")]
    app = deployment.app.pid if deployment.app else 0
    times.sort()
    await_memory = [
        Figure(name=f"application after visiting {SITES} sites", value=resident_mb(app), unit="MB", limit=250),
        Figure(name="database, private memory of all processes", value=sum(backends), unit="MB"),
        Figure(name="database, largest process", value=max(backends), unit="MB"),
    ]
    await deployment.stop_app()
    return [
        Figure(name="start of the application", value=started, unit="s"),
        Figure(name="first answer of a cold site, median", value=times[len(times) // 2], unit="ms"),
        Figure(name="first answer of a cold site, slowest", value=times[-1], unit="ms", limit=300),
        *await_memory,
    ]


async def _migrate(deployment: Deployment) -> list[Figure]:
    source = deployment.folder / "src"
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__", "static"))
    status = await deployment.terrace("tenants", "show", "site-0000")
    versions = source / "db" / "migrations" / "tenant" / "versions"
    _write_migration(versions, status["schema_version"])
    began = time.perf_counter()
    report = await deployment.terrace("db", "migrate", "--jobs", "4", source=source)
    migrated = time.perf_counter() - began
    if report["counts"]["migrated"] != SITES:
        raise AssertionError(f"not all sites were migrated: {report['counts']}")
    began = time.perf_counter()
    await deployment.terrace("db", "migrate", source=source)
    nothing = time.perf_counter() - began
    return [
        Figure(name=f"one added column in {SITES} sites", value=migrated, unit="s", limit=15),
        Figure(name="migrate with nothing to do", value=nothing, unit="s", limit=2),
    ]


def _write_migration(versions: Path, head: str) -> None:
    (versions / "9999_proof.py").write_text(ADDED_COLUMN.format(head=head))
