"""Where letters go."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, SecretStr


def _mail_url(value: SecretStr) -> SecretStr:
    try:
        parts = urlsplit(value.get_secret_value())
        fits = parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port != 0 and parts.path in {"", "/"}
    except ValueError:  # no number, or none of a port
        fits = False
    if not fits:
        raise ValueError("must look like smtp://user:password@host:587 or smtps://user:password@host")
    return value


def _mail_sender(value: str) -> str:
    if not re.fullmatch(r"[\w.+-]+@(\{host\}|[\w.-]+)", value, re.ASCII):
        raise ValueError("must be an address such as post@example.org, or noreply@{host}")
    return value


class MailSettings(BaseModel):
    """*url* is the mail server; without one a local deployment keeps letters in *folder* instead, and the letters of
    any other wait. *sender* is whom they come from, `{host}` in it the site's primary hostname."""

    url: Annotated[SecretStr, AfterValidator(_mail_url)] | None = None
    sender: Annotated[str, AfterValidator(_mail_sender)] = "noreply@{host}"
    folder: str = ".data/outbox"
