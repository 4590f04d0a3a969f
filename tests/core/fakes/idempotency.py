from datetime import datetime

from core.idempotency import KEPT_FOR, Answer, Attempt, KeptAnswer


class MemoryRecords:
    """Claims that no answer followed are forgotten by the next one, as after a rollback."""

    def __init__(self) -> None:
        self.claims: dict[tuple[str, str], datetime] = {}
        self.answers: dict[tuple[str, str], KeptAnswer] = {}

    async def claim(self, attempt: Attempt, *, now: datetime) -> KeptAnswer | None:
        place = attempt.actor, attempt.key
        kept = self.answers.get(place)
        if kept is not None and self.claims[place] > now - KEPT_FOR:
            return kept
        self.answers.pop(place, None)
        self.claims[place] = now
        return None

    async def keep(self, attempt: Attempt, answer: Answer) -> None:
        self.answers[attempt.actor, attempt.key] = KeptAnswer(fingerprint=attempt.fingerprint, answer=answer)
