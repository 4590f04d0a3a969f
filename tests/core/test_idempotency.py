"""A repeated request gets the first one's answer."""

from dataclasses import replace

import pytest

from core.errors import Invalid
from core.idempotency import KEPT_FOR, KEY_LENGTH, Answer, Attempt, Repeatable
from tests.core.fakes.idempotency import MemoryRecords
from tests.core.house import House
from tests.core.makers import NOW, draft

ATTEMPT = Attempt(key="key", actor="anna", fingerprint="POST /posts 1")
ANSWER = Answer(status=201, headers=(("Location", "/posts/1"),), body=b"{}")


@pytest.fixture
def records() -> MemoryRecords:
    return MemoryRecords()


def repeatable(house: House, records: MemoryRecords) -> Repeatable:
    return Repeatable(records=records, transaction=house.transaction)


async def answered(house: House, records: MemoryRecords) -> None:
    first = repeatable(house, records)
    assert await first.begin(ATTEMPT, now=NOW) is None
    await first.finish(ATTEMPT, ANSWER)


async def test_the_use_case_s_commit_waits_for_the_answer(house: House, records: MemoryRecords) -> None:
    first = repeatable(house, records)

    assert await first.begin(ATTEMPT, now=NOW) is None
    await house.posts.add(draft())
    await house.transaction.commit()
    assert house.transaction.commits == 0
    await first.finish(ATTEMPT, ANSWER)

    assert house.transaction.commits == 1
    assert list(house.kept(house.posts)) == ["hello"]


async def test_what_was_not_answered_leaves_nothing(house: House, records: MemoryRecords) -> None:
    await repeatable(house, records).begin(ATTEMPT, now=NOW)
    await house.posts.add(draft())
    await house.transaction.commit()

    assert house.kept(house.posts) == {}
    assert await repeatable(house, records).begin(ATTEMPT, now=NOW) is None


async def test_a_repetition_gets_the_first_answer_for_a_day(house: House, records: MemoryRecords) -> None:
    await answered(house, records)

    assert await repeatable(house, records).begin(ATTEMPT, now=NOW) == ANSWER
    assert await repeatable(house, records).begin(ATTEMPT, now=NOW + KEPT_FOR) is None


async def test_the_keys_of_different_people_are_apart(house: House, records: MemoryRecords) -> None:
    await answered(house, records)

    assert await repeatable(house, records).begin(replace(ATTEMPT, actor="boris"), now=NOW) is None


async def test_a_key_is_refused_for_another_request(house: House, records: MemoryRecords) -> None:
    await answered(house, records)

    with house.refuses(Invalid) as refused:
        await repeatable(house, records).begin(replace(ATTEMPT, fingerprint="POST /posts 2"), now=NOW)
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == ["Idempotency-Key"]


@pytest.mark.parametrize("key", ["", "x" * (KEY_LENGTH + 1)])
async def test_an_unusable_key_is_refused_before_anything_is_held(
    house: House, records: MemoryRecords, key: str
) -> None:
    with house.refuses(Invalid):
        await repeatable(house, records).begin(replace(ATTEMPT, key=key), now=NOW)

    assert not house.transaction.is_held
    assert records.claims == {}


async def test_the_longest_key_is_usable(house: House, records: MemoryRecords) -> None:
    assert await repeatable(house, records).begin(replace(ATTEMPT, key="x" * KEY_LENGTH), now=NOW) is None
