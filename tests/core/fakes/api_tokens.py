from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import count

from core.identity import ApiTokenId, UserId
from core.pagination import NumberedPage
from core.users.api_tokens import REMEMBERED, TOKEN_PREFIX, ApiToken, OwnedToken
from core.users.entities import User
from core.users.errors import TokenNotFound
from tests.core.fakes.users import MemoryUsers


class MemoryApiTokens:
    def __init__(self, users: MemoryUsers, *tokens: ApiToken) -> None:
        self.users = users
        self.kept = {token.id: token for token in tokens}

    async def find_with_user(self, digests: tuple[str, ...]) -> tuple[ApiToken, User] | None:
        token = next((token for token in self.kept.values() if token.digest in digests), None)
        user = self.users.kept.get(token.user_id) if token else None
        return (token, user) if token and user else None

    async def lock(self, token_id: ApiTokenId) -> ApiToken:
        if token_id not in self.kept:
            raise TokenNotFound
        return self.kept[token_id]

    async def get(self, token_id: ApiTokenId) -> OwnedToken:
        found = self.kept.get(token_id)
        if found is None or found.revoked_at:
            raise TokenNotFound
        return self._owned(found)

    async def list_page(self, number: int, size: int, *, of: UserId | None) -> NumberedPage[OwnedToken]:
        found = [token for token in self.kept.values() if token.revoked_at is None and of in (None, token.user_id)]
        found.sort(key=lambda token: token.id)
        found.sort(key=lambda token: token.created_at, reverse=True)
        items = [self._owned(token) for token in found[(number - 1) * size : number * size]]
        return NumberedPage(items=tuple(items), number=number, size=size, total=len(found))

    def _owned(self, token: ApiToken) -> OwnedToken:
        user = self.users.kept[token.user_id]
        return OwnedToken(token=token, user_name=user.name, user_email=user.email)

    async def count_live(self, user_id: UserId, now: datetime) -> int:
        return sum(token.user_id == user_id and token.is_live(now) for token in self.kept.values())

    async def add(self, token: ApiToken) -> None:
        long_ago = token.created_at - REMEMBERED
        for old in tuple(self.kept.values()):
            if old.user_id == token.user_id and min(old.expires_at, old.revoked_at or old.expires_at) < long_ago:
                del self.kept[old.id]
        self.kept[token.id] = token

    async def note_use(self, token: ApiToken) -> None:
        self.kept[token.id] = replace(self.kept[token.id], used_at=token.used_at, digest=token.digest)

    async def revoke_of(self, user_id: UserId, at: datetime) -> None:
        for token in self.kept.values():
            if token.user_id == user_id and token.revoked_at is None:
                self.kept[token.id] = replace(token, revoked_at=at)

    async def revoke(self, token_id: ApiTokenId, at: datetime) -> tuple[ApiToken, ...]:
        family = [token for token in self.kept.values() if token_id in (token.id, *token.ancestors)]
        revoked = [replace(token, revoked_at=at) for token in family if token.revoked_at is None]
        self.kept |= {token.id: token for token in revoked}
        return tuple(sorted(revoked, key=lambda token: (len(token.ancestors), token.id)))


class FakeApiTokenCodes:
    """Secrets as short as they are predictable; *keys* are those of the installation, the newest first."""

    def __init__(self, site: str = "anna", keys: tuple[str, ...] = ("key",)) -> None:
        self.keys = keys
        self._site = site
        self._numbers = count(1000)

    def make(self) -> str:
        return f"{TOKEN_PREFIX}{next(self._numbers)}"

    def digests(self, token: str) -> tuple[str, ...]:
        is_one = token.startswith(TOKEN_PREFIX) and token.removeprefix(TOKEN_PREFIX).isdecimal()
        kept = [sha256(f"{key} {self._site} {token}".encode()).hexdigest() for key in self.keys]
        return tuple(kept) if is_one else ()
