"""Letters go to a mail server by SMTP."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

import aiosmtplib

from clients.mail_messages import address_of, message_of
from core.mail import MailNotTaken, MailRefused, WrittenLetter

PORTS = {"smtp": 25, "smtps": 465}
SECONDS = 20.0
SIGN_IN_CODES = frozenset({530, 534, 535, 538})
"""What servers say to whom they want to know first (RFC 4954)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """*is_sealed* speaks TLS from the first byte on; otherwise TLS begins as soon as the server offers it."""

    host: str
    port: int
    is_sealed: bool
    user: str = ""
    password: str = ""


def mail_server(url: str) -> MailServer:
    """What `smtp://user:password@host:port` says."""
    parts = urlsplit(url)
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        is_sealed=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class SmtpPostman:
    """A connection for each letter: they are few, and a server that went away in between is nobody's trouble."""

    def __init__(self, server: MailServer, *, sender: str) -> None:
        self._server = server
        self._sender = sender

    async def deliver(self, letter: WrittenLetter) -> None:
        try:
            message, recipient = message_of(letter, sender=self._sender), address_of(letter.to).addr_spec
        except ValueError as error:
            raise MailRefused(reason=_reason(error)) from error
        try:
            async with self._connection() as connection:
                await self._sign_in(connection)
                # The envelope is ours: what the headers say is for people.
                sender = self._sender.replace("{host}", letter.host)
                await connection.send_message(message, sender=sender, recipients=[recipient])
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            refused = MailRefused if _is_lasting(error) else MailNotTaken
            raise refused(reason=_reason(error)) from error

    async def greet(self) -> None:
        """Connect and sign in, and send nothing. Raises MailNotTaken."""
        try:
            async with self._connection() as connection:
                await self._sign_in(connection)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailNotTaken(reason=_reason(error)) from error

    def _connection(self) -> aiosmtplib.SMTP:
        server = self._server
        return aiosmtplib.SMTP(hostname=server.host, port=server.port, use_tls=server.is_sealed, timeout=SECONDS)

    async def _sign_in(self, connection: aiosmtplib.SMTP) -> None:
        if not self._server.user:
            return
        is_private = connection.get_transport_info("ssl_object") is not None or _is_here(self._server.host)
        if not is_private:
            raise ValueError("the server offers no TLS, and the password is not sent in the open")
        await connection.login(self._server.user, self._server.password)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_lasting(error: Exception) -> bool:
    """Whether the server will never take this letter for this recipient. What it thinks of the sender, of our way of
    signing in or of mail from here (5.7.x: SPF, lists of spammers, relaying) is the operator's to mend, and the letter
    can wait for that."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(_is_lasting(one) for one in error.recipients)
    if not isinstance(error, aiosmtplib.SMTPRecipientRefused | aiosmtplib.SMTPDataError):
        return False
    return error.code // 100 == 5 and error.code not in SIGN_IN_CODES and not error.message.startswith("5.7.")


def _reason(error: Exception) -> str:
    """One line without the letter's content."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return "; ".join(f"{one.recipient}: {one.code} {one.message}" for one in error.recipients)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {error.message}"
    return f"{type(error).__name__}: {error}"
