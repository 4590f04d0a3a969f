"""How often somebody may guess."""

from core.limits import Limit

SIGN_IN_PER_ACCOUNT = Limit(name="sign_in_account", times=10, seconds=900)
SIGN_IN_PER_CLIENT = Limit(name="sign_in_client", times=50, seconds=900)
INVITATION_PER_CLIENT = Limit(name="invitation_client", times=50, seconds=900)
REFRESH_PER_CLIENT = Limit(name="refresh_client", times=300, seconds=900)
