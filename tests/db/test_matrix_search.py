"""What only the real search of questions knows: stems, several languages in one question; nothing typed is an error."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.cards import FoundQuestions
from core.competency_matrix.storage import QuestionFilter
from core.tenancy.entities import Tenant
from db.blog import SqlPostStorage
from db.competency_matrix import SqlQuestionStorage, SqlSheetStorage
from db.tenant_session import TenantSessions
from tests.contracts.blog_posts import a_post
from tests.contracts.matrix import NOW, PYTHON, a_question, found, said
from tests.db.test_search import HOSTILE

READABLE = QuestionFilter(now=NOW)


@pytest.fixture
async def session(anna: Tenant, sessions: TenantSessions) -> AsyncIterator[AsyncSession]:
    async with sessions.open(anna) as session:
        yield session


@pytest.fixture
async def questions(session: AsyncSession) -> SqlQuestionStorage:
    await SqlSheetStorage(session).add(PYTHON)
    storage = SqlQuestionStorage(session)
    joined = {"ru": said("Как соединяются таблицы?", answer="Ёлочкой"), "en": said("How are tables joined?")}
    for question in (
        a_question("indexes", wordings={"en": said("When does an index hurt?", answer="With many writes")}),
        a_question("joins", lang="ru", wordings=joined, minutes=1),
        a_question("fr", lang="fr", wordings={"fr": said("Quels verrous ?")}, minutes=2),
    ):
        await storage.add(question)
    return storage


async def find(questions: SqlQuestionStorage, text: str, *, lang: str = "en") -> FoundQuestions:
    return await questions.search(replace(READABLE, text=text), lang=lang, number=1, size=9)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("indexes", ["indexes"]),
        ("writing", ["indexes"]),
        ("table join", ["joins"]),
        ("таблиц", ["joins"]),
        ("елочка", ["joins"]),
        ("соединять tables", ["joins"]),
        ("verrous", ["fr"]),
        ("verr", ["fr"]),
        ('"many writes"', ["indexes"]),
        ('"writes many"', []),
        ("index -writes", []),
    ],
)
async def test_each_language_has_its_stems(questions: SqlQuestionStorage, text: str, slugs: list[str]) -> None:
    assert found(await find(questions, text)) == slugs
    cards = await questions.list_cards(replace(READABLE, text=text), lang="en")
    assert [card.slug for card in cards] == slugs


async def test_marks_stand_where_the_words_were_found(questions: SqlQuestionStorage) -> None:
    one = (await find(questions, "елочкой")).page.items[0]

    assert one.card.question == "How are tables joined?"
    assert [piece.text for piece in one.snippet if piece.is_match] == ["Ёлочкой"]
    one = (await find(questions, "таблицы", lang="ru")).page.items[0]
    assert [piece.text for piece in one.question if piece.is_match] == ["таблицы"]


async def test_without_a_mark_the_hint_is_shown(questions: SqlQuestionStorage) -> None:
    await questions.add(a_question("zebra", wordings={"en": said("A zebra?", hint="Stripes")}))
    await questions.add(a_question("bare", wordings={"en": said("A zebra too?")}, minutes=1))

    snippets = [[piece.text for piece in one.snippet] for one in (await find(questions, "zebra")).page.items]

    assert sorted(snippets) == [["An answer\nSome words"], ["Stripes"]]


async def test_words_that_visitors_can_read_nowhere_are_not_offered(
    questions: SqlQuestionStorage, session: AsyncSession
) -> None:
    hidden = await questions.add(a_question("hidden", wordings={"en": said("A kaleidoscope?")}))
    assert (await find(questions, "kaleidscope")).corrected == "kaleidoscope"

    await questions.save(replace(hidden, is_public=False))

    assert (await find(questions, "kaleidscope")).corrected is None
    await SqlPostStorage(session).add(a_post("x", title="Kaleidoscope"))
    assert (await find(questions, "kaleidscope")).corrected is None


async def test_no_input_is_an_error(questions: SqlQuestionStorage) -> None:
    for typed in HOSTILE:
        await find(questions, typed)
        await questions.list_numbered(replace(READABLE, text=typed), lang="en", number=1, size=2)
        await questions.list_doubles(typed.replace("\ud800", ""), now=NOW, own=None, limit=2)
