"""How often somebody may guess."""

from core.limits import Limit

SIGN_IN_PER_ACCOUNT = Limit(name="sign_in_account", times=10, seconds=900)
SIGN_IN_PER_CLIENT = Limit(name="sign_in_client", times=50, seconds=900)
INVITATION_PER_CLIENT = Limit(name="invitation_client", times=50, seconds=900)
REFRESH_PER_CLIENT = Limit(name="refresh_client", times=300, seconds=900)
RESET_PER_CLIENT = Limit(name="reset_client", times=20, seconds=3600)
RESET_PER_ACCOUNT = Limit(name="reset_account", times=5, seconds=3600)
RESET_LINK_PER_CLIENT = Limit(name="reset_link_client", times=50, seconds=900)
EMAIL_CHANGE_PER_ACCOUNT = Limit(name="email_change_account", times=10, seconds=3600)
EMAIL_LINK_PER_CLIENT = Limit(name="email_link_client", times=50, seconds=900)
PASSWORD_PER_ACCOUNT = Limit(name="password_account", times=10, seconds=900)
FACTOR_PER_ACCOUNT = Limit(name="factor_account", times=10, seconds=900)
FACTOR_PER_DAY = Limit(name="factor_day", times=100, seconds=86_400)
"""Six digits can be guessed by who has the password and months of time: at this pace it takes years."""
PASSKEY_PER_CLIENT = Limit(name="passkey_client", times=100, seconds=900)
