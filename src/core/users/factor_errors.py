from core.errors import Conflict, Invalid, NotFound, Problem, Unauthenticated
from core.text import N_


class OtpNeeded(Unauthenticated):
    """Said to a program that knew the password, and to nobody else."""

    code = "otp_needed"
    message = N_("A code is needed: send the one that your app shows, or a recovery code, as otp.")


class WrongCode(Unauthenticated):
    code = "wrong_code"
    message = N_("This code is not right. Take the one that your app shows now, or a recovery code.")


class CodeUsed(WrongCode):
    code = "code_used"
    message = N_("This code was used before. Wait for the next one.")


class PasskeyRefused(Unauthenticated):
    """Forged, foreign, unknown, and copied passkeys look the same."""

    code = "passkey_refused"
    message = N_("This passkey does not open anything here. Sign in with your password instead.")


class PasskeyCopied(PasskeyRefused):
    """Told like any other; that the count went back is for the audit."""

    code = "passkey_copied"


class ChallengeEnded(Unauthenticated):
    """Forged, expired, and used ones look the same."""

    code = "challenge_ended"
    message = N_("This took too long, or was sent before. Please begin again.")


class SetupEnded(Invalid):
    """The same, for somebody who is signed in."""

    code = "setup_ended"

    def __init__(self) -> None:
        super().__init__(Problem.of("setup", ChallengeEnded.message))


class WrongSetupCode(Invalid):
    code = "wrong_setup_code"

    def __init__(self) -> None:
        super().__init__(Problem.of("code", N_("This is not the code that the app should show now.")))


class PasskeyNotMade(Invalid):
    code = "passkey_not_made"

    def __init__(self) -> None:
        super().__init__(Problem.of("credential", N_("Your browser's answer was not accepted. Please try once more.")))


class FactorNotFound(NotFound):
    message = N_("There is no such second factor.")


class AppAlready(Conflict):
    code = "app_already"
    message = N_("You have an app already. Remove it first.")


class TooManyPasskeys(Conflict):
    code = "too_many_passkeys"
    message = N_("You have %(limit)d passkeys already. Remove one that you do not use any more.")


class NoFactorYet(Conflict):
    code = "no_factor_yet"
    message = N_("Recovery codes stand in for a second factor, and you have none yet.")


class FactorRequired(Conflict):
    code = "factor_required"
    message = N_("Your role needs a second factor. Add another one before you remove this.")


class LastWayIn(Conflict):
    code = "last_way_in"
    message = N_("Without it you could not sign in any more. Set a password first, by “Forgotten your password?”.")


class SignInAgain(Conflict):
    """Who has no password proves by a stay that has just begun that it is she."""

    code = "sign_in_again"
    message = N_("You signed in a while ago. Sign out and in again, then this can be changed.")
