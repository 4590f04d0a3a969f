"""How often a visitor may propose something, and how much is changed at once."""

from core.limits import Limit

COMPARE_PER_CLIENT = Limit(name="suggest_compare_client", times=60, seconds=3600)
"""What was not kept has been compared with all questions nevertheless."""
SUGGEST_PER_CLIENT = Limit(name="suggest_client", times=5, seconds=3600)
BULK_MAX = 500
COPY_LENGTH = 600_000
"""What is kept aside of one question: both its texts in every language, at their longest, and more."""
