"""Who hears of a new message, and how."""

from __future__ import annotations

from dataclasses import dataclass

from core.contacts.entities import Member, Message
from core.contacts.form import ContactForm
from core.contacts.limits import LETTERS_PER_SITE
from core.contacts.storage import MemberDirectory
from core.errors import TooMany
from core.events import EventKind, Events
from core.limits import RateLimiter
from core.mail import Letter, LetterKind, Outbox

DESK = "/admin/contacts/messages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidings:
    members: MemberDirectory
    outbox: Outbox
    limiter: RateLimiter
    events: Events

    async def spread(self, message: Message, form: ContactForm) -> None:
        """Letters to those whom *form* names, and the event. Call it right before the commit."""
        if (form.tells_owners or form.told) and await self._may_write():
            for member in await self.members.list_members():
                if member.id in form.told or (member.is_owner and form.tells_owners):
                    await self.outbox.post(letter_about(message, member))
        await self.events.tell(
            EventKind.MESSAGE_RECEIVED, subject=message.id, details={"has_email": bool(message.email)}
        )

    async def _may_write(self) -> bool:
        try:
            await self.limiter.hit(LETTERS_PER_SITE, "site")
        except TooMany:
            return False
        return True


def letter_about(message: Message, member: Member) -> Letter:
    """The words go to owners only: others may have lost the right to read them, and find them at the desk if not."""
    words = ("\n".join((*message.ways, "", message.text)), message.email) if member.is_owner else ("", "")
    return Letter(
        kind=LetterKind.MESSAGE_RECEIVED,
        to=member.email,
        values={"path": f"{DESK}/{message.id}", "sender": message.name, "message": words[0]},
        lang=member.locale,
        reply_to=words[1] or None,
    )
