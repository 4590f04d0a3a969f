"""API tokens, with which programs act for a member."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.access import OPERATOR_ACTIONS, Action
from core.token_rights import NOT_BY_TOKEN
from core.users.api_tokens import TOKEN_LIFE, TOKEN_NAME_LENGTH, CreatedToken, OwnedToken, TokenWanted
from entrypoints.api.models import MomentShown, MomentWanted, Shown, Wanted

_SCOPES = sorted(action.value for action in Action if action not in OPERATOR_ACTIONS | NOT_BY_TOKEN)
_TOKEN: JsonDict = {
    "id": "9c1d2e3f4a5b60718293a4b5c6d7e8f9",
    "name": "Nightly drafts",
    "hint": "wQ2x",
    "scopes": ["media.upload", "post.draft", "post.edit"],
    "is_draft_only": True,
    "created_at": "2026-03-01T09:00:00Z",
    "expires_at": "2026-06-01T09:00:00Z",
    "used_at": None,
}
_WANTED: JsonDict = {
    "name": "Nightly drafts",
    "scopes": ["media.upload", "post.draft", "post.edit"],
    "is_draft_only": True,
    "expires_at": "2026-06-01T09:00:00Z",
}
_USER: JsonDict = {"id": "0d9f1c2b3a4e5f60718293a4b5c6d7e8", "name": "Anna Lind", "email": "anna@example.org"}
ScopeWanted = Annotated[str, Field(json_schema_extra={"enum": [*_SCOPES]})]


class ApiTokenWanted(Wanted):
    """*scopes* are actions, as `/whoami` names them: a subset of what you may do yourself. With *is_draft_only* nothing
    that it does changes what is public."""

    model_config = ConfigDict(json_schema_extra={"examples": [_WANTED]})

    name: Annotated[str, Field(json_schema_extra={"maxLength": TOKEN_NAME_LENGTH})]
    scopes: list[ScopeWanted]
    expires_at: Annotated[MomentWanted, Field(description=f"At most {TOKEN_LIFE.days} days from now.")]
    is_draft_only: bool = False

    def wanted(self, scopes: frozenset[Action]) -> TokenWanted:
        return TokenWanted(name=self.name, scopes=scopes, expires_at=self.expires_at, is_draft_only=self.is_draft_only)


class TokenOwnerShown(Shown):
    id: str
    name: str
    email: str


class _Token(Shown):
    id: str
    name: str
    hint: Annotated[str, Field(description="The last characters of the token.")]
    scopes: list[str]
    is_draft_only: bool
    created_at: MomentShown
    expires_at: MomentShown
    used_at: Annotated[MomentShown | None, Field(description="To the hour.")]


class ApiTokenShown(_Token):
    """A token without its secret, which nobody has but its holder."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_TOKEN, "user": _USER}]})

    user: TokenOwnerShown

    @classmethod
    def of(cls, owned: OwnedToken) -> ApiTokenShown:
        token = owned.token
        user = TokenOwnerShown(id=token.user_id, name=owned.user_name, email=owned.user_email)
        return cls(
            id=token.id,
            name=token.name,
            hint=token.hint,
            scopes=sorted(token.scopes),
            is_draft_only=token.is_draft_only,
            created_at=token.created_at,
            expires_at=token.expires_at,
            used_at=token.used_at,
            user=user,
        )


class ApiTokensShown(Shown):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [{**_TOKEN, "user": _USER}], "next_cursor": None}]}
    )

    items: Sequence[ApiTokenShown]
    next_cursor: str | None


class NewApiTokenShown(_Token):
    """*token* goes into `Authorization: Bearer …`. It is told this once: only a digest of it is kept."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**_TOKEN, "token": "trc_4fVqXb…wQ2x"}]},
    )

    token: str

    @classmethod
    def made(cls, created: CreatedToken) -> NewApiTokenShown:
        token = created.token
        return cls(
            id=token.id,
            name=token.name,
            hint=token.hint,
            scopes=sorted(token.scopes),
            is_draft_only=token.is_draft_only,
            created_at=token.created_at,
            expires_at=token.expires_at,
            used_at=None,
            token=created.secret,
        )
