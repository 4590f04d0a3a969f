"""API tokens at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.users.api_tokens import TOKEN_PREFIX
from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.reading import Pagination


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeChoice:
    """*is_drafting*: a token for drafts only can have it too."""

    name: str
    label: str
    is_chosen: bool
    is_drafting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeGroup:
    """*name* makes its id."""

    name: str
    label: str
    choices: tuple[ScopeChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenItem:
    """*owner* is empty for one's own tokens; *may* says what it may do, in words; *used_at* is right to the hour."""

    id: str
    name: str
    hint: str
    owner: str
    is_draft_only: bool
    is_expired: bool
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    may: tuple[str, ...]

    @property
    def desk_url(self) -> str:
        return f"/admin/tokens/{self.id}"

    @property
    def masked(self) -> str:
        return f"{TOKEN_PREFIX}…{self.hint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensPage:
    tokens: tuple[TokenItem, ...]
    pagination: Pagination
    may_create: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPage:
    """*secret* is the token itself, once, right after it was made."""

    token: TokenItem
    may_revoke: bool
    secret: str = ""

    @property
    def header(self) -> str:
        """What programs send."""
        return f"Authorization: Bearer {TOKEN_PREFIX}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTokenPage:
    form: Form
    groups: tuple[ScopeGroup, ...]
    days: tuple[Choice, ...]
