"""Letters about somebody's account."""

from __future__ import annotations

from datetime import datetime

from core.mail import Letter, LetterKind
from core.users.credentials import InvitationTokens
from core.users.devices import device_name
from core.users.entities import INVITATION_LIFE, Invitation, Session, User

SESSIONS_PATH = "/admin/profile/sessions"
RESET_PATH = "/password-reset"


def invitation_letter(invitation: Invitation, tokens: InvitationTokens, *, inviter: str) -> Letter:
    """*inviter* is empty where no member of the site invites."""
    days = str(INVITATION_LIFE.days)
    path = f"/invitations/{tokens.make(invitation.id)}"
    values = {"name": invitation.name, "inviter": inviter, "path": path, "days": days}
    return Letter(kind=LetterKind.INVITATION, to=invitation.email, values=values)


def password_changed(user: User) -> Letter:
    return sign_in_changed(user, "password")


def sign_in_changed(user: User, what: str) -> Letter:
    """*what* is one of core.mail.CHANGES."""
    values = {"name": user.name, "what": what, "path": RESET_PATH}
    return Letter(kind=LetterKind.SIGN_IN_CHANGED, to=user.email, values=values, lang=user.locale)


def new_device(user: User, session: Session, now: datetime) -> Letter:
    device = device_name(session.user_agent)
    values = {"name": user.name, "device": device, "at": now.isoformat(), "path": SESSIONS_PATH}
    return Letter(kind=LetterKind.NEW_DEVICE, to=user.email, values=values, lang=user.locale)


def email_changed(user: User, *, old: str) -> Letter:
    """To the old address: whoever reads it can still do something about it."""
    values = {"name": user.name, "new_email": user.email}
    return Letter(kind=LetterKind.EMAIL_CHANGED, to=old, values=values, lang=user.locale)
