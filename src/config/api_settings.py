"""How much of a site's API may be used."""

from __future__ import annotations

from pydantic import BaseModel, Field


class ApiSettings(BaseModel):
    """Requests in a minute: of one client without a token, of one token, and at one site of all clients together and of
    all tokens together."""

    client_per_minute: int = Field(default=300, ge=1)
    token_per_minute: int = Field(default=600, ge=1)
    visitors_per_minute: int = Field(default=6000, ge=1)
    members_per_minute: int = Field(default=6000, ge=1)
