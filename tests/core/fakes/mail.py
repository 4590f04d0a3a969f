from dataclasses import dataclass, field

from core.mail import Letter


@dataclass(slots=True, kw_only=True)
class MemoryOutbox:
    kept: list[Letter] = field(default_factory=list)

    async def post(self, letter: Letter) -> None:
        self.kept.append(letter)
