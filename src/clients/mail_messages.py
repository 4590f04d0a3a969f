"""A letter as it travels: RFC 5322 with a plain and a beautiful part."""

from __future__ import annotations

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

from core.mail import WrittenLetter

AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""Nobody's absence notice answers it (RFC 3834)."""


def message_of(letter: WrittenLetter, *, sender: str) -> EmailMessage:
    """The message for *letter* from *sender* (`{host}` in it is the site's). Raises ValueError for an address that
    cannot be one."""
    addresses = [letter.to, letter.reply_to or ""]
    policy = SMTP if all(address.isascii() for address in addresses) else SMTPUTF8
    message = EmailMessage(policy=policy.clone(cte_type="7bit"))  # no relay on the way has to recode it
    message["From"] = Address(_one_line(letter.sender_name), addr_spec=sender.replace("{host}", letter.host))
    message["To"] = address_of(letter.to)
    if letter.reply_to:
        message["Reply-To"] = address_of(letter.reply_to)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = datetime.now(UTC)
    message["Message-ID"] = f"<{letter.id}@{letter.host}>"
    for name, value in AUTOMATIC.items():
        message[name] = value
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def address_of(text: str) -> Address:
    """*text* as exactly one address, whatever stands in it, its domain as servers look it up. Raises ValueError."""
    user, _, domain = text.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
    except UnicodeError as error:
        raise ValueError(f"no domain: {domain}") from error
    if not user or not ascii_domain:
        raise ValueError(f"no address: {text}")
    return Address(username=user, domain=ascii_domain)


def _one_line(text: str) -> str:
    """Headers end with their line."""
    return " ".join(text.split())
