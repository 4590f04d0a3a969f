"""Where letters lie that are not sent: a folder of this machine, for work and for trials."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from clients.mail_messages import message_of
from core.mail import MailNotTaken, SpooledLetter, WrittenLetter

NEWEST = 100
KEPT = 500
_NAME = re.compile(r"[0-9]{8}T[0-9]{12}-[0-9a-f]{32}")
_SPELLING = "%Y%m%dT%H%M%S%f"


class SpoolPostman:
    """Keeps each letter as a file that mail programs open too (Postman), and shows what is kept (Spool)."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def deliver(self, letter: WrittenLetter) -> None:
        try:
            raw = message_of(letter, sender=self._sender).as_bytes()
            await asyncio.to_thread(self._keep, letter.id, raw)
        except (OSError, ValueError) as error:
            raise MailNotTaken(reason=f"{type(error).__name__}: {error}") from error

    async def list_newest(self) -> Sequence[SpooledLetter]:
        return await asyncio.to_thread(self._newest)

    async def find(self, name: str) -> SpooledLetter | None:
        return await asyncio.to_thread(self._read, name)

    def _keep(self, letter_id: str, raw: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{datetime.now(UTC).strftime(_SPELLING)}-{letter_id}.eml"
        path.write_bytes(raw)
        path.chmod(0o600)
        for old in self._names()[KEPT:]:
            (self._folder / f"{old}.eml").unlink(missing_ok=True)

    def _newest(self) -> list[SpooledLetter]:
        found = (self._read(name) for name in self._names()[:NEWEST])
        return [letter for letter in found if letter is not None]

    def _names(self) -> list[str]:
        names = (path.stem for path in self._folder.glob("*.eml"))
        return sorted((name for name in names if _NAME.fullmatch(name)), reverse=True)

    def _read(self, name: str) -> SpooledLetter | None:
        if not _NAME.fullmatch(name):
            return None
        try:
            raw = (self._folder / f"{name}.eml").read_bytes()
        except OSError:
            return None
        message = message_from_bytes(raw, _class=EmailMessage, policy=default)
        return SpooledLetter(
            name=name,
            at=datetime.strptime(name.partition("-")[0], _SPELLING).replace(tzinfo=UTC),
            to=str(message["To"]),
            subject=str(message["Subject"]),
            text=_part(message, "plain"),
            html=_part(message, "html"),
        )


class NoPostman:
    """For a deployment that was told of no mail server: letters wait for one."""

    async def deliver(self, letter: WrittenLetter) -> None:
        raise MailNotTaken(reason=f"no mail server is set (TERRACE_MAIL__URL): {letter.id} waits")


def _part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    content = found.get_content() if found else ""
    return content.replace("\r\n", "\n") if isinstance(content, str) else ""
