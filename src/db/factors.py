from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.identity import UserId
from core.users.factors import Factor, FactorId, FactorKind
from db.base import TenantRow, columns, values_of


class FactorRow(TenantRow):
    __tablename__ = "factors"

    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    secret: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    counter: Mapped[int] = mapped_column(BigInteger)
    credential: Mapped[str | None]
    host: Mapped[str]

    __table_args__ = (
        UniqueConstraint("credential"),
        Index("uq_factors_one_of_a_kind", "user_id", "kind", unique=True, postgresql_where=text("kind <> 'passkey'")),
    )


_COUNTS = FactorRow.kind != FactorKind.RECOVERY.value


class SqlFactorStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_of(self, user_id: UserId) -> Sequence[Factor]:
        query = select(*columns(FactorRow)).where(FactorRow.user_id == user_id)
        rows = await self._session.execute(query.order_by(FactorRow.created_at, FactorRow.id))
        return [_factor(row) for row in rows.mappings()]

    async def lock_of(self, user_id: UserId) -> Sequence[Factor]:
        query = select(*columns(FactorRow)).where(FactorRow.user_id == user_id)
        rows = await self._session.execute(query.order_by(FactorRow.created_at, FactorRow.id).with_for_update())
        return [_factor(row) for row in rows.mappings()]

    async def lock_by_credential(self, credential: str) -> Factor | None:
        query = select(*columns(FactorRow)).where(FactorRow.credential == credential).with_for_update()
        row = (await self._session.execute(query)).mappings().one_or_none()
        return _factor(row) if row else None

    async def is_held_by(self, user_id: UserId) -> bool:
        query = select(FactorRow.id).where(FactorRow.user_id == user_id, _COUNTS).limit(1)
        return await self._session.scalar(query) is not None

    async def list_holders(self) -> frozenset[UserId]:
        found = await self._session.scalars(select(FactorRow.user_id).where(_COUNTS).distinct())
        return frozenset(map(UserId, found))

    async def add(self, factor: Factor) -> None:
        await self._session.execute(insert(FactorRow).values(_values(factor)))

    async def save(self, factor: Factor) -> None:
        values = {name: value for name, value in _values(factor).items() if name != "id"}
        await self._session.execute(update(FactorRow).where(FactorRow.id == factor.id).values(values))

    async def delete(self, factor_id: FactorId) -> None:
        await self._session.execute(delete(FactorRow).where(FactorRow.id == factor_id))

    async def delete_of(self, user_id: UserId) -> None:
        await self._session.execute(delete(FactorRow).where(FactorRow.user_id == user_id))


def _values(factor: Factor) -> dict[str, Any]:
    return values_of(factor) | {"kind": factor.kind.value}


def _factor(row: Mapping[Any, Any]) -> Factor:
    return Factor(**{**row, "kind": FactorKind(row["kind"])})
