"""ResourceStorage, SuggestionStorage and QuestionRevisionStorage."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.competency_matrix.entities import QuestionId
from core.competency_matrix.errors import (
    QuestionRevisionNotFound,
    ResourceNotFound,
    SuggestionDecided,
    SuggestionNotFound,
    UrlTaken,
)
from core.competency_matrix.history import QuestionCopy, QuestionRevision
from core.competency_matrix.resources import Resource, ResourceId
from core.competency_matrix.suggestions import Suggestion, SuggestionId, SuggestionState
from core.competency_matrix.texts import Attachment, Frequency, QuestionText, Wording, fingerprint
from core.errors import StaleVersion
from core.identity import Role, UserId
from core.users.entities import User
from tests.contracts.conftest import Storages
from tests.contracts.matrix import JUNIOR, NOW, PYTHON, a_question, add

WHOLE = QuestionText(
    subsection_id="types",
    question="Что такое список?",
    answer="Many\n\n`code`",
    expectation="Words",
    hint="Look",
    slug="lists",
    grade=JUNIOR,
    frequency=Frequency.OFTEN,
    resources=(Attachment(resource_id="r1", why="Short"), Attachment(resource_id="r2")),
    evidence=("post-1", "post-2"),
    translations={"en": Wording(question="What is a list?", answer="A", expectation="E", hint="H")},
)


def a_resource(called: str = "docs", **changes: Any) -> Resource:
    plain = Resource(id=ResourceId(f"id-{called}"), name=called.title(), url=f"https://example.org/{called}")
    return replace(plain, **changes)


def a_suggestion(called: str = "one", *, minutes: int = 0, **changes: Any) -> Suggestion:
    at = NOW - timedelta(minutes=minutes)
    plain = Suggestion(id=SuggestionId(f"id-{called}"), question=f"What about {called}?", created_at=at)
    return replace(plain, **changes)


async def fill(storages: Storages, *resources: Resource) -> None:
    for resource in resources:
        await storages.resources.add(resource)
    await storages.transaction.commit()


def attached(*names: str) -> tuple[Attachment, ...]:
    return tuple(Attachment(resource_id=f"id-{name}", why=f"Why {name}") for name in names)


async def test_a_resource_comes_back_as_it_went(storages: Storages) -> None:
    full = a_resource(checked_at=NOW, trouble="404", version=3)
    assert await storages.resources.add(full) == full

    assert await storages.resources.get(full.id) == full
    assert await storages.resources.find_by_url(full.url) == full
    assert await storages.resources.find_by_url("https://example.org/other") is None
    assert await storages.resources.list_many([full.id, "nobody"]) == [full]
    assert list(await storages.resources.list_many([])) == []
    with pytest.raises(ResourceNotFound):
        await storages.resources.get("nobody")


async def test_the_library_is_searched_by_name_and_address(storages: Storages) -> None:
    await fill(
        storages, a_resource("docs"), a_resource("atlas"), a_resource("book", name="100% sure", url="https://a.b/DOC")
    )
    await add(
        storages, a_question("x", resources=attached("docs")), a_question("y", resources=attached("atlas", "docs"))
    )

    async def names(text: str, number: int = 1, size: int = 9) -> list[tuple[str, int]]:
        page = await storages.resources.list_numbered(text=text, number=number, size=size)
        assert page.total == {"": 3, "doc": 2, "%": 1, "\x00nothing": 0}[text]
        return [(resource.name, uses) for resource, uses in page.items]

    assert await names("") == [("100% sure", 0), ("Atlas", 1), ("Docs", 2)]
    assert await names("doc") == [("100% sure", 0), ("Docs", 2)]
    assert await names("%") == [("100% sure", 0)]
    assert await names("\x00nothing") == []
    assert await names("", number=2, size=2) == [("Docs", 2)]
    assert await names("", number=10**12, size=2) == []


async def test_one_address_is_there_once_and_the_transaction_goes_on(storages: Storages) -> None:
    await fill(storages, a_resource("docs"), a_resource("book"))

    with pytest.raises(UrlTaken) as refused:
        await storages.resources.add(a_resource("other", url=a_resource("docs").url))
    assert "Docs" in str(refused.value.problems[0].params)
    with pytest.raises(UrlTaken):
        await storages.resources.save(a_resource("book", url=a_resource("docs").url))

    saved = await storages.resources.save(a_resource("book", name="Book 2"))
    assert (saved.version, await storages.resources.get(saved.id)) == (2, saved)
    with pytest.raises(StaleVersion) as stale:
        await storages.resources.save(a_resource("book"))
    assert stale.value.current == 2


async def test_what_a_check_found_is_kept_for_the_address_that_was_checked(storages: Storages) -> None:
    moved = a_resource("moved")
    await fill(storages, a_resource("docs"), moved)
    await storages.resources.save(replace(moved, url="https://example.org/elsewhere"))

    for checked in (a_resource("docs"), moved):
        await storages.resources.save_check(replace(checked, checked_at=NOW, trouble="404", name="Other"))

    assert await storages.resources.get("id-docs") == a_resource("docs", checked_at=NOW, trouble="404")
    assert (await storages.resources.get("id-moved")).trouble == ""
    assert [one.id for one in await storages.resources.list_troubled()] == ["id-docs"]
    due = await storages.resources.list_unchecked(before=NOW, limit=9)
    assert [one.id for one in due] == ["id-moved"]
    assert len(await storages.resources.list_unchecked(before=NOW + timedelta(1), limit=9)) == 2
    assert len(await storages.resources.list_unchecked(before=NOW + timedelta(1), limit=1)) == 1


async def test_merged_resources_are_attached_once_with_the_reason_that_stood_first(storages: Storages) -> None:
    await fill(storages, *(a_resource(name) for name in ("old", "new", "other")))
    await add(
        storages,
        a_question("one", resources=attached("other", "old")),
        a_question("both", resources=attached("old", "other", "new")),
        a_question("both-too", resources=attached("new", "old"), trashed_at=NOW),
        a_question("none", resources=attached("new")),
    )

    assert await storages.resources.merge(ResourceId("id-old"), ResourceId("id-new")) == 3

    async def there(slug: str) -> tuple[list[tuple[str, str]], int]:
        question = await storages.questions.get(f"id-{slug}")
        return [(one.resource_id, one.why) for one in question.resources], question.version

    assert await there("one") == ([("id-other", "Why other"), ("id-new", "Why old")], 2)
    assert await there("both") == ([("id-new", "Why old"), ("id-other", "Why other")], 2)
    assert await there("both-too") == ([("id-new", "Why new")], 2)
    assert await there("none") == ([("id-new", "Why new")], 1)
    with pytest.raises(ResourceNotFound):
        await storages.resources.get("id-old")


async def test_a_deleted_resource_is_attached_nowhere(storages: Storages) -> None:
    await fill(storages, a_resource("old"), a_resource("new"))
    await add(
        storages, a_question("one", resources=attached("old", "new")), a_question("none", resources=attached("new"))
    )
    with pytest.raises(StaleVersion):
        await storages.resources.delete(a_resource("old", version=2))

    assert await storages.resources.delete(a_resource("old")) == 1

    one = await storages.questions.get("id-one")
    assert (one.resources, one.version) == (attached("new"), 2)
    with pytest.raises(ResourceNotFound):
        await storages.resources.delete(a_resource("old"))
    assert await storages.resources.delete(a_resource("new")) == 2


async def test_a_suggestion_comes_back_as_it_went(storages: Storages) -> None:
    question = (await add(storages, a_question()))[0]
    full = a_suggestion(remark="Слова", name="Somebody", sheet_id=PYTHON.id, grade="junior")
    await storages.suggestions.add(full)
    assert await storages.suggestions.get(full.id) == full

    decided = full.accept(by_name="Anna", question_id=question.id, at=NOW)
    await storages.suggestions.save(decided)

    assert await storages.suggestions.get(full.id) == decided
    for late in (full, full.reject(by_name="Boris", at=NOW)):
        with pytest.raises(SuggestionDecided):
            await storages.suggestions.save(late)
    assert await storages.suggestions.get(full.id) == decided
    with pytest.raises(SuggestionNotFound):
        await storages.suggestions.get("nobody")


async def test_suggestions_are_listed_newest_first(storages: Storages) -> None:
    for number, name in enumerate(("a", "b", "c", "d")):
        await storages.suggestions.add(a_suggestion(name, minutes=number))
    await storages.suggestions.save(a_suggestion("b", minutes=1).reject(by_name="Anna", at=NOW))

    async def names(state: SuggestionState | None, number: int = 1, size: int = 9) -> tuple[list[str], int]:
        page = await storages.suggestions.list_numbered(state, number=number, size=size)
        return [one.id for one in page.items], page.total

    assert await names(None) == (["id-a", "id-b", "id-c", "id-d"], 4)
    assert await names(SuggestionState.NEW, number=2, size=2) == (["id-d"], 3)
    assert await names(SuggestionState.REJECTED) == (["id-b"], 1)
    assert await names(SuggestionState.ACCEPTED) == ([], 0)
    assert await names(None, number=10**12) == ([], 4)
    assert await storages.suggestions.count_open() == 3


async def test_the_same_open_suggestion_is_found_whatever_case_and_space(storages: Storages) -> None:
    suggestion = a_suggestion()
    await storages.suggestions.add(suggestion)

    assert await storages.suggestions.find_open(fingerprint(" WHAT about\n one? ")) == suggestion
    assert await storages.suggestions.find_open(fingerprint("What about two?")) is None
    await storages.suggestions.save(suggestion.reject(by_name="Anna", at=NOW))
    assert await storages.suggestions.find_open(suggestion.fingerprint) is None


async def test_revisions_come_back_newest_first(storages: Storages) -> None:
    await storages.users.add(
        User(id=UserId("anna"), email="a@b.c", name="Anna", role=Role.OWNER, password_hash=None, created_at=NOW)
    )
    question = (await add(storages, a_question(), a_question("other")))[0]
    texts = (WHOLE, replace(WHOLE, grade=None, frequency=None, resources=(), evidence=(), translations={}), WHOLE)
    kept = [
        QuestionRevision(
            question_id=question.id,
            number=number,
            text=text,
            saved_at=NOW,
            saved_by=UserId("anna") if number > 1 else None,
            saved_by_name="Anna",
        )
        for number, text in enumerate(texts, 1)
    ]
    for revision in kept:
        await storages.question_revisions.add(revision)

    assert await storages.question_revisions.list_newest(question.id, limit=9) == kept[::-1]
    assert await storages.question_revisions.list_newest(question.id, limit=1, before=3) == [kept[1]]
    assert await storages.question_revisions.get(question.id, 2) == kept[1]
    assert list(await storages.question_revisions.list_newest(QuestionId("id-other"), limit=9)) == []
    with pytest.raises(QuestionRevisionNotFound):
        await storages.question_revisions.get(question.id, 4)


async def test_each_has_one_copy_of_a_question_until_it_is_discarded(storages: Storages) -> None:
    anna, boris = UserId("anna"), UserId("boris")
    for who in (anna, boris):
        await storages.users.add(
            User(id=who, email=f"{who}@b.c", name=who, role=Role.OWNER, password_hash=None, created_at=NOW)
        )
    question, other = await add(storages, a_question(), a_question("other"))
    copy = QuestionCopy(question_id=question.id, user_id=anna, typed={"answer": "So\n"}, base_version=1, saved_at=NOW)
    later = replace(copy, typed={"answer": "ё", "evidence-1": "on"}, base_version=2, saved_at=NOW + timedelta(hours=1))
    for one in (copy, replace(copy, user_id=boris), replace(copy, question_id=other.id), later):
        await storages.question_copies.keep(one)

    assert await storages.question_copies.find(question.id, anna) == later
    assert await storages.question_copies.find(question.id, boris) == replace(copy, user_id=boris)

    await storages.question_copies.discard(question.id, anna)
    assert await storages.question_copies.find(question.id, anna) is None
    assert await storages.question_copies.find(question.id, boris) is not None
    assert await storages.question_copies.find(other.id, anna) == replace(copy, question_id=other.id)
