from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, insert, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import StaleVersion
from core.identity import RoleKey
from core.policy import SitePolicy
from core.roles.entities import RoleBook
from db.base import values_of
from db.policy import DIFFERENCES, ROLES, PolicyDifferenceRow, RoleRow, policy_of
from db.site import SiteRow
from db.tenant_session import announce
from db.users import InvitationRow, UserRow

_KEY = func.hashtextextended(func.current_schema() + ".roles", 0)


class SqlRoleStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def policy(self) -> SitePolicy:
        return (await self.get()).policy

    async def hold(self) -> None:
        await self._session.execute(select(func.pg_advisory_xact_lock_shared(_KEY)))

    async def lock(self) -> RoleBook:
        await self._session.execute(select(func.pg_advisory_xact_lock(_KEY)))
        return await self.get()

    async def get(self) -> RoleBook:
        query = select(SiteRow.policy_version, ROLES, DIFFERENCES)
        version, roles, differences = (await self._session.execute(query)).one()
        return RoleBook(version=version, policy=policy_of(roles, differences))

    async def save(self, book: RoleBook) -> RoleBook:
        change = update(SiteRow).where(SiteRow.policy_version == book.version)
        values = {SiteRow.policy_version: book.version + 1}
        if await self._session.scalar(change.values(values).returning(SiteRow.id)) is None:
            raise StaleVersion(current=(await self.get()).version)
        before, after = await self.policy(), book.policy
        if before.roles != after.roles:
            await self._session.execute(delete(RoleRow))
            rows = [values_of(role) | {"position": place} for place, role in enumerate(after.roles)]
            if rows:
                await self._session.execute(insert(RoleRow), rows)
        if before.differences != after.differences:
            await self._write_differences(before, after)
        announce(self._session, "profile")
        return replace(book, version=book.version + 1)

    async def people(self, now: datetime) -> Mapping[RoleKey, int]:
        is_open = (
            InvitationRow.accepted_at.is_(None),
            InvitationRow.revoked_at.is_(None),
            InvitationRow.expires_at > now,
        )
        everybody = union_all(select(UserRow.role), select(InvitationRow.role).where(*is_open)).subquery()
        query = select(everybody.c.role, func.count().label("people")).group_by(everybody.c.role)
        return {row.role: row.people for row in await self._session.execute(query)}

    async def move_people(self, role: RoleKey, to: RoleKey) -> None:
        invited = update(InvitationRow).where(InvitationRow.role == role, InvitationRow.accepted_at.is_(None))
        await self._session.execute(invited.values(role=to))
        # Whoever was just accepting has committed by now, and is among the people.
        await self._session.execute(update(UserRow).where(UserRow.role == role).values(role=to))

    async def _write_differences(self, before: SitePolicy, after: SitePolicy) -> None:
        """What a newer release wrote, and this one cannot read, stays."""
        gone, come = set(before.differences) - set(after.differences), set(after.differences) - set(before.differences)
        for one in gone:
            same = (PolicyDifferenceRow.role == one.role, PolicyDifferenceRow.action == one.action.value)
            await self._session.execute(delete(PolicyDifferenceRow).where(*same))
        if come:
            rows = [{"role": one.role, "action": one.action.value, "scope": one.scope.value} for one in come]
            await self._session.execute(insert(PolicyDifferenceRow), rows)
