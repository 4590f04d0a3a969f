from dataclasses import dataclass

from core.access import Access, Action
from core.mail import LetterWriter, Postman
from core.outbox import letter_of
from core.secrets import SecretBox
from core.tasks import Task, TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMail:
    """The runner hands the letter in the task to the mail server, and tries again later when that does not take it.
    What is refused for good has failed at once.

    Refused with MailNotTaken, MailRefused or TaskTaken.
    """

    access: Access
    tasks: TaskStorage
    box: SecretBox
    writer: LetterWriter
    postman: Postman
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.SEND_MAIL)
        written = await self.writer.write(letter_of(task, self.box), letter_id=task.subject)
        await self.transaction.rest()
        await self.postman.deliver(written)
        await self.tasks.finish(task)
        await self.transaction.commit()
