"""How many statements an answer about the matrix costs, however much there is, and what it does not fetch."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from core.competency_matrix.entities import Question
from core.competency_matrix.resources import ResourceId
from core.competency_matrix.storage import QuestionFilter
from core.competency_matrix.texts import Attachment
from core.markdown import Mentions
from core.tenancy.entities import Tenant
from db.competency_matrix import SqlQuestionStorage, SqlResourceStorage, SqlSheetStorage, SqlSuggestionStorage
from db.surroundings import SqlSurroundings
from db.tenant_session import TenantSessions
from tests.contracts.matrix import NOW, PYTHON, a_question
from tests.core.fakes.clock import SetClock
from tests.fixtures.statements import statements

READABLE = QuestionFilter(now=NOW)
LONG = ("wordings", "plain", "search")


async def fill(session: AsyncSession, count: int) -> Sequence[Question]:
    await SqlSheetStorage(session).add(PYTHON)
    attached = (Attachment(resource_id="r1"),)
    made = [a_question(f"q{number}", evidence=("p1",), resources=attached) for number in range(count)]
    kept = [await SqlQuestionStorage(session).add(question) for question in made]
    await session.commit()
    return kept


@pytest.mark.parametrize("count", [1, 30])
async def test_an_answer_costs_one_statement_and_the_beginning(
    anna: Tenant, sessions: TenantSessions, app_engine: AsyncEngine, count: int
) -> None:
    async with sessions.open(anna) as session:
        await fill(session, count)
        questions, sheets = SqlQuestionStorage(session), SqlSheetStorage(session)
        narrowed = replace(READABLE, section="core", has_evidence=True, text="lists", resource=ResourceId("r1"))
        asking: Sequence[Callable[[], Awaitable[object]]] = (
            sheets.settings,
            sheets.list_sheets,
            lambda: sheets.get_by_key("python"),
            lambda: questions.list_cards(READABLE, lang="en"),
            lambda: questions.list_cards(narrowed, lang="ru"),
            lambda: questions.list_numbered(READABLE, lang="en", number=1, size=10),
            lambda: questions.list_slice(READABLE, limit=10, cursor=None),
            lambda: questions.list_newest(now=NOW, sheet_id=None, limit=10),
            lambda: questions.list_evidence(["p1"], now=NOW),
            lambda: questions.list_doubles("What about q0?", now=NOW, own=None, limit=5),
            lambda: questions.search(replace(READABLE, text="what about"), lang="en", number=1, size=10),
            lambda: questions.search(replace(READABLE, text="nothing like it"), lang="en", number=1, size=10),
            lambda: questions.get_by_slug("q0", now=NOW),
            lambda: questions.count_cells(now=NOW),
            lambda: questions.count_work(READABLE),
            lambda: SqlResourceStorage(session).list_numbered(text="", number=1, size=10),
            lambda: SqlSuggestionStorage(session).list_numbered(None, number=1, size=10),
        )
        for ask in asking:
            with statements(app_engine) as sent:
                await ask()
            await session.rollback()
            assert len(sent) == 2, sent
            assert not [one for one in sent if "SELECT *" in one or ".*" in one], sent


@pytest.mark.parametrize("count", [2, 30])
async def test_a_mistyped_search_a_look_beside_and_a_change_of_many_cost_the_same_for_all(
    anna: Tenant, sessions: TenantSessions, app_engine: AsyncEngine, count: int
) -> None:
    async with sessions.open(anna) as session:
        kept = await fill(session, count)
        questions = SqlQuestionStorage(session)
        with statements(app_engine) as sent:
            found = await questions.search(replace(READABLE, text="asnwer"), lang="en", number=1, size=5)
            beside = await questions.look_beside(kept[0], now=NOW, lang="en")
            await SqlSurroundings(session, SetClock()).look(
                Mentions(targets=frozenset({"matrix:q0", "matrix:q1", "post:x"}), media=frozenset({"0.webp"}))
            )
            ids = [question.id for question in kept]
            await questions.order("types", kept[0].grade, ids[::-1], expected=ids)

    assert len(sent) == 1 + 2 + 2 + 2 + 3
    assert (found.corrected, found.page.total, beside.following is not None) == ("answer", count, True)


async def test_lists_do_not_fetch_answers(anna: Tenant, sessions: TenantSessions, app_engine: AsyncEngine) -> None:
    async with sessions.open(anna) as session:
        questions = SqlQuestionStorage(session)
        with statements(app_engine) as sent:
            await questions.list_cards(READABLE, lang="en")
            await questions.list_numbered(READABLE, lang="en", number=1, size=10)
            await questions.count_work(READABLE)

    assert not [name for name in LONG for one in sent if f"questions.{name}" in one]


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT id FROM questions WHERE search @@ 'word'", "Bitmap Index Scan on ix_questions_search"),
        ("SELECT id FROM questions WHERE folded % 'word'", "Bitmap Index Scan on ix_questions_folded"),
        ("SELECT id FROM questions WHERE mentions && ARRAY['post:x']", "Bitmap Index Scan on ix_questions_mentions"),
        ("SELECT id FROM questions WHERE fingerprint = 'x'", "ix_questions_fingerprint"),
        ("SELECT id FROM questions WHERE subsection_id = 'x' AND grade = 'y'", "ix_questions_cell"),
        ("SELECT id FROM questions WHERE sheet_id = 'x'", "ix_questions_sheet_id"),
        ("SELECT id FROM questions WHERE slug = 'x'", "uq_questions_slug"),
        ("SELECT id FROM suggestions WHERE state = 'new' AND fingerprint = 'x'", "ix_suggestions_waiting"),
    ],
)
async def test_lists_have_their_index(anna: Tenant, sessions: TenantSessions, query: str, index: str) -> None:
    async with sessions.open(anna) as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join((await session.execute(text(f"EXPLAIN {query}"))).scalars())

    assert index in plan
