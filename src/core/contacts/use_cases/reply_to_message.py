from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.contacts.entities import Message
from core.contacts.storage import MessageStorage
from core.errors import StaleVersion
from core.mail import Letter, LetterKind, Outbox
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToMessage:
    """Who may, answers by mail; what comes back goes to her own address. Refused with MessageNotFound, Invalid,
    NoAddress or StaleVersion."""

    access: Access
    messages: MessageStorage
    outbox: Outbox
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, message_id: str, text: str, *, expected: int | None = None) -> Message:
        self.access.require(Action.REPLY_MESSAGE)
        message = await self.messages.get(message_id)
        if expected is not None and expected != message.version:
            raise StaleVersion(current=message.version)
        actor = self.access.actor
        answered = message.replied(text, by_name=actor.name, at=self.clock.now())
        saved = await self.messages.save(answered)
        values = {"name": message.name, "text": text.strip(), "message": message.text, "author": actor.name}
        letter = Letter(
            kind=LetterKind.MESSAGE_REPLY,
            to=message.email,
            values=values,
            lang=message.lang or None,
            reply_to=actor.email or None,
        )
        await self.audit.record(Action.REPLY_MESSAGE, subject=message.id)
        await self.outbox.post(letter)
        await self.transaction.commit()
        return saved
