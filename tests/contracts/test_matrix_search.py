"""QuestionStorage.search; stems and languages only the real one knows (tests/db/test_matrix_search.py)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.competency_matrix.cards import FoundQuestion, FoundQuestions
from core.competency_matrix.storage import QuestionFilter
from tests.contracts.conftest import Storages
from tests.contracts.matrix import NOW, SENIOR, a_question, add, found, said, slugs

READABLE = QuestionFilter(now=NOW)


async def find(
    storages: Storages,
    text: str,
    *,
    lang: str = "en",
    number: int = 1,
    size: int = 9,
    is_brief: bool = False,
    **more: Any,
) -> FoundQuestions:
    wanted = replace(READABLE, text=text, **more)
    return await storages.questions.search(wanted, lang=lang, number=number, size=size, is_brief=is_brief)


def matches(one: FoundQuestion) -> tuple[list[str], list[str]]:
    question, snippet = ([piece.text for piece in told if piece.is_match] for told in (one.question, one.snippet))
    return question, snippet


async def test_the_question_counts_most_then_the_hint_then_the_rest(storages: Storages) -> None:
    zebras = "A zebra, a zebra, a zebra, a zebra and a zebra"
    await add(
        storages,
        a_question("in-answer", wordings={"en": said("What?", answer=zebras)}),
        a_question("in-hint", wordings={"en": said("What?", hint="The zebra")}, minutes=1),
        a_question("in-question", wordings={"en": said("Where is the zebra?")}, minutes=2),
        a_question("nowhere", wordings={"en": said("A horse?")}),
    )

    assert found(await find(storages, "zebra")) == ["in-question", "in-hint", "in-answer"]


async def test_what_was_found_is_marked(storages: Storages) -> None:
    answer = "At night a Zebra\ue000 <b>runs</b> home."
    await add(storages, a_question("x", wordings={"en": said("My zebra & me?", answer=answer)}))

    one = (await find(storages, "zebra")).page.items[0]

    assert (matches(one)[0], "Zebra" in matches(one)[1]) == (["zebra"], True)
    assert "".join(piece.text for piece in one.question) == "My zebra & me?"
    assert "At night a Zebra" in "".join(piece.text for piece in one.snippet)


async def test_a_brief_answer_is_the_same_without_snippets(storages: Storages) -> None:
    both = {"en": said("What is a zebra?", answer="A zebra runs"), "ru": said("Что такое zebra?")}
    await add(storages, a_question("both", wordings=both), a_question("x", wordings={"en": said("My zebra?")}))

    for lang in ("en", "ru"):
        whole = (await find(storages, "zebra", lang=lang)).page
        brief = (await find(storages, "zebra", lang=lang, is_brief=True)).page

        assert brief == replace(whole, items=[replace(one, snippet=[]) for one in whole.items])


async def test_all_languages_are_searched_and_one_is_shown(storages: Storages) -> None:
    both = {"en": said("What is a join?", answer="Apples"), "ru": said("Что такое соединение?", answer="Груши")}
    await add(storages, a_question("both", wordings=both))

    for text, lang, shown in (
        ("apples", "en", "What is a join?"),
        ("apples", "ru", "Что такое соединение?"),
        ("груши", "en", "What is a join?"),
        ("груши", "fr", "What is a join?"),
    ):
        page = (await find(storages, text, lang=lang)).page
        assert [one.card.question for one in page.items] == [shown]


async def test_all_words_must_be_there_the_last_may_go_on(storages: Storages) -> None:
    await add(
        storages,
        a_question("one", wordings={"en": said("Apple banana?")}),
        a_question("two", wordings={"en": said("Apple cherry?")}, minutes=1),
    )

    assert found(await find(storages, "apple")) == ["one", "two"]
    assert found(await find(storages, "Apple ban")) == ["one"]
    assert found(await find(storages, "cherry apple")) == ["two"]
    assert found(await find(storages, "banana cherry")) == []


async def test_only_what_the_filter_wants_is_searched(storages: Storages) -> None:
    apple = {"en": said("Apple?")}
    await add(
        storages,
        a_question("public", wordings=apple),
        a_question("senior", wordings=apple, grade=SENIOR, minutes=1),
        a_question("hidden", wordings=apple, is_public=False),
        a_question("soon", wordings=apple, published_at=NOW + timedelta(hours=1)),
        a_question("gone", wordings=apple, trashed_at=NOW),
    )

    assert found(await find(storages, "apple")) == ["public", "senior"]
    assert found(await find(storages, "apple", grades=frozenset({SENIOR}))) == ["senior"]
    assert found(await find(storages, "apple", is_trashed=True)) == ["gone"]
    assert sorted(found(await find(storages, "apple", status=None))) == ["hidden", "public", "senior", "soon"]


async def test_pages_know_how_many_were_found(storages: Storages) -> None:
    wordings = {"en": said("Apple?")}
    await add(storages, *(a_question(f"q{number}", wordings=wordings, minutes=number) for number in range(5)))

    pages = [(await find(storages, "apple", number=number, size=2)).page for number in (1, 3, 4, 10**12)]

    assert [slugs(one.card for one in page.items) for page in pages] == [["q0", "q1"], ["q4"], [], []]
    assert {page.total for page in pages} == {5}


@pytest.mark.parametrize(
    ("typed", "meant"), [("banaan", "banana"), ("bananna", "banana"), ("APPEL banana", "apple banana")]
)
async def test_a_slip_of_the_finger_is_forgiven_and_told(storages: Storages, typed: str, meant: str) -> None:
    hidden = a_question("hidden", wordings={"en": said("Bananna?")}, is_public=False)
    await add(storages, a_question("one", wordings={"en": said("Apple banana?")}), hidden)

    questions = await find(storages, typed)

    assert (found(questions), questions.corrected) == (["one"], meant)


async def test_what_is_known_is_not_corrected(storages: Storages) -> None:
    await add(
        storages,
        a_question("one", wordings={"en": said("Banana?")}),
        a_question("two", wordings={"en": said("Bandana?")}),
    )

    questions = await find(storages, "banana bandana")

    assert (found(questions), questions.page.total, questions.corrected) == ([], 0, None)
    assert (await find(storages, "bandana")).corrected is None


@pytest.mark.parametrize("text", ["", " ", "\x00", "xyzzy", '"', "-", "%", "'", "!", "a" * 10_000, "\ud800"])
async def test_nothing_is_found_for_nothing(storages: Storages, text: str) -> None:
    await add(storages, a_question("one", wordings={"en": said("Banana?")}))

    questions = await find(storages, text)

    assert (found(questions), questions.page.total, questions.corrected) == ([], 0, None)
