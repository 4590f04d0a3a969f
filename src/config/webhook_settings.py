"""Where events may be sent."""

from __future__ import annotations

from pydantic import BaseModel


class WebhookSettings(BaseModel):
    """*allow_loopback*: a local deployment may send events to this machine, where a receiver is being written. It has
    no effect in production."""

    allow_loopback: bool = False
