from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.access import Action
from core.identity import ApiTokenId, UserId
from core.pagination import NumberedPage
from core.users.api_tokens import REMEMBERED, ApiToken, OwnedToken
from core.users.entities import User
from core.users.errors import TokenNotFound
from db.base import TenantRow, columns, values_of
from db.users import UserRow, columns_of_user, user_beside

_ACTIONS = {action.value: action for action in Action}


class ApiTokenRow(TenantRow):
    __tablename__ = "api_tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    digest: Mapped[str]
    hint: Mapped[str]
    scopes: Mapped[list[str]]
    is_draft_only: Mapped[bool]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    ancestors: Mapped[list[str]]

    __table_args__ = (UniqueConstraint("digest"),)


_OWNED = (
    select(*columns(ApiTokenRow), UserRow.name.label("user_name"), UserRow.email.label("user_email"))
    .join(UserRow, UserRow.id == ApiTokenRow.user_id)
    .where(ApiTokenRow.revoked_at.is_(None))
)


class SqlApiTokenStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find_with_user(self, digests: tuple[str, ...]) -> tuple[ApiToken, User] | None:
        query = select(*columns(ApiTokenRow), *columns_of_user()).join(UserRow, UserRow.id == ApiTokenRow.user_id)
        found = await self._session.execute(query.where(ApiTokenRow.digest.in_(digests)))
        row = found.mappings().one_or_none()
        if row is None:
            return None
        return _token(row), user_beside(row)

    async def lock(self, token_id: ApiTokenId) -> ApiToken:
        query = select(*columns(ApiTokenRow)).where(ApiTokenRow.id == token_id).with_for_update()
        row = (await self._session.execute(query)).mappings().one_or_none()
        if row is None:
            raise TokenNotFound
        return _token(row)

    async def get(self, token_id: ApiTokenId) -> OwnedToken:
        row = (await self._session.execute(_OWNED.where(ApiTokenRow.id == token_id))).mappings().one_or_none()
        if row is None:
            raise TokenNotFound
        return _owned(row)

    async def list_page(self, number: int, size: int, *, of: UserId | None) -> NumberedPage[OwnedToken]:
        wanted = [ApiTokenRow.revoked_at.is_(None), *([] if of is None else [ApiTokenRow.user_id == of])]
        total = await self._session.scalar(select(func.count()).select_from(ApiTokenRow).where(*wanted))
        query = _OWNED.where(*wanted).order_by(ApiTokenRow.created_at.desc(), ApiTokenRow.id)
        rows = await self._session.execute(query.limit(size).offset((number - 1) * size))
        items = tuple(_owned(row) for row in rows.mappings())
        return NumberedPage(items=items, number=number, size=size, total=total or 0)

    async def count_live(self, user_id: UserId, now: datetime) -> int:
        is_live = (ApiTokenRow.user_id == user_id, ApiTokenRow.revoked_at.is_(None), ApiTokenRow.expires_at > now)
        return await self._session.scalar(select(func.count()).select_from(ApiTokenRow).where(*is_live)) or 0

    async def add(self, token: ApiToken) -> None:
        await self._forget_old(token.user_id, token.created_at - REMEMBERED)
        await self._session.execute(insert(ApiTokenRow).values(_values(token)))

    async def note_use(self, token: ApiToken) -> None:
        change = update(ApiTokenRow).where(ApiTokenRow.id == token.id)
        await self._session.execute(change.values(used_at=token.used_at, digest=token.digest))

    async def revoke_of(self, user_id: UserId, at: datetime) -> None:
        change = update(ApiTokenRow).where(ApiTokenRow.user_id == user_id, ApiTokenRow.revoked_at.is_(None))
        await self._session.execute(change.values(revoked_at=at))

    async def revoke(self, token_id: ApiTokenId, at: datetime) -> tuple[ApiToken, ...]:
        is_family = or_(ApiTokenRow.id == token_id, ApiTokenRow.ancestors.any_() == token_id)
        change = update(ApiTokenRow).where(is_family, ApiTokenRow.revoked_at.is_(None)).values(revoked_at=at)
        rows = (await self._session.execute(change.returning(*columns(ApiTokenRow)))).mappings().all()
        return tuple(sorted((_token(row) for row in rows), key=lambda each: (len(each.ancestors), each.id)))

    async def _forget_old(self, user_id: UserId, before: datetime) -> None:
        """Whoever makes a new one clears up after herself; what was done with them stays in the audit."""
        is_old = or_(ApiTokenRow.expires_at < before, ApiTokenRow.revoked_at < before)
        await self._session.execute(delete(ApiTokenRow).where(ApiTokenRow.user_id == user_id, is_old))


def _values(token: ApiToken) -> dict[str, Any]:
    return {**values_of(token), "scopes": sorted(token.scopes)}


def _token(row: Mapping[Any, Any]) -> ApiToken:
    values = {field.name: row[field.name] for field in fields(ApiToken)}
    scopes, ancestors = _known(values["scopes"]), tuple(map(ApiTokenId, values["ancestors"]))
    return ApiToken(**{**values, "scopes": scopes, "ancestors": ancestors})


def _owned(row: Mapping[Any, Any]) -> OwnedToken:
    return OwnedToken(token=_token(row), user_name=row["user_name"], user_email=row["user_email"])


def _known(scopes: list[str]) -> frozenset[Action]:
    """Without words that a newer release wrote and this one has no meaning for."""
    return frozenset(_ACTIONS[word] for word in scopes if word in _ACTIONS)
