"""What looks like spam: signs add up, and no single weak one is enough. Nothing is refused for it, only put aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from hashlib import sha256

from core.contacts.entities import Message, MessageState, SpamReason

SUSPECT = 100
SOONEST = 3
"""Seconds: nobody reads the form and writes a message in less."""
WORK_BITS = 14
"""Zeros that the digest must begin with: 16,000 tries on average, half a second in a browser."""
_WEIGHTS = {
    SpamReason.TRAP: 100,
    SpamReason.QUICK: 60,
    SpamReason.NO_STAMP: 30,
    SpamReason.NO_WORK: 20,
    SpamReason.WRONG_WORK: 60,
    SpamReason.MARKUP: 60,
    SpamReason.LINK_IN_NAME: 100,
}
_LINK = re.compile(r"https?://|\bwww\.|\bt\.me/", re.IGNORECASE)
_MARKUP = re.compile(r"\[(?:url|link)\b|<a\s", re.IGNORECASE)
_LINKS = (0, 10, 30, 60, 80)
_MANY_LINKS = 100
_REPEATED = 50


class Work(Enum):
    """The proof of work of a form: WRONG also when it has been used before."""

    NONE = "none"
    DONE = "done"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is known besides the words: *seconds* since the form was shown (None: without a stamp), how many said the
    same lately."""

    seconds: float | None
    work: Work
    is_trapped: bool
    alike: int


def is_worked(stamp: str, work: str) -> bool:
    """Whether the digest of *stamp* and *work* begins with WORK_BITS zeros."""
    digest = sha256(f"{stamp}:{work}".encode(errors="surrogatepass")).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - WORK_BITS) == 0


def judged(message: Message, signs: Signs) -> Message:
    """The message with its score and the reasons for it, put aside when it is suspect."""
    found = {reason: _WEIGHTS[reason] for reason in _plain_signs(message, signs)}
    links = len(_LINK.findall(" ".join((message.text, *(extra.value for extra in message.extra)))))
    if links:
        found[SpamReason.LINKS] = _LINKS[links] if links < len(_LINKS) else _MANY_LINKS
    if signs.alike:
        found[SpamReason.REPEATED] = _REPEATED * signs.alike
    score = min(sum(found.values()), 999)
    state = MessageState.SPAM if score >= SUSPECT else MessageState.UNREAD
    return replace(message, score=score, reasons=tuple(found), state=state)


def _plain_signs(message: Message, signs: Signs) -> list[SpamReason]:
    said = {
        SpamReason.TRAP: signs.is_trapped,
        SpamReason.NO_STAMP: signs.seconds is None,
        SpamReason.QUICK: signs.seconds is not None and signs.seconds < SOONEST,
        SpamReason.NO_WORK: signs.work is Work.NONE,
        SpamReason.WRONG_WORK: signs.work is Work.WRONG,
        SpamReason.MARKUP: bool(_MARKUP.search(message.text)),
        SpamReason.LINK_IN_NAME: bool(_LINK.search(message.name)),
    }
    return [reason for reason, is_so in said.items() if is_so]
