import secrets
from dataclasses import dataclass
from datetime import timedelta

from core.access import Access, Action
from core.clock import Clock
from core.limits import Client, RateLimiter
from core.secrets import SecretBox
from core.tasks import TaskKind, TaskStorage
from core.transaction import Transaction
from core.users.entities import EMAIL_LENGTH, normalised_email
from core.users.limits import RESET_PER_ACCOUNT, RESET_PER_CLIENT
from core.users.reset import SEALED

SOON = timedelta(seconds=2)
"""A letter is looked up and written at some moment of this time: whoever asks again at once and watches how busy the
machine is learns nothing from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPasswordReset:
    """Somebody asks for a link to choose a new password. Whether anybody has the address is looked up later: answer and
    time are the same for all.

    Refused with TooMany.
    """

    access: Access
    tasks: TaskStorage
    box: SecretBox
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(self, email: str, *, client: Client) -> None:
        self.access.require(Action.REQUEST_PASSWORD_RESET)
        email = normalised_email(email)[:EMAIL_LENGTH]
        await self.limiter.hit(RESET_PER_CLIENT, client.key)
        await self.limiter.hit(RESET_PER_ACCOUNT, email)
        sealed = {SEALED: self.box.seal(email)}
        due_at = self.clock.now() + SOON * (secrets.randbelow(1001) / 1000)
        await self.tasks.add(TaskKind.SEND_RESET_LINK, subject=secrets.token_hex(16), due_at=due_at, payload=sealed)
        await self.transaction.commit()
