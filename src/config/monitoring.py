"""Errors go to Sentry when a DSN is set, without anything of a visitor or a secret in them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import structlog
from pydantic import SecretStr

from config.masking import masked

if TYPE_CHECKING:
    from sentry_sdk.transport import Transport
    from sentry_sdk.types import Breadcrumb, BreadcrumbHint, Event, Hint

_HARMLESS_HEADERS = frozenset({"accept", "accept-language", "content-length", "content-type", "host", "user-agent"})
_TAGS = ("tenant", "request_id")


def configure_monitoring(dsn: SecretStr | None, *, environment: str, transport: type[Transport] | None = None) -> None:
    """Without *dsn* nothing is sent and nothing is patched.

    The SDK sends no personal data unless told to (naming that default is deprecated). Whatever is logged as an error
    becomes an event; the integrations with frameworks are off, since they would read requests.
    """
    if dsn is None:
        return
    import sentry_sdk  # 43 modules and an HTTP library that whoever has no DSN need not load

    sentry_sdk.init(
        dsn=dsn.get_secret_value(),
        environment=environment,
        include_local_variables=False,
        max_request_body_size="never",
        auto_enabling_integrations=False,
        before_send=scrubbed,
        before_breadcrumb=scrubbed_breadcrumb,
        transport=transport,
    )


def scrubbed(event: Event, hint: Hint) -> Event | None:
    """The event with the site and the request as tags, and without bodies, cookies, headers, people and secrets."""
    fields = _fields(hint)
    known = {**structlog.contextvars.get_contextvars(), **fields}
    kept = {name: value for name, value in event.items() if name not in ("request", "user", "logentry", "tags")}
    kept["tags"] = {**_tags(event), **{name: str(known[name]) for name in _TAGS if known.get(name)}}
    if known.get("actor"):
        kept["user"] = {"id": str(known["actor"])}
    if "request" in event:
        kept["request"] = _harmless(dict(event["request"]))
    if "logentry" in event:
        kept["logentry"] = {"message": str(fields.get("event") or event["logentry"].get("message", ""))}
    _forget_variables(kept)
    clean: Event = masked(kept)  # type: ignore[assignment]  # what goes in as a dict comes out as one
    return clean


def scrubbed_breadcrumb(crumb: Breadcrumb, hint: BreadcrumbHint) -> Breadcrumb | None:
    """What happened before an error, without secrets."""
    del hint
    clean: Breadcrumb = masked(crumb)  # type: ignore[assignment]  # what goes in as a dict comes out as one
    return clean


def _fields(hint: Hint) -> dict[str, object]:
    """What our own line in the log says besides its words: structlog hands it over in place of a message."""
    record = hint.get("log_record")
    message = record.msg if isinstance(record, logging.LogRecord) else None
    return dict(message) if isinstance(message, dict) else {}


def _tags(event: Event) -> dict[str, str]:
    tags = event.get("tags")
    return {str(name): str(value) for name, value in tags.items()} if isinstance(tags, dict) else {}


def _harmless(request: dict[str, object]) -> dict[str, object]:
    headers = request.get("headers")
    kept: dict[str, object] = {name: request[name] for name in ("method", "url") if name in request}
    if isinstance(headers, dict):
        kept["headers"] = {name: value for name, value in headers.items() if str(name).lower() in _HARMLESS_HEADERS}
    url = kept.get("url")
    return {**kept, "url": url.partition("?")[0]} if isinstance(url, str) else kept


def _forget_variables(event: dict[str, object]) -> None:
    """The values of local variables: told not to send them, the SDK still does for some integrations."""
    for part in ("exception", "threads"):
        found = event.get(part)
        values = found.get("values", []) if isinstance(found, dict) else []
        for value in values:
            for frame in (value.get("stacktrace") or {}).get("frames", []):
                frame.pop("vars", None)
