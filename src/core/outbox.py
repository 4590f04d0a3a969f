"""The outbox: a task for each letter, the letter sealed within it."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass

from core.clock import Clock
from core.mail import Letter, LetterKind
from core.secrets import SecretBox
from core.tasks import Task, TaskKind, TaskStorage

SEALED = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOutbox:
    """Letters hold links that open doors: whoever reads the table of tasks reads none of them."""

    tasks: TaskStorage
    box: SecretBox
    clock: Clock

    async def post(self, letter: Letter) -> None:
        sealed = self.box.seal(json.dumps(asdict(letter)))
        await self.tasks.add(
            TaskKind.SEND_MAIL, subject=secrets.token_hex(16), due_at=self.clock.now(), payload={SEALED: sealed}
        )


def letter_of(task: Task, box: SecretBox) -> Letter:
    """The letter that *task* has to send. Raises Unavailable when no key opens it."""
    kept = json.loads(box.open(task.payload[SEALED]))
    return Letter(**{**kept, "kind": LetterKind(kept["kind"])})
