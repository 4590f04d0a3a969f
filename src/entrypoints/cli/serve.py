from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
import uvicorn

from config.settings import BadSettings, Settings, load_settings
from entrypoints.cli.errors import ExitCode
from entrypoints.cli.importing import without_collecting
from entrypoints.http.protocol import HostAwareProtocol

if TYPE_CHECKING:
    from entrypoints.http.app import Terrace

SOURCE = Path(__file__).parents[2]
GRACE_SECONDS = 10


@click.command()
@click.option("--host", help="Address to listen at; overrides TERRACE_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen at; overrides TERRACE_PORT.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; overrides TERRACE_WORKERS.")
@click.option("--reload", is_flag=True, help="Start again when the code changes (local work only).")
def serve(host: str | None, port: int | None, workers: int | None, reload: bool) -> None:
    """Serve all sites. Ends gracefully on SIGTERM and Ctrl-C."""
    try:
        settings = load_settings()
        settings.refuse_operator_secrets()
    except BadSettings as error:
        for line in error.problems:
            click.echo(line, err=True)
        sys.exit(ExitCode.USAGE)
    with tempfile.TemporaryDirectory(prefix="terrace-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        _run(settings, host or settings.host, port or settings.port, workers or settings.workers, reload)


def load_app() -> Terrace:
    """What each worker serves. Imported here: the process that only watches its workers needs none of it."""
    with without_collecting():
        from main import create_app

        return create_app()


def _run(settings: Settings, host: str, port: int, workers: int, reload: bool) -> None:
    uvicorn.run(
        f"{__name__}:load_app",
        factory=True,
        app_dir=str(SOURCE),
        host=host,
        port=port,
        workers=None if reload else workers,
        reload=reload,
        reload_dirs=[str(SOURCE)] if reload else None,
        reload_includes=["*.py", "*.html", "*.css", "*.js", "*.po", "*._hs", "*.csv"] if reload else None,
        http=HostAwareProtocol,
        loop="uvloop",
        lifespan="on",
        proxy_headers=False,
        server_header=False,
        date_header=True,
        access_log=False,
        log_config=None,
        log_level=settings.log_level.lower(),
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=20,
        h11_max_incomplete_event_size=65536,
    )
