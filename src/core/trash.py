"""How long the trash keeps what was thrown away."""

from datetime import timedelta

KEPT_IN_TRASH = timedelta(days=30)
