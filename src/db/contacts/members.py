from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.contacts.entities import Member
from core.identity import Role, UserId
from db.users import UserRow


class SqlMemberDirectory:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_members(self) -> Sequence[Member]:
        query = select(UserRow.id, UserRow.name, UserRow.email, UserRow.role, UserRow.locale)
        query = query.where(UserRow.disabled_at.is_(None)).order_by(UserRow.name, UserRow.id)
        return [
            Member(
                id=UserId(row["id"]),
                name=row["name"],
                email=row["email"],
                is_owner=row["role"] == Role.OWNER,
                locale=row["locale"],
            )
            for row in (await self._session.execute(query)).mappings()
        ]
