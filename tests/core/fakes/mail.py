from dataclasses import dataclass, field

from core.mail import Letter, MailNotTaken, MailRefused, WrittenLetter


@dataclass(slots=True, kw_only=True)
class MemoryOutbox:
    kept: list[Letter] = field(default_factory=list)

    async def post(self, letter: Letter) -> None:
        self.kept.append(letter)


class FakeBox:
    """Seals by turning round."""

    def seal(self, secret: str) -> str:
        return secret[::-1]

    def open(self, sealed: str) -> str:
        return sealed[::-1]


class FakeWriter:
    async def write(self, letter: Letter, *, letter_id: str) -> WrittenLetter:
        return WrittenLetter(
            id=letter_id,
            to=letter.to,
            sender_name="Anna",
            host="anna.example",
            subject=letter.kind,
            text="",
            html="",
            reply_to=letter.reply_to,
        )


@dataclass(slots=True, kw_only=True)
class FakePostman:
    is_away: bool = False
    has_nobody: bool = False
    delivered: list[WrittenLetter] = field(default_factory=list)

    async def deliver(self, letter: WrittenLetter) -> None:
        if self.is_away:
            raise MailNotTaken(reason="451 later, please")
        if self.has_nobody:
            raise MailRefused(reason="550 no such user here")
        self.delivered.append(letter)
