"""Letters go to a mail server by SMTP."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

import aiosmtplib

from clients.mail_messages import address_of, message_of
from core.mail import MailNotTaken, WrittenLetter

PORTS = {"smtp": 25, "smtps": 465}
SECONDS = 20.0


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
            message = message_of(letter, sender=self._sender)
            async with self._connection() as connection:
                await self._sign_in(connection)
                # The envelope is ours: what the headers say is for people.
                sender = self._sender.replace("{host}", letter.host)
                await connection.send_message(message, sender=sender, recipients=[address_of(letter.to).addr_spec])
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailNotTaken(reason=_reason(error)) from error

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


def _reason(error: Exception) -> str:
    """One line without the letter's content."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return "; ".join(f"{one.recipient}: {one.code} {one.message}" for one in error.recipients)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {error.message}"
    return f"{type(error).__name__}: {error}"
