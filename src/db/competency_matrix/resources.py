from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ColumnExpressionArgument, bindparam, delete, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.errors import ResourceNotFound, UrlTaken
from core.competency_matrix.resources import Resource, ResourceId
from core.errors import StaleVersion
from core.pagination import NumberedPage
from db.base import columns, values_of
from db.competency_matrix.filters import attached_to, elements
from db.competency_matrix.rows import QuestionRow, ResourceRow

FURTHEST = 2**31
_BY_NAME = (func.lower(ResourceRow.name), ResourceRow.id)

Attached = list[dict[str, Any]]


class SqlResourceStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_numbered(self, *, text: str, number: int, size: int) -> NumberedPage[tuple[Resource, int]]:
        asked = text.replace("\x00", "")
        has_text = or_(*(column.icontains(asked, autoescape=True) for column in (ResourceRow.name, ResourceRow.url)))
        chosen = select(*columns(ResourceRow)).where(has_text).order_by(*_BY_NAME)
        shown = chosen.limit(size).offset(min((number - 1) * size, FURTHEST)).subquery("shown")
        total = select(func.count().label("total")).select_from(ResourceRow).where(has_text).subquery("whole")
        uses = _uses().subquery("uses")
        query = select(total.c.total, func.coalesce(uses.c.uses, 0).label("uses"), *shown.c)
        joined = total.outerjoin(shown, true()).outerjoin(uses, uses.c.resource_id == shown.c.id)
        query = query.select_from(joined).order_by(func.lower(shown.c.name), shown.c.id)
        rows = (await self._session.execute(query)).mappings().all()
        items = [(_resource_of(row), row["uses"]) for row in rows if row["id"] is not None]
        return NumberedPage(items=items, number=number, size=size, total=rows[0]["total"])

    async def list_many(self, resource_ids: Sequence[str]) -> Sequence[Resource]:
        return await self._list(ResourceRow.id.in_(resource_ids)) if resource_ids else ()

    async def list_troubled(self) -> Sequence[Resource]:
        return await self._list(ResourceRow.trouble != "")

    async def list_unchecked(self, *, before: datetime, limit: int) -> Sequence[Resource]:
        is_due = or_(ResourceRow.checked_at.is_(None), ResourceRow.checked_at < before)
        return await self._list(is_due, limit=limit)

    async def get(self, resource_id: str) -> Resource:
        found = await self._list(ResourceRow.id == resource_id)
        if not found:
            raise ResourceNotFound
        return found[0]

    async def find_by_url(self, url: str) -> Resource | None:
        found = await self._list(ResourceRow.url == url)
        return found[0] if found else None

    async def add(self, resource: Resource) -> Resource:
        adding = insert(ResourceRow).values(values_of(resource)).on_conflict_do_nothing()
        if await self._session.scalar(adding.returning(ResourceRow.id)) is None:
            raise await self._taken(resource)
        return resource

    async def save(self, resource: Resource) -> Resource:
        if any(other.id != resource.id for other in await self._list(ResourceRow.url == resource.url)):
            raise await self._taken(resource)
        saved = replace(resource, version=resource.version + 1)
        is_it = (ResourceRow.id == resource.id, ResourceRow.version == resource.version)
        change = update(ResourceRow).where(*is_it).values(values_of(saved, without=("id",)))
        if await self._session.scalar(change.returning(ResourceRow.id)) is None:
            raise StaleVersion(current=(await self.get(resource.id)).version)
        return saved

    async def save_check(self, resource: Resource) -> None:
        change = update(ResourceRow).where(ResourceRow.id == resource.id, ResourceRow.url == resource.url)
        await self._session.execute(change.values(checked_at=resource.checked_at, trouble=resource.trouble))

    async def merge(self, gone: ResourceId, into: ResourceId) -> int:
        count = await self._reattach(gone, lambda attached: _merged(attached, gone, into))
        await self._session.execute(delete(ResourceRow).where(ResourceRow.id == gone))
        return count

    async def delete(self, resource: Resource) -> int:
        is_it = (ResourceRow.id == resource.id, ResourceRow.version == resource.version)
        if await self._session.scalar(delete(ResourceRow).where(*is_it).returning(ResourceRow.id)) is None:
            raise StaleVersion(current=(await self.get(resource.id)).version)
        return await self._reattach(
            resource.id, lambda attached: [one for one in attached if one["resource_id"] != resource.id]
        )

    async def _reattach(self, resource_id: ResourceId, change: Callable[[Attached], Attached]) -> int:
        """Two who do this at once meet at the first question that they share."""
        held = select(QuestionRow.id, QuestionRow.resources).where(attached_to(resource_id)).order_by(QuestionRow.id)
        rows = (await self._session.execute(held.with_for_update())).all()
        if not rows:
            return 0
        attached = bindparam("attached", type_=JSONB())
        changing = update(QuestionRow).where(QuestionRow.id == bindparam("question_id"))
        changing = changing.values(resources=attached, version=QuestionRow.version + 1)
        changes = [{"question_id": row.id, "attached": change(row.resources)} for row in rows]
        await (await self._session.connection()).execute(changing, changes)
        return len(rows)

    async def _taken(self, resource: Resource) -> UrlTaken:
        other = await self.find_by_url(resource.url)
        return UrlTaken(other.name if other else resource.url)

    async def _list(self, *chosen: ColumnExpressionArgument[bool], limit: int | None = None) -> list[Resource]:
        query = select(*columns(ResourceRow)).where(*chosen).order_by(*_BY_NAME).limit(limit)
        return [_resource_of(row) for row in (await self._session.execute(query)).mappings()]


def _resource_of(row: Any) -> Resource:
    return Resource(**{name: row[name] for name in Resource.__dataclass_fields__})


def _uses() -> Any:
    """How many questions each resource is attached to."""
    each = elements(QuestionRow.resources.expression, "each")
    name: ColumnElement[str] = each.c.value["resource_id"].astext
    query = select(name.label("resource_id"), func.count().label("uses")).select_from(QuestionRow).join(each, true())
    return query.group_by(name)


def _merged(attached: Attached, gone: str, into: str) -> Attached:
    kept: dict[str, dict[str, Any]] = {}
    for one in attached:
        name = into if one["resource_id"] == gone else one["resource_id"]
        kept.setdefault(name, {**one, "resource_id": name})
    return [*kept.values()]
