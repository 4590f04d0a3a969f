from core.errors import Conflict, Invalid, NotFound, Problem, Unauthenticated
from core.identity import Actor
from core.text import N_


class WrongCredentials(Unauthenticated):
    """The same for an unknown address, a wrong password and a disabled user."""

    code = "wrong_credentials"
    message = N_("The e-mail address or the password is not right.")


class SessionEnded(Unauthenticated):
    code = "session_ended"
    message = N_("This session has ended. Please sign in again.")


class SessionNotFound(NotFound):
    message = N_("There is no such session.")


class TokenEnded(SessionEnded):
    """Told like a session that has ended, whatever is wrong with the token; who it was of, and what it was called, are
    for the audit alone."""

    def __init__(self, actor: Actor, name: str) -> None:
        super().__init__()
        self.actor = actor
        self.name = name


class TokenNotFound(NotFound):
    message = N_("There is no such token.")


class TooManyTokens(Conflict):
    code = "too_many_tokens"
    message = N_("You have %(limit)d tokens already. Revoke one that nobody needs any more.")


class InvitationNotFound(NotFound):
    """Unknown, used, revoked and expired invitations look the same."""

    code = "invitation_not_found"
    message = N_("This invitation is no longer valid. Please ask for a new one.")


class EmailTaken(Invalid):
    code = "email_taken"

    def __init__(self) -> None:
        super().__init__(Problem.of("email", N_("Somebody with this e-mail address is here already.")))


class UserNotFound(NotFound):
    code = "user_not_found"
    message = N_("There is nobody like that here.")


class NotOneself(Conflict):
    """Who shuts herself out would not come back in to undo it."""

    code = "not_oneself"
    message = N_("You cannot do this to yourself. Ask another owner.")


class ResetLinkNotFound(NotFound):
    """Forged, used and expired links look the same."""

    code = "reset_link_not_found"
    message = N_("This link is no longer valid. Please ask for a new one.")


class EmailChangeNotFound(NotFound):
    """Forged, used and expired links look the same."""

    code = "email_change_not_found"
    message = N_("This link is no longer valid. Please enter the new address once more.")


class WrongPassword(Invalid):
    """The present password, which is asked for before credentials change."""

    code = "wrong_password"

    def __init__(self) -> None:
        super().__init__(Problem.of("current_password", N_("This is not your present password.")))
