"""Addresses of people who ask what is kept about them."""

import re

from core.contacts.entities import OTHER_LENGTH, Message, folded_way
from core.errors import Invalid, Problem
from core.text import N_

SHORTEST = 4
"""Less than that is in every other word."""


def checked_address(text: str) -> str:
    """*text* as it is compared. Raises Invalid."""
    address = folded_way(text)
    if not SHORTEST <= len(address) <= OTHER_LENGTH:
        message = N_("Write the whole address: an e-mail address, a name at Telegram, a phone number.")
        raise Invalid(Problem.of("address", message))
    return address


def is_about(message: Message, address: str) -> bool:
    """Whether the message came from *address* (as `checked_address` gives it) or names it, as a word of its own."""
    said = "\n".join((*map(folded_way, message.ways), words_of(message)))
    return re.search(rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)", said) is not None


def words_of(message: Message) -> str:
    """All that people wrote in or about a message, in small letters: what a search looks through."""
    extra = (extra.value for extra in message.extra)
    replies = (reply.text for reply in message.replies)
    return "\n".join((message.name, *message.ways, message.text, *extra, message.note, *replies)).casefold()
