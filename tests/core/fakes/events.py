from collections.abc import Mapping
from dataclasses import dataclass, field

from core.events import Detail, EventKind


@dataclass(slots=True, kw_only=True)
class MemoryEvents:
    kept: list[tuple[EventKind, str, Mapping[str, Detail]]] = field(default_factory=list)

    async def tell(self, kind: EventKind, *, subject: str, details: Mapping[str, Detail]) -> None:
        self.kept.append((kind, subject, details))
