from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from core.errors import StaleVersion
from core.identity import RoleKey
from core.policy import SitePolicy
from core.roles.entities import RoleBook
from tests.core.fakes.users import MemoryInvitations, MemoryUsers


class MemoryRoles:
    def __init__(self, users: MemoryUsers, invitations: MemoryInvitations) -> None:
        self.kept = RoleBook(version=1, policy=SitePolicy())
        self._users = users
        self._invitations = invitations

    async def policy(self) -> SitePolicy:
        return self.kept.policy

    async def hold(self) -> None:
        """Requests come one after the other here."""

    async def get(self) -> RoleBook:
        return self.kept

    async def lock(self) -> RoleBook:
        return self.kept

    async def save(self, book: RoleBook) -> RoleBook:
        if book.version != self.kept.version:
            raise StaleVersion(current=self.kept.version)
        self.kept = replace(book, version=book.version + 1)
        return self.kept

    async def people(self, now: datetime) -> Mapping[RoleKey, int]:
        invited = [one.role for one in self._invitations.kept.values() if one.is_open(now)]
        return Counter([*(user.role for user in self._users.kept.values()), *invited])

    async def move_people(self, role: RoleKey, to: RoleKey) -> None:
        for user in list(self._users.kept.values()):
            if user.role == role:
                self._users.kept[user.id] = replace(user, role=to)
        for one in list(self._invitations.kept.values()):
            if one.role == role and one.accepted_at is None:
                self._invitations.kept[one.id] = replace(one, role=to)
