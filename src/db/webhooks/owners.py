from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.identity import Role
from core.webhooks.storage import Owner
from db.users import UserRow


class SqlOwnerDirectory:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_owners(self) -> Sequence[Owner]:
        query = select(UserRow.email, UserRow.locale).where(UserRow.role == Role.OWNER, UserRow.disabled_at.is_(None))
        rows = await self._session.execute(query.order_by(UserRow.email))
        return [Owner(email=email, locale=locale) for email, locale in rows]
