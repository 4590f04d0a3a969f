import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from config.logging import TerraceHandler, configure_logging


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    root.handlers = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()


def listen(*, is_local: bool = False, level: str = "INFO") -> io.StringIO:
    configure_logging(is_local=is_local, level=level)
    (handler,) = (handler for handler in logging.getLogger().handlers if isinstance(handler, TerraceHandler))
    heard = io.StringIO()
    handler.setStream(heard)
    return heard


def lines(heard: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in heard.getvalue().splitlines()]


def test_production_speaks_ecs() -> None:
    heard = listen()
    structlog.contextvars.bind_contextvars(request_id="r1", tenant="anna", actor="u1")

    structlog.get_logger("access").info("request", method="GET", path="/blog", status=200, duration_ms=1.5)

    (line,) = lines(heard)
    assert line.pop("@timestamp")
    assert line == {
        "log.level": "info",
        "message": "request",
        "ecs.version": "1.6.0",
        "log": {"logger": "access"},
        "http": {"request": {"id": "r1", "method": "GET"}, "response": {"status_code": 200}},
        "url": {"path": "/blog"},
        "labels": {"tenant": "anna"},
        "user": {"id": "u1"},
        "terrace": {"duration_ms": 1.5},
    }


def test_libraries_speak_the_same_way() -> None:
    heard = listen()
    structlog.contextvars.bind_contextvars(request_id="r1", tenant="anna")

    logging.getLogger("uvicorn.error").info("Started %s", "it", extra={"color_message": "painted", "port": 8000})

    (line,) = lines(heard)
    assert (line["message"], line["log.level"], line["log"]) == ("Started it", "info", {"logger": "uvicorn.error"})
    assert line["labels"] == {"tenant": "anna"}
    assert line["terrace"] == {"port": 8000}


@pytest.mark.parametrize("is_local", [True, False])
def test_no_secret_is_written(is_local: bool) -> None:
    heard = listen(is_local=is_local)
    log = structlog.get_logger("any")

    log.info("said", password="hunter2", deep={"cookie": "hunter2", "list": [{"token": "hunter2"}]})
    log.info("token=hunter2", note="Bearer hunter2")
    logging.getLogger("lib").warning("postgresql://a:%s@db", "hunter2", extra={"authorization": "hunter2"})
    for logger in (log, logging.getLogger("lib")):
        try:
            raise ValueError("password='hunter2'")
        except ValueError:
            logger.exception("failed")

    assert "hunter2" not in heard.getvalue()
    assert heard.getvalue().count("***") >= 8


def test_an_exception_comes_with_its_traceback() -> None:
    heard = listen()
    try:
        raise KeyError("lost")
    except KeyError:
        structlog.get_logger("any").exception("failed", error="what happened")

    (line,) = lines(heard)
    assert "KeyError: 'lost'" in line["error"]["stack_trace"]  # type: ignore[index]  # an object of the line
    assert line["terrace"] == {"error": "what happened"}
    assert line["log.level"] == "error"


def test_names_with_dots_and_names_of_ecs_do_no_harm() -> None:
    heard = listen()

    structlog.get_logger("any").info("odd", **{"log": "x", "a.b": 1, "a": {"b": 2}, "error": {"x": 1}, "message": "m"})

    (line,) = lines(heard)
    assert line["message"] == "odd"


def test_people_read_coloured_or_plain_lines() -> None:
    heard = listen(is_local=True)
    structlog.contextvars.bind_contextvars(request_id="r1", tenant="anna")

    structlog.get_logger("any").warning("careful", path="/blog")

    line = heard.getvalue()
    assert "careful" in line
    assert "request_id=r1" in line
    assert "tenant=anna" in line
    assert "path=/blog" in line


def test_russian_is_written_as_it_is() -> None:
    heard = listen()
    structlog.get_logger("any").info("Привет")

    assert "Привет" in heard.getvalue()


def test_the_level_counts_for_all() -> None:
    heard = listen(level="WARNING")
    structlog.get_logger("any").info("quiet")
    logging.getLogger("lib").info("quiet")
    structlog.get_logger("any").warning("loud")

    assert [line["message"] for line in lines(heard)] == ["loud"]


def test_statements_are_not_written_with_their_values() -> None:
    heard = listen(level="DEBUG")
    logging.getLogger("sqlalchemy.engine").info("INSERT hunter2")

    assert heard.getvalue() == ""


def test_configuring_again_says_nothing_twice() -> None:
    listen()
    heard = listen()
    structlog.get_logger("any").info("once")

    assert len(lines(heard)) == 1
