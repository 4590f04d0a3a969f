"""Sessions, and who one is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.identity import Actor, RoleKey
from core.quotas import Spent
from core.users.entities import EMAIL_LENGTH, PASSWORD_MAX, Session, SessionKind
from core.users.token_pairs import TokenPair
from core.users.use_cases.show_whoami import Whoami
from entrypoints.api.models import MomentShown, Shown, Wanted

_SESSION = "3b6f1c0d9e8a47b5a1c2d3e4f5061728"
_USER = "0d9f1c2b3a4e5f60718293a4b5c6d7e8"
TOKENS_EXAMPLE: JsonDict = {
    "id": _SESSION,
    "token_type": "Bearer",
    "access_token": "v4.local.vXcP3l…",
    "access_expires_at": "2026-03-01T09:15:00Z",
    "expires_in": 900,
    "refresh_token": "v4.local.9dQmYk…",
    "refresh_expires_at": "2026-03-31T09:00:00Z",
}
SESSION_EXAMPLE: JsonDict = {
    "id": _SESSION,
    "user_id": _USER,
    "kind": "api",
    "user_agent": "curl/8.9",
    "created_at": "2026-03-01T09:00:00Z",
    "seen_at": "2026-03-01T10:00:00Z",
    "ends_at": "2026-03-31T10:00:00Z",
    "is_current": True,
}
WHOAMI_EXAMPLE: JsonDict = {
    "user": {"id": _USER, "name": "Anna Lind", "email": "anna@example.org"},
    "role": "owner",
    "session_id": _SESSION,
    "token": None,
    "permissions": {"post.draft": "any", "post.edit": "any"},
    "quotas": [
        {"name": "token", "limit": 600, "window_seconds": 60, "left": 587, "resets_in_seconds": 42},
        {"name": "members", "limit": 6000, "window_seconds": 60, "left": 5310, "resets_in_seconds": 17},
    ],
}


class Credentials(Wanted):
    """What one signs in with. Who has a second factor is answered `otp_needed` without *otp*."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "anna@example.org", "password": "…"}]})

    email: Annotated[str, Field(json_schema_extra={"format": "email", "maxLength": EMAIL_LENGTH})]
    password: Annotated[str, Field(repr=False, json_schema_extra={"format": "password", "maxLength": PASSWORD_MAX})]
    otp: Annotated[
        str, Field(repr=False, description="A code of one's app, or a recovery code, where one has a second factor.")
    ] = ""


class RefreshWanted(Wanted):
    """The refresh token of the pair used last."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"refresh_token": "v4.local.9dQmYk…"}]})

    refresh_token: Annotated[str, Field(repr=False)]


class TokensShown(Shown):
    """*access_token* goes into `Authorization: Bearer …`; *refresh_token* is good for one use. *id* is the
    session's."""

    model_config = ConfigDict(json_schema_extra={"examples": [TOKENS_EXAMPLE]})

    id: str
    token_type: Literal["Bearer"]
    access_token: str
    access_expires_at: MomentShown
    expires_in: Annotated[int, Field(description="Seconds that the access token is good for.")]
    refresh_token: str
    refresh_expires_at: MomentShown

    @classmethod
    def of(cls, pair: TokenPair, *, now: datetime) -> TokensShown:
        return cls(
            id=pair.session.id,
            token_type="Bearer",  # noqa: S106 - the scheme's name (RFC 6750), no secret
            access_token=pair.access_token,
            access_expires_at=pair.access_expires_at,
            expires_in=max(0, round((pair.access_expires_at - now).total_seconds())),
            refresh_token=pair.refresh_token,
            refresh_expires_at=pair.refresh_expires_at,
        )


class SessionShown(Shown):
    """Somebody's stay: by a browser or by a program. *ends_at* moves while it is used."""

    model_config = ConfigDict(json_schema_extra={"examples": [SESSION_EXAMPLE]})

    id: str
    user_id: str
    kind: SessionKind
    user_agent: str
    created_at: MomentShown
    seen_at: MomentShown
    ends_at: MomentShown
    is_current: bool

    @classmethod
    def of(cls, session: Session, *, current: str | None) -> SessionShown:
        return cls(
            id=session.id,
            user_id=session.user_id,
            kind=session.kind,
            user_agent=session.user_agent,
            created_at=session.created_at,
            seen_at=session.seen_at,
            ends_at=session.ends_at,
            is_current=session.id == current,
        )


class SessionsShown(Shown):
    """The last used first; all that are live."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [SESSION_EXAMPLE], "next_cursor": None}]})

    items: Sequence[SessionShown]
    next_cursor: None = None


class UserShown(Shown):
    id: str
    name: str
    email: str


class TokenInUseShown(Shown):
    """With *is_draft_only* nothing that is public changes."""

    id: str
    scopes: list[str]
    is_draft_only: bool


class QuotaShown(Shown):
    """How many requests are *left* of *limit*, as the RateLimit fields say."""

    name: str
    limit: int
    window_seconds: int
    left: int
    resets_in_seconds: int

    @classmethod
    def of(cls, spent: Spent) -> QuotaShown:
        return cls(
            name=spent.quota.name,
            limit=spent.quota.times,
            window_seconds=spent.quota.seconds,
            left=spent.left,
            resets_in_seconds=spent.seconds,
        )


class WhoamiShown(Shown):
    """*user* is null for a visitor. *permissions* says how far each goes: any thing, or only one's own; with an API
    *token* they are what its scopes leave of its maker's. *quotas* are those that this request counted against."""

    model_config = ConfigDict(json_schema_extra={"examples": [WHOAMI_EXAMPLE]})

    user: UserShown | None
    role: RoleKey
    session_id: str | None
    token: TokenInUseShown | None
    permissions: dict[str, Annotated[str, Field(json_schema_extra={"enum": ["any", "own"]})]]
    quotas: Sequence[QuotaShown]

    @classmethod
    def of(cls, whoami: Whoami, spent: Sequence[Spent]) -> WhoamiShown:
        actor = whoami.actor
        user = UserShown(id=actor.user_id, name=actor.name, email=actor.email) if actor.user_id else None
        return cls(
            token=_token_in_use(actor),
            quotas=[QuotaShown.of(each) for each in spent],
            user=user,
            role=actor.role,
            session_id=actor.session_id,
            permissions={action.value: scope.value for action, scope in sorted(whoami.permissions.items())},
        )


def _token_in_use(actor: Actor) -> TokenInUseShown | None:
    if actor.token_id is None:
        return None
    return TokenInUseShown(id=actor.token_id, scopes=sorted(actor.scopes or ()), is_draft_only=actor.is_draft_only)
