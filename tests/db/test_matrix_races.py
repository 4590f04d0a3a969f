"""Two owners at once, each with a transaction of her own."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from core.competency_matrix.errors import NotEmpty, OrderChanged, PlaceNotFound, SheetNotFound, SuggestionDecided
from core.competency_matrix.suggestions import Suggestion, SuggestionId
from core.tenancy.entities import Tenant
from db.competency_matrix import SqlQuestionStorage, SqlSheetStorage, SqlSuggestionStorage
from db.tenant_session import TenantSessions
from tests.contracts.matrix import JUNIOR, NOW, PYTHON, a_question, a_sheet

Put = Callable[[list[str], list[str]], Awaitable[None]]
Standing = Callable[[], Awaitable[list[str]]]
NAMES = [f"n{number}" for number in range(6)]
ROUNDS = 20


@pytest.fixture
async def filled(anna: Tenant, sessions: TenantSessions) -> Tenant:
    async with sessions.open(anna) as session:
        await SqlSheetStorage(session).add(PYTHON)
        for name in NAMES:
            await SqlQuestionStorage(session).add(a_question(name))
        for name in NAMES:
            await SqlSheetStorage(session).add(a_sheet(name, ("x", ())))
        await session.commit()
    return anna


async def race(put: Put, standing: Standing) -> None:
    """Both have seen the same; one of the orders stands afterwards as a whole, and the other's owner is told."""
    seen = await standing()
    wanted = [[*seen[1:], seen[0]], [seen[-1], *seen[:-1]]]
    ends = await asyncio.gather(*(put(order, seen) for order in wanted), return_exceptions=True)

    told = [end for end in ends if end is not None]
    assert [type(end) for end in told] == [OrderChanged]
    assert await standing() == wanted[ends.index(None)]


async def test_of_two_orders_of_a_cell_one_stands(filled: Tenant, sessions: TenantSessions) -> None:
    async def put(order: list[str], seen: list[str]) -> None:
        async with sessions.open(filled) as session:
            await SqlQuestionStorage(session).order("types", JUNIOR, order, expected=seen)
            await session.commit()

    async def standing() -> list[str]:
        async with sessions.open(filled) as session:
            questions = await SqlQuestionStorage(session).list_many([f"id-{name}" for name in NAMES])
            return [question.id for question in sorted(questions, key=lambda one: one.position)]

    for _ in range(ROUNDS):
        await race(put, standing)


async def test_of_two_orders_of_the_sheets_one_stands(filled: Tenant, sessions: TenantSessions) -> None:
    async def put(order: list[str], seen: list[str]) -> None:
        async with sessions.open(filled) as session:
            await SqlSheetStorage(session).order(order, expected=seen)
            await session.commit()

    async def standing() -> list[str]:
        async with sessions.open(filled) as session:
            return [str(sheet.id) for sheet in await SqlSheetStorage(session).list_sheets()]

    for _ in range(ROUNDS):
        await race(put, standing)


async def test_who_orders_while_a_question_leaves_the_cell_is_told(filled: Tenant, sessions: TenantSessions) -> None:
    ids = [f"id-{name}" for name in NAMES]
    async with sessions.open(filled) as leaving, sessions.open(filled) as ordering:
        moved = await SqlQuestionStorage(leaving).get(ids[0])
        await SqlQuestionStorage(leaving).save_many([a_question(NAMES[0], grade=None, version=moved.version)])
        order = SqlQuestionStorage(ordering).order("types", JUNIOR, ids[::-1], expected=ids)
        waiting = asyncio.create_task(order)
        await leaving.commit()
        with pytest.raises(OrderChanged):
            await waiting


async def test_a_sheet_goes_or_gets_a_question(filled: Tenant, sessions: TenantSessions) -> None:
    sheet = a_sheet("n0", ("x", ()))
    added = a_question("late", sheet_id=sheet.id, subsection_id="x")
    async with sessions.open(filled) as adding, sessions.open(filled) as deleting:
        await SqlQuestionStorage(adding).add(added)
        gone = asyncio.create_task(SqlSheetStorage(deleting).delete(await SqlSheetStorage(deleting).get(sheet.id)))
        await adding.commit()
        with pytest.raises(NotEmpty):
            await gone

    other = a_sheet("n1", ("x", ()))
    async with sessions.open(filled) as adding, sessions.open(filled) as deleting:
        await SqlSheetStorage(deleting).delete(await SqlSheetStorage(deleting).get(other.id))
        late = a_question("later", sheet_id=other.id, subsection_id="x")
        waiting = asyncio.create_task(SqlQuestionStorage(adding).add(late))
        await deleting.commit()
        with pytest.raises(SheetNotFound):
            await waiting


async def test_a_section_goes_or_gets_a_question(filled: Tenant, sessions: TenantSessions) -> None:
    added = a_question("late", subsection_id="tests")
    async with sessions.open(filled) as adding, sessions.open(filled) as deleting:
        await SqlSheetStorage(adding).hold(PYTHON.id, "tests")

        async def delete() -> int:
            sheet = await SqlSheetStorage(deleting).get(PYTHON.id)
            await SqlSheetStorage(deleting).save(sheet.without("tests"))
            return await SqlQuestionStorage(deleting).count_in(["tests"])

        gone = asyncio.create_task(delete())
        await SqlQuestionStorage(adding).add(added)
        await adding.commit()
        assert await gone == 1
        await deleting.commit()

    async with sessions.open(filled) as adding, sessions.open(filled) as deleting:
        sheet = await SqlSheetStorage(deleting).get(PYTHON.id)
        await SqlSheetStorage(deleting).save(sheet.without("functions"))
        waiting = asyncio.create_task(SqlSheetStorage(adding).hold(PYTHON.id, "functions"))
        await deleting.commit()
        with pytest.raises(PlaceNotFound):
            await waiting


async def test_one_decides_about_a_suggestion(anna: Tenant, sessions: TenantSessions) -> None:
    suggestion = Suggestion(id=SuggestionId("s"), question="What?", created_at=NOW)
    async with sessions.open(anna) as session:
        await SqlSuggestionStorage(session).add(suggestion)
        await session.commit()

    async def reject(name: str) -> None:
        async with sessions.open(anna) as session:
            await SqlSuggestionStorage(session).save(suggestion.reject(by_name=name, at=NOW))
            await session.commit()

    ends: Sequence[object] = await asyncio.gather(reject("Anna"), reject("Boris"), return_exceptions=True)

    assert [type(end) for end in ends if end is not None] == [SuggestionDecided]
