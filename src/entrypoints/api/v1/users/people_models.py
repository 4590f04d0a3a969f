"""The people of a site and who is invited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.identity import UserId
from core.users.entities import EMAIL_LENGTH, NAME_LENGTH
from core.users.people import OpenInvitation, Person
from entrypoints.api.models import MomentShown, Shown, Wanted

_USER: JsonDict = {
    "id": "0d9f1c2b3a4e5f60718293a4b5c6d7e8",
    "email": "igor@example.org",
    "name": "Igor Petrov",
    "role": "author",
    "is_disabled": False,
    "has_factor": True,
    "created_at": "2026-03-01T09:00:00Z",
    "seen_at": "2026-03-02T08:00:00Z",
}
_INVITATION: JsonDict = {
    "id": "7b1f0c2b3a4e5f60718293a4b5c6d7e8",
    "email": "igor@example.org",
    "name": "Igor",
    "role": "author",
    "created_at": "2026-03-01T09:00:00Z",
    "expires_at": "2026-03-08T09:00:00Z",
    "url": "https://anna.example/invitations/7b1f0c2b3a4e5f60718293a4b5c6d7e8.Xk2…",
}


class UserShown(Shown):
    """Somebody who belongs to the site."""

    model_config = ConfigDict(json_schema_extra={"examples": [_USER]})

    id: str
    email: str
    name: str
    role: str
    is_disabled: bool
    has_factor: Annotated[bool, Field(description="Whether she has a second factor: an app or a passkey.")]
    created_at: MomentShown
    seen_at: Annotated[MomentShown | None, Field(description="The last use of a session, to the hour.")]

    @classmethod
    def of(cls, person: Person) -> UserShown:
        user = person.user
        return cls(
            id=user.id,
            email=user.email,
            name=user.name,
            role=user.role,
            is_disabled=not user.is_enabled,
            has_factor=person.has_factor,
            created_at=user.created_at,
            seen_at=person.seen_at,
        )


class UsersShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_USER], "next_cursor": None}]})

    items: Sequence[UserShown]
    next_cursor: str | None


class UserRoleWanted(Wanted):
    model_config = ConfigDict(json_schema_extra={"examples": [{"role": "editor"}]})

    role: Annotated[str, Field(description="A role of the site, as `/roles` names it.")]


class DeleteUserWanted(Wanted):
    """Without *heir* what she wrote stays as it is, under her name."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"heir": "5c1f0c2b3a4e5f60718293a4b5c6d7e8"}]})

    heir: Annotated[str | None, Field(description="The id of whoever gets her posts, questions and files.")] = None

    @property
    def heir_id(self) -> UserId | None:
        return UserId(self.heir) if self.heir else None


class InvitationShown(Shown):
    """Whoever opens *url* can accept, once."""

    model_config = ConfigDict(json_schema_extra={"examples": [_INVITATION]})

    id: str
    email: str
    name: str
    role: str
    created_at: MomentShown
    expires_at: MomentShown
    url: str

    @classmethod
    def of(cls, one: OpenInvitation, base_url: str) -> InvitationShown:
        invitation = one.invitation
        return cls(
            id=invitation.id,
            email=invitation.email,
            name=invitation.name,
            role=invitation.role,
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
            url=f"{base_url}/invitations/{one.token}",
        )


class InvitationsShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_INVITATION], "next_cursor": None}]})

    items: Sequence[InvitationShown]
    next_cursor: str | None


class InvitationWanted(Wanted):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "igor@example.org", "name": "Igor", "role": "author"}]}
    )

    email: Annotated[str, Field(json_schema_extra={"maxLength": EMAIL_LENGTH})]
    role: str
    name: Annotated[str, Field(json_schema_extra={"maxLength": NAME_LENGTH})] = ""
