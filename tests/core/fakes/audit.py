from dataclasses import dataclass, field

from core.access import Action
from core.audit import Facts, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    action: Action
    subject: str
    label: str
    before: Facts
    after: Facts


@dataclass(slots=True, kw_only=True)
class MemoryAuditTrail:
    kept: list[Recorded] = field(default_factory=list)

    async def record(
        self,
        action: Action,
        *,
        subject: str = "",
        label: str = "",
        before: Facts | None = None,
        after: Facts | None = None,
    ) -> None:
        was, became = changed(before or {}, after or {})
        self.kept.append(Recorded(action=action, subject=subject, label=label, before=was, after=became))
