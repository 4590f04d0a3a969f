"""How often somebody may write, and how often somebody is told of it."""

from collections.abc import Sequence
from datetime import timedelta

from core.errors import Invalid, Problem
from core.limits import Limit
from core.text import N_

SEND_PER_CLIENT = Limit(name="contact_client", times=5, seconds=3600)
SEND_PER_SITE = Limit(name="contact_site", times=100, seconds=3600)
WORK_ONCE = Limit(name="contact_work", times=1, seconds=24 * 3600)
"""Work is done for one message."""
LETTERS_PER_SITE = Limit(name="contact_letters", times=20, seconds=3600)
"""Beyond it messages wait in the inbox without a letter each."""
STAMP_LIFE = timedelta(hours=24)
ALIKE_WITHIN = timedelta(days=30)
BULK_MAX = 100
EXPORT_SLICE = 200


def refuse_number(message_ids: Sequence[str]) -> None:
    """Raise Invalid for none, or too many."""
    if not message_ids:
        raise Invalid(Problem.of("messages", N_("Choose some messages first.")))
    if len(message_ids) > BULK_MAX:
        raise Invalid(Problem.of("messages", N_("At most %(limit)d at a time, please."), limit=BULK_MAX))
