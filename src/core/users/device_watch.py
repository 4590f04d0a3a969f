"""Signing in with a device that is new to somebody who has others: she is told by mail."""

from __future__ import annotations

from dataclasses import dataclass

from core.limits import Client
from core.mail import Outbox
from core.users.devices import device_digest, usable_mark, with_device
from core.users.entities import Session, User
from core.users.letters import new_device
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceWatch:
    users: UserStorage
    outbox: Outbox

    async def note(self, user: User, session: Session, client: Client, mark: str) -> str:
        """Remember the device that *session* began with; the mark that its browser is to keep. The first device of
        somebody is news to nobody."""
        mark = usable_mark(mark)
        digest = device_digest(user.id, session.kind, mark, client)
        known = await self.users.list_devices(user.id)
        if digest not in known:
            await self.users.save_devices(user.id, with_device(known, digest))
            if known:
                await self.outbox.post(new_device(user, session, session.created_at))
        return mark
