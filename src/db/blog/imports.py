from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, column, func, insert, literal, select, true, tuple_, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import TableValuedAlias

from core.blog.archives import ArchiveFormat, Note
from core.blog.entities import PostKind
from core.blog.import_errors import ImportNotFound
from core.blog.import_runs import OPEN_STATES, Import, ImportCounts, ImportId, ImportState, NumberedLine
from core.blog.imports import Outcome, ReportLine
from core.errors import StaleVersion
from core.pagination import Slice
from db import cursors
from db.base import columns, values_of
from db.blog.rows import ImportRow

_REPORTS = ("report", "foreseen")
_NOT_OF_THE_ROW = ("counts", "format", "error", "version")


class SqlImportStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, import_id: ImportId) -> Import:
        return await self._get(import_id)

    async def hold(self, import_id: ImportId) -> Import:
        return await self._get(import_id, is_held=True)

    async def find_open(self) -> Import | None:
        found = await self._list(ImportRow.state.in_([state.value for state in OPEN_STATES]), limit=1)
        return found[0] if found else None

    async def list_newest(self, *, limit: int, cursor: str | None) -> Slice[Import]:
        conditions = []
        if cursor is not None:
            before = tuple_(*map(literal, cursors.read(cursor)))
            conditions.append(tuple_(ImportRow.created_at, ImportRow.id) < before)
        found = await self._list(*conditions, limit=limit + 1)
        shown = found[:limit]
        following = cursors.written(shown[-1].created_at, shown[-1].id) if len(found) > limit else None
        return Slice(items=shown, next_cursor=following)

    async def list_lines(
        self, import_id: ImportId, *, outcome: Outcome | None = None, after: int = 0, limit: int
    ) -> Sequence[NumberedLine]:
        told = _lines_of("report")
        conditions = [ImportRow.id == import_id, told.c.number > after]
        if outcome is not None:
            conditions.append(told.c.line["outcome"].astext == outcome.value)
        query = select(told.c.number, told.c.line).select_from(ImportRow).join(told, true()).where(*conditions)
        query = query.order_by(told.c.number).limit(limit)
        return [NumberedLine(number=number, line=_line(line)) for number, line in await self._session.execute(query)]

    async def list_foreseen(self, import_id: ImportId, *, after: int, limit: int) -> Sequence[ReportLine]:
        told = _lines_of("foreseen")
        query = select(told.c.line).select_from(ImportRow).join(told, true())
        query = query.where(ImportRow.id == import_id, told.c.number > after)
        return [_line(line) for line in await self._session.scalars(query.order_by(told.c.number).limit(limit))]

    async def add(self, one: Import) -> None:
        await self._session.execute(insert(ImportRow).values({**_values(one), "report": [], "version": one.version}))

    async def save(self, one: Import, *, lines: Sequence[ReportLine] = ()) -> Import:
        if not lines:
            return await self._save(one, {})
        return await self._save(one, {"report": ImportRow.report.op("||")(literal([*map(_told, lines)], JSONB))})

    async def save_confirmed(self, one: Import) -> Import:
        return await self._save(one, {"foreseen": ImportRow.report, "report": []})

    async def _get(self, import_id: ImportId, *, is_held: bool = False) -> Import:
        found = await self._list(ImportRow.id == import_id, limit=1, is_held=is_held)
        if not found:
            raise ImportNotFound
        return found[0]

    async def _save(self, one: Import, reports: Mapping[str, Any]) -> Import:
        change = update(ImportRow).where(ImportRow.id == one.id, ImportRow.version == one.version)
        values = {**_values(one), **reports, "version": one.version + 1}
        if await self._session.scalar(change.values(values).returning(ImportRow.id)) is None:
            raise StaleVersion(current=(await self.get(one.id)).version)
        return replace(one, version=one.version + 1)

    async def _list(self, *conditions: ColumnElement[bool], limit: int, is_held: bool = False) -> list[Import]:
        query = select(*columns(ImportRow, without=_REPORTS)).where(*conditions)
        query = query.order_by(ImportRow.created_at.desc(), ImportRow.id.desc()).limit(limit)
        found = await self._session.execute(query.with_for_update() if is_held else query)
        return [_import(row) for row in found.mappings()]


def _lines_of(report: str) -> TableValuedAlias:
    """The lines that the array *report* holds, with their numbers from 1."""
    elements = func.jsonb_array_elements(getattr(ImportRow, report))
    told = elements.table_valued(column("line", JSONB), with_ordinality="number", name="told")
    return told.render_derived()


def _values(one: Import) -> dict[str, Any]:
    counts = {each.value: one.counts.of(each) for each in Outcome}
    error = _note(one.error) if one.error else None
    kept = values_of(one, without=_NOT_OF_THE_ROW)
    form = one.format.value if one.format else ""
    return {**kept, **counts, "state": one.state.value, "format": form, "error": error, "done": one.done}


def _import(row: Mapping[Any, Any]) -> Import:
    found = {name: row[name] for name in Import.__dataclass_fields__ if name != "counts"}
    return Import(
        **{
            **found,
            "format": ArchiveFormat(row["format"]) if row["format"] else None,
            "state": ImportState(row["state"]),
            "parts": tuple(row["parts"]),
            "counts": ImportCounts(**{each.value: row[each.value] for each in Outcome}),
            "error": Note(**row["error"]) if row["error"] else None,
        }
    )


def _told(line: ReportLine) -> dict[str, Any]:
    return {
        "source": _storable(line.source),
        "outcome": line.outcome.value,
        "kind": line.kind.value if line.kind else None,
        "title": _storable(line.title),
        "slug": line.slug,
        "notes": [_note(note) for note in line.notes],
        "missing": [_storable(address) for address in line.missing],
    }


def _line(told: Mapping[str, Any]) -> ReportLine:
    return ReportLine(
        source=told["source"],
        outcome=Outcome(told["outcome"]),
        kind=PostKind(told["kind"]) if told["kind"] else None,
        title=told["title"],
        slug=told["slug"],
        notes=tuple(Note(**note) for note in told["notes"]),
        missing=tuple(told["missing"]),
    )


def _note(note: Note) -> dict[str, Any]:
    params = {name: value if isinstance(value, int) else _storable(str(value)) for name, value in note.params.items()}
    return {"message": note.message, "params": params}


def _storable(text: str) -> str:
    """*text* without what JSON in PostgreSQL cannot hold: names in hostile archives have anything in them."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
