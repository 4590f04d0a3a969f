"""Who acts, as the site keeps her."""

from __future__ import annotations

from core.access import Access
from core.errors import Unauthenticated
from core.users.entities import User
from core.users.storage import UserStorage


async def oneself(users: UserStorage, access: Access) -> User:
    """The acting member. Raises Unauthenticated for whoever is none, and for whom somebody has just deleted."""
    user_id = access.actor.user_id
    user = await users.find(user_id) if user_id else None
    if user is None:
        raise Unauthenticated
    return user
