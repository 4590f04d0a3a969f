"""Lists that are put in order as a whole."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.errors import OrderChanged
from db.competency_matrix.rows import QuestionRow, SheetRow


async def put_in_order(
    session: AsyncSession,
    row: type[QuestionRow] | type[SheetRow],
    wanted: Sequence[str],
    *,
    expected: Sequence[str],
    within: Sequence[ColumnElement[bool]],
    order: Sequence[Any],
) -> None:
    """Raises OrderChanged when what *within* tells of does not stand in the order that was *expected*."""
    listed: Select[Any] = select(row.id).where(*within)
    # Whoever waits here for another order has seen the list before it. By id: two who lock the same rows meet at the
    # first, and do not lock each other out.
    await session.execute(listed.order_by(row.id).with_for_update())
    standing = list(await session.scalars(listed.order_by(*order)))
    if list(expected) != standing or sorted(wanted) != sorted(standing):
        raise OrderChanged
    ids = cast(literal(list(wanted)), ARRAY(Text()))
    each = func.unnest(ids).table_valued("id", with_ordinality="place", name="each").render_derived()
    change = update(row).where(row.id == each.c.id, row.position != each.c.place)
    await session.execute(change.values(position=cast(each.c.place, Integer())))
