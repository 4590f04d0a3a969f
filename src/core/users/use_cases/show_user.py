from dataclasses import dataclass

from core.access import Access, Action
from core.identity import UserId
from core.users.errors import UserNotFound
from core.users.profiles import OwnData
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowUser:
    """A member sees her own data, an owner everybody's. Refused with UserNotFound."""

    access: Access
    users: UserStorage

    async def __call__(self, user_id: UserId) -> OwnData:
        self.access.require(Action.READ_USER)
        user = await self.users.find(user_id)
        if user is None:
            raise UserNotFound
        self.access.require(Action.READ_USER, on=user)
        return OwnData(user=user, profile=await self.users.get_profile(user.id))
