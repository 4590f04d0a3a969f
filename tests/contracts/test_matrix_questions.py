"""QuestionStorage: what is kept, where it stands, what becomes of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.competency_matrix.entities import Question
from core.competency_matrix.errors import OrderChanged, QuestionNotFound, QuestionSlugTaken
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.sheets import SubsectionId
from core.competency_matrix.storage import QuestionFilter
from core.competency_matrix.texts import Attachment, Frequency, fingerprint
from core.errors import StaleVersion
from core.identity import Role, UserId
from core.users.entities import User
from tests.contracts.conftest import Storages
from tests.contracts.matrix import JUNIOR, NOW, PYTHON, SENIOR, a_question, a_sheet, add, said, slugs

FULL = a_question(
    "lists",
    lang="ru",
    wordings={
        "ru": said("Что такое список?", hint="Подумай", answer="Много\n\n`code`", expectation="Слова"),
        "en": said("What is a list?"),
    },
    frequency=Frequency.OFTEN,
    resources=(Attachment(resource_id="r1", why="Short"), Attachment(resource_id="r2")),
    evidence=("post-1", "post-2"),
    mentions=("media:x", "post:y"),
    renderer_version=7,
    author_id=UserId("anna"),
    is_flagged=True,
    trashed_at=NOW,
    former_slugs=("old", "older"),
    origin="python/lists.md",
    version=4,
)


async def cell(storages: Storages, subsection: str = "types", grade: GradeKey | None = JUNIOR) -> list[str]:
    wanted = QuestionFilter(now=NOW, status=None, section=subsection)
    cards = await storages.questions.list_cards(wanted, lang="en")
    return slugs(card for card in cards if card.grade == grade)


def ids(*names: str) -> list[str]:
    return [f"id-{name}" for name in names]


async def test_a_question_comes_back_as_it_went(storages: Storages) -> None:
    user = User(id=UserId("anna"), email="a@b.c", name="Anna", role=Role.AUTHOR, password_hash=None, created_at=NOW)
    await storages.users.add(user)
    kept = (await add(storages, FULL))[0]

    assert kept == replace(FULL, position=1)
    assert await storages.questions.get(FULL.id) == kept
    assert await storages.questions.find_by_slug("lists") == kept
    assert await storages.questions.list_many([FULL.id, "nobody"]) == [kept]
    with pytest.raises(QuestionNotFound):
        await storages.questions.get("nobody")
    bare = a_question("bare", grade=None, is_public=False, published_at=None)
    assert await add(storages, bare) == [replace(bare, position=1)]


async def test_visitors_find_what_they_can_read(storages: Storages) -> None:
    kept = await add(
        storages,
        a_question("there", former_slugs=("left",)),
        a_question("hidden", is_public=False, former_slugs=("left-too",)),
        a_question("soon", published_at=NOW + timedelta(hours=1)),
        a_question("gone", trashed_at=NOW),
        a_question("later", former_slugs=("left", "both"), minutes=1),
    )

    assert await storages.questions.get_by_slug("there", now=NOW) == kept[0]
    assert (await storages.questions.get_by_slug("soon", now=NOW + timedelta(hours=1))).slug == "soon"
    for slug in ("hidden", "soon", "gone", "left", "nobody"):
        with pytest.raises(QuestionNotFound):
            await storages.questions.get_by_slug(slug, now=NOW)
    assert await storages.questions.find_former("left", now=NOW) == kept[0]
    assert await storages.questions.find_former("both", now=NOW) == kept[4]
    for slug in ("left-too", "there", "nobody"):
        assert await storages.questions.find_former(slug, now=NOW) is None
    held = await storages.questions.list_held(["there", "hidden", "gone", "left", "nobody"])
    assert held == {"there", "hidden", "gone"}


async def test_whoever_comes_into_a_cell_stands_at_its_end(storages: Storages) -> None:
    await add(
        storages,
        *(a_question(slug) for slug in ("a", "b")),
        a_question("senior", grade=SENIOR),
        a_question("none", grade=None),
        a_question("elsewhere", subsection_id="tests"),
        a_question("c", position=-9),
    )

    assert await cell(storages) == ["a", "b", "c"]
    assert [(await storages.questions.get(one)).position for one in ids("a", "c", "senior", "none")] == [1, 3, 1, 1]

    moved = await storages.questions.save(replace(await storages.questions.get("id-a"), grade=SENIOR, position=0))
    stayed = await storages.questions.save(replace(await storages.questions.get("id-c"), position=0, origin="x"))

    assert (moved.position, moved.version, stayed.position, stayed.version) == (2, 2, 3, 2)
    assert await storages.questions.get("id-a") == moved
    assert await storages.questions.get("id-c") == stayed
    assert (await cell(storages), await cell(storages, grade=SENIOR)) == (["b", "c"], ["senior", "a"])


async def test_an_address_is_taken_once_and_the_transaction_goes_on(storages: Storages) -> None:
    await add(storages, a_question("lists"))

    with pytest.raises(QuestionSlugTaken):
        await storages.questions.add(a_question("other", slug="lists"))

    await add(storages, a_question("other"))
    with pytest.raises(QuestionSlugTaken):
        await storages.questions.save(replace(await storages.questions.get("id-other"), slug="lists"))


async def test_who_saves_what_somebody_changed_is_told(storages: Storages) -> None:
    question = (await add(storages, a_question("lists")))[0]
    saved = await storages.questions.save(replace(question, wordings={"en": said("Another?")}))

    with pytest.raises(StaleVersion) as refused:
        await storages.questions.save(replace(question, origin="x"))

    assert refused.value.current == 2
    assert await storages.questions.get(question.id) == saved
    with pytest.raises(QuestionNotFound):
        await storages.questions.save(a_question("nobody"))


async def test_several_are_saved_together(storages: Storages) -> None:
    one, two, three = await add(storages, *(a_question(slug) for slug in ("one", "two", "three")))
    await add(storages, a_question("senior", grade=SENIOR))
    wanted = [replace(question, grade=SENIOR, former_slugs=(question.slug,)) for question in (two, one)]

    saved = await storages.questions.save_many([*wanted, replace(three, is_public=False)])

    assert [(question.slug, question.position, question.version) for question in saved] == [
        ("two", 2, 2),
        ("one", 3, 2),
        ("three", 3, 2),
    ]
    assert [await storages.questions.get(question.id) for question in saved] == saved
    assert list(await storages.questions.save_many([])) == []


@pytest.mark.parametrize(("version", "error"), [(2, StaleVersion), (1, QuestionNotFound)])
async def test_of_several_none_is_saved_when_one_cannot_be(
    storages: Storages, version: int, error: type[Exception]
) -> None:
    one, two = await add(storages, a_question("one"), a_question("two"))
    other = replace(two, version=version) if error is StaleVersion else a_question("nobody")

    with pytest.raises(error):
        await storages.questions.save_many([replace(one, is_public=False), replace(other, is_public=False)])

    assert await storages.questions.list_many([one.id]) == [one]


async def test_rendering_again_is_no_change(storages: Storages) -> None:
    question = (await add(storages, a_question("lists")))[0]
    made = replace(question.own, answer_html="<p>New</p>", expectation_html="<p>E</p>", plain="New words")
    rendered = replace(
        question, wordings={"en": made}, mentions=("post:new",), renderer_version=9, origin="x", position=5
    )

    assert await storages.questions.save_rendered(rendered)

    assert await storages.questions.get(question.id) == replace(rendered, origin="", position=1)
    assert await storages.questions.list_outdated(10, limit=9) == [await storages.questions.get(question.id)]
    assert not await storages.questions.save_rendered(replace(rendered, version=2))
    assert not await storages.questions.save_rendered(a_question("nobody"))


async def test_outdated_and_mentioning_questions_are_found(storages: Storages) -> None:
    await add(
        storages,
        a_question("a", renderer_version=1, mentions=("post:x", "media:y")),
        a_question("b", renderer_version=2, mentions=("post:x",), is_public=False),
        a_question("c", renderer_version=1, mentions=("post:x",), trashed_at=NOW),
        a_question("d", renderer_version=3),
    )
    outdated, mentioning = storages.questions.list_outdated, storages.questions.list_mentioning

    assert slugs(await outdated(2, limit=9)) == ["a", "c"]
    assert slugs(await outdated(9, limit=2)) == ["a", "b"]
    assert slugs(await mentioning(["post:x"], limit=9)) == ["a", "b"]
    assert slugs(await mentioning(["media:y", "post:z"], limit=9)) == ["a"]
    assert slugs(await mentioning(["post:x"], limit=1)) == ["a"]
    assert slugs(await mentioning([], limit=9)) == []


async def test_a_cell_is_put_in_order(storages: Storages) -> None:
    await add(storages, *(a_question(slug) for slug in ("a", "b", "c")), a_question("x", trashed_at=NOW))

    await storages.questions.order("types", JUNIOR, ids("c", "a", "b"), expected=ids("a", "b", "c"))

    assert await cell(storages) == ["c", "a", "b"]
    assert {question.version for question in await storages.questions.list_many(ids("a", "b", "c"))} == {1}
    await add(storages, a_question("none", grade=None), a_question("none-too", grade=None))
    await storages.questions.order("types", None, ids("none-too", "none"), expected=ids("none", "none-too"))
    assert await cell(storages, grade=None) == ["none-too", "none"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (("b", "a"), ("b", "a")),
        (("b", "a"), ("a",)),
        (("b",), ("a", "b")),
        (("b", "b"), ("a", "b")),
        (("b", "a", "x"), ("a", "b", "x")),
        (("b", "a", "senior"), ("a", "b", "senior")),
        ((), ()),
    ],
)
async def test_an_order_that_does_not_stand_changes_nothing(
    storages: Storages, wanted: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    await add(storages, *(a_question(slug) for slug in ("a", "b")), a_question("x", trashed_at=NOW))
    await add(storages, a_question("senior", grade=SENIOR))

    with pytest.raises(OrderChanged):
        await storages.questions.order("types", JUNIOR, ids(*wanted), expected=ids(*expected))

    assert await cell(storages) == ["a", "b"]


async def test_all_of_a_place_move_to_the_end_of_another(storages: Storages) -> None:
    web = await storages.sheets.add(a_sheet("web", ("net", ("dns", "http"))))
    await add(
        storages,
        *(a_question(slug) for slug in ("b", "a")),
        a_question("senior", grade=SENIOR),
        a_question("gone", trashed_at=NOW),
        a_question("also", subsection_id="tests"),
        a_question("there", sheet_id=web.id, subsection_id="dns"),
        a_question("stays", subsection_id="functions"),
    )

    assert await storages.questions.move_all(["types", "tests"], sheet_id=web.id, subsection_id="dns") == 5

    assert await cell(storages, "dns") == ["there", "also", "b", "a"]
    assert await cell(storages, "dns", SENIOR) == ["senior"]
    moved = await storages.questions.get("id-gone")
    assert (moved.sheet_id, moved.version) == (web.id, 2)
    assert await storages.questions.count_in(["types", "tests"]) == 0
    assert await storages.questions.count_in(["dns", "functions"]) == 7
    assert await storages.questions.move_all(["types"], sheet_id=web.id, subsection_id="dns") == 0


async def test_questions_follow_their_subsection_to_another_sheet(storages: Storages) -> None:
    web = await storages.sheets.add(a_sheet("web", ("net", ("dns",))))
    await add(storages, a_question("a"), a_question("gone", trashed_at=NOW), a_question("b", subsection_id="tests"))

    await storages.questions.settle(["types"], sheet_id=web.id)

    found = {question.slug: question for question in await storages.questions.list_many(ids("a", "gone", "b"))}
    assert {slug: (one.sheet_id, one.version) for slug, one in found.items()} == {
        "a": (web.id, 2),
        "gone": (web.id, 2),
        "b": (PYTHON.id, 1),
    }


async def test_questions_are_counted_by_place_and_grade_with_trashed_ones(storages: Storages) -> None:
    await add(storages, a_question("a"), a_question("gone", trashed_at=NOW), a_question("none", grade=None))

    assert await storages.questions.count_in(["types", "tests"]) == 3
    assert await storages.questions.count_in([]) == 0
    assert await storages.questions.count_places() == {"types": 3}
    assert await storages.questions.count_with_grade(JUNIOR) == 2
    assert await storages.questions.count_with_grade(SENIOR) == 0


async def test_doubles_are_found_by_fingerprint_and_by_likeness(storages: Storages) -> None:
    def asking(slug: str, question: str, **changes: Any) -> Question:
        return a_question(slug, lang="ru", wordings={"ru": said(question), "en": said("Other words")}, **changes)

    await add(
        storages,
        asking("near", "Зачем нужен первичный ключ в таблице?", is_public=False),
        asking("same", "Зачем  нужен ПЕРВИЧНЫЙ ключ?"),
        asking("gone", "Зачем нужен первичный ключ?", trashed_at=NOW),
        asking("far", "Что делает сборщик мусора?"),
        asking("signs", "???"),
    )

    async def alike(question: str, *, own: str | None = None, limit: int = 9) -> list[str]:
        cards = await storages.questions.list_doubles(
            question, now=NOW, own=None if own is None else a_question(own).id, limit=limit
        )
        return slugs(cards)

    assert await alike("зачем нужен первичный ключ?") == ["same", "near"]
    assert await alike("зачем нужен первичный ключ?", own="same") == ["near"]
    assert await alike("зачем нужен первичный ключ?", limit=1) == ["same"]
    assert await alike(" ??? ") == ["signs"]
    for nothing in ("", "%", "\x00", "Other words", "а" * 10_000):
        assert await alike(nothing) == []
    found = await storages.questions.find_by_fingerprint(fingerprint("зачем нужен первичный  ключ?"))
    assert found is not None
    assert found.slug == "same"
    assert await storages.questions.find_by_fingerprint(fingerprint("Other words")) is None


async def test_the_trash_is_emptied_of_what_is_old(storages: Storages) -> None:
    await add(
        storages,
        a_question("there"),
        a_question("old", trashed_at=NOW - timedelta(days=31)),
        a_question("new", trashed_at=NOW - timedelta(days=1)),
    )

    assert await storages.questions.delete_trashed(before=NOW - timedelta(days=30)) == ids("old")

    assert await storages.questions.list_held(["there", "old", "new"]) == {"there", "new"}


async def test_subsections_are_whatever_they_are_called(storages: Storages) -> None:
    await add(storages, a_question("x", subsection_id=SubsectionId("gone with the wind")))

    assert await cell(storages, "gone with the wind") == ["x"]
