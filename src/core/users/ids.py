"""Opaque ids, 128 random bits."""

import secrets

from core.identity import SessionId, UserId
from core.users.entities import InvitationId


def new_user_id() -> UserId:
    return UserId(secrets.token_hex(16))


def new_session_id() -> SessionId:
    return SessionId(secrets.token_hex(16))


def new_invitation_id() -> InvitationId:
    return InvitationId(secrets.token_hex(16))
