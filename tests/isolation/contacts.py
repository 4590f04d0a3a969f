"""A message to a site, and what to send where messages are written and kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from core.contacts.form import ContactForm
from core.contacts.sending import Sent, new_message
from db.contacts import SqlMessageStorage
from tests.api.house import Site

MESSAGES = "/api/v1/contacts/messages"
API, DESK = f"{MESSAGES}/{{message_id:str}}", "/admin/contacts/messages/{message_id:str}"
WORDS = {"name": "Forged", "email": "{tag}@example.org", "text": "Forged {tag}"}
ABOUT = {"address": "{tag}@example.org"}
SETTINGS = {"is_open": True, "fields": [], "consent": "", "retention_days": 300}
SENT: dict[str, dict[str, Any]] = {
    f"DELETE {API}": {},
    f"PATCH {API}": {"json": {"note": "Forged"}},
    f"POST {API}/replies": {"json": {"text": "Forged"}},
    f"POST {API}/restoration": {},
    f"POST {MESSAGES}": {"json": {**WORDS, "stamp": "{contact_stamp}"}},
    f"POST {MESSAGES}/states": {"json": {"messages": ["{message_id}"], "state": "archived"}},
    "POST /api/v1/contacts/disclosures": {"json": ABOUT},
    "POST /api/v1/contacts/erasures": {"json": ABOUT},
    "PUT /api/v1/contacts/settings": {"json": SETTINGS},
    f"POST {DESK}": {"data": {"state": "archived", "note": "Forged"}},
    f"POST {DESK}/reading": {"data": {}},
    f"POST {DESK}/reply": {"data": {"text": "Forged"}},
    f"POST {DESK}/restoration": {"data": {}},
    f"POST {DESK}/trash": {"data": {}},
    "POST /admin/contacts/address": {"data": ABOUT},
    "POST /admin/contacts/address/disclosure": {"data": ABOUT},
    "POST /admin/contacts/address/erasure": {"data": {**ABOUT, "again": "{tag}@example.org"}},
    "POST /admin/contacts/export": {"data": {}},
    "POST /admin/contacts/selection": {"data": {"message-{message_id}": "yes", "deed": "archived"}},
    "POST /admin/contacts/settings": {"data": {"is_open": "yes", "retention_days": "300"}},
    "POST /contacts": {"data": {**WORDS, "stamp": "{contact_stamp}"}},
}


async def message_to(site: Site, word: str) -> str:
    """Its id."""
    sent = Sent(name=f"Secret {word}", email=f"{word}@example.org", text=f"Secret {word}")
    message = new_message(sent, ContactForm(), client="", at=datetime.now(UTC))
    async with site.sessions.open(site.tenant) as session:
        await SqlMessageStorage(session).add(message)
        await session.commit()
    return message.id
