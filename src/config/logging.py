"""One line for each event: coloured for people, ECS JSON for machines, with no secret in it."""

import logging
import sys
from collections.abc import Iterable

import structlog
from ecs_logging import StructlogFormatter
from structlog.types import EventDict, Processor, WrappedLogger

from config.masking import masked, masked_text

_CARELESS = {
    "casbin": logging.WARNING,  # prints the whole policy whenever it is loaded
    "sqlalchemy.engine": logging.WARNING,  # writes the values of statements
    "aiohttp.client": logging.WARNING,
    "markdown_it": logging.INFO,
    "asyncio": logging.INFO,
    "PIL": logging.INFO,
}
_SERVER = ("uvicorn", "uvicorn.error", "uvicorn.access")
_ECS = {
    "timestamp": "@timestamp",
    "level": "log.level",
    "logger": "log.logger",
    "request_id": "http.request.id",
    "tenant": "labels.tenant",
    "actor": "user.id",
    "method": "http.request.method",
    "path": "url.path",
    "status": "http.response.status_code",
}
_AS_THEY_ARE = ("event", "exception", "stack_info")


class TerraceHandler(logging.StreamHandler):  # type: ignore[type-arg]  # generic in the stubs, not in Python 3.11
    """Ours among the root's handlers."""


def configure_logging(*, is_local: bool, level: str = "INFO") -> None:
    """Send our events and those of all libraries to standard error. Calling again changes the form."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_common(),
            structlog.stdlib.PositionalArgumentsFormatter(),
            mask_event,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = TerraceHandler(sys.stderr)
    handler.setFormatter(_formatter(is_local=is_local))
    root = logging.getLogger()
    root.handlers = [kept for kept in root.handlers if not isinstance(kept, TerraceHandler)]
    root.addHandler(handler)
    root.setLevel(level)
    for name, least in _CARELESS.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    for name in _SERVER:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.captureWarnings(capture=not is_local)


def mask_event(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """A processor: the event without secrets."""
    del logger, name
    kept = {key: event.pop(key) for key in ("exc_info", "_record", "_from_structlog") if key in event}
    clean = masked(event)
    return {**clean, **kept} if isinstance(clean, dict) else kept


def as_ecs(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """A processor: our names as those of the Elastic Common Schema; what it has no name for, under "terrace"."""
    del logger, name
    return {_ecs_name(key): value for key, value in event.items()}


def _ecs_name(key: str) -> str:
    if key in _AS_THEY_ARE:
        return key
    return _ECS.get(key) or f"terrace.{key.replace('.', '_')}"


def _common() -> Iterable[Processor]:
    return (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    )


def _formatter(*, is_local: bool) -> structlog.stdlib.ProcessorFormatter:
    written: list[Processor] = [
        structlog.processors.format_exc_info,
        _mask_traceback,
        *(
            [
                structlog.dev.ConsoleRenderer(
                    colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
                )
            ]
            if is_local
            else [as_ecs, StructlogFormatter(ensure_ascii=False)]
        ),
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_common(), structlog.stdlib.ExtraAdder(), _without_paint, mask_event],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *written],
    )


def _mask_traceback(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Messages of exceptions quote what they choked on."""
    del logger, name
    if "exception" in event:
        event["exception"] = masked_text(str(event["exception"]))
    return event


def _without_paint(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """uvicorn says everything twice, the second time in colours; other handlers leave their text in the record."""
    del logger, name
    for repeated in ("color_message", "message", "asctime"):
        event.pop(repeated, None)
    return event
