from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.mail import Letter, LetterKind, Outbox
from core.secrets import SecretBox
from core.tasks import Task, TaskStorage
from core.transaction import Transaction
from core.users.credentials import LinkClaims, LinkPurpose, LinkTokens
from core.users.entities import User
from core.users.reset import RESET_LIFE, SEALED, reset_bound
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResetLink:
    """The runner writes to whoever has the address for which a new password was asked, if anybody has it.

    Refused with TaskTaken.
    """

    access: Access
    users: UserStorage
    tasks: TaskStorage
    box: SecretBox
    link_tokens: LinkTokens
    outbox: Outbox
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.SEND_MAIL)
        user = await self.users.find_by_email(self.box.open(task.payload[SEALED]))
        if user is not None and user.is_enabled:
            await self.outbox.post(self._letter(user))
        await self.tasks.finish(task)
        await self.transaction.commit()

    def _letter(self, user: User) -> Letter:
        expires_at = self.clock.now() + RESET_LIFE
        claims = LinkClaims(purpose=LinkPurpose.PASSWORD_RESET, user_id=user.id, expires_at=expires_at)
        hours = str(int(RESET_LIFE.total_seconds()) // 3600)
        path = f"/password-reset/{self.link_tokens.make(claims, bound=reset_bound(user))}"
        values = {"name": user.name, "path": path, "hours": hours}
        return Letter(kind=LetterKind.RESET_LINK, to=user.email, values=values, lang=user.locale)
