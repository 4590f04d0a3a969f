from dataclasses import dataclass
from datetime import datetime

from core.access import Access, Action
from core.clock import Clock
from core.contacts.entities import Message, MessageState
from core.contacts.errors import ContactsClosed
from core.contacts.limits import ALIKE_WITHIN, SEND_PER_CLIENT, SEND_PER_SITE, STAMP_LIFE, WORK_ONCE
from core.contacts.sending import Sent, new_message
from core.contacts.spam import Signs, Work, is_worked, judged
from core.contacts.storage import ClientMarks, FormStamps, FormStorage, MessageStorage
from core.contacts.tidings import Tidings
from core.errors import Invalid, Problem, TooMany
from core.limits import Client, RateLimiter
from core.tasks import TaskKind, TaskStorage
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage:
    """Anybody writes to the people of the site; what looks like spam is put aside. Refused with ContactsClosed, Invalid
    (each field named) or TooMany."""

    access: Access
    forms: FormStorage
    messages: MessageStorage
    stamps: FormStamps
    marks: ClientMarks
    tidings: Tidings
    limiter: RateLimiter
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, sent: Sent, *, client: Client) -> Message:
        self.access.require(Action.SEND_MESSAGE)
        form, now = await self.forms.form(), self.clock.now()
        if not form.is_open:
            raise ContactsClosed
        made = new_message(sent, form, client=self.marks.mark(client.key, now), at=now)
        shown_at = self._shown_at(sent, now)
        await self.limiter.hit(SEND_PER_CLIENT, client.key)
        await self.limiter.hit(SEND_PER_SITE, "site")
        signs = Signs(
            seconds=None if shown_at is None else (now - shown_at).total_seconds(),
            work=await self._work(sent),
            is_trapped=bool(sent.trap),
            alike=await self.messages.count_alike(made.fingerprint, since=now - ALIKE_WITHIN),
        )
        message = judged(made, signs)
        await self.messages.add(message)
        if message.state is not MessageState.SPAM:
            await self.tidings.spread(message, form)
        ends_at = min(form.keeping.ends_at(message), now + form.keeping.client)
        await self.tasks.add(TaskKind.EXPIRE_MESSAGES, due_at=ends_at)
        await self.transaction.commit()
        return message

    def _shown_at(self, sent: Sent, now: datetime) -> datetime | None:
        """Raises Invalid for a stamp that is not ours, or of yesterday."""
        if sent.stamp is None:
            return None
        shown_at = self.stamps.issued_at(sent.stamp)
        if shown_at is None or not shown_at <= now <= shown_at + STAMP_LIFE:
            raise Invalid(Problem.of("stamp", N_("The form was open for too long. Please send it once more.")))
        return shown_at

    async def _work(self, sent: Sent) -> Work:
        if not (sent.work and sent.stamp):
            return Work.NONE
        if not is_worked(sent.stamp, sent.work):
            return Work.WRONG
        try:
            await self.limiter.hit(WORK_ONCE, sent.stamp)
        except TooMany:
            return Work.WRONG
        return Work.DONE
