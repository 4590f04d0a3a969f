from dataclasses import replace

import pytest

from core.access import Action
from core.competency_matrix.errors import DoubleSuggestion, SuggestionsClosed
from core.competency_matrix.limits import COMPARE_PER_CLIENT, SUGGEST_PER_CLIENT
from core.competency_matrix.suggestions import Proposed, SuggestionState
from core.competency_matrix.use_cases.suggest_question import SuggestQuestion
from core.errors import Invalid, TooMany, Unauthenticated
from core.events import EventKind
from core.limits import Client
from tests.core.house import CLIENT, House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question, sheet, suggestion

CLOSURE = Proposed(question="What is a closure?")


@pytest.fixture
def furnished(house: House) -> House:
    """A visitor stands before a site that takes suggestions."""
    house.has_sheet(sheet("python", former_keys=("snake",)))
    house.sheets.chosen.kept = replace(house.sheets.chosen.kept, accepts_suggestions=True)
    house.transaction.settle()
    return house


async def test_visitor_proposes_a_question(furnished: House) -> None:
    proposed = Proposed(
        question=" What  is a closure? ", remark=" Cells. ", name=" Eve  E. ", sheet="snake", grade="senior"
    )

    proposal = await furnished.make(SuggestQuestion)(proposed, client=CLIENT)

    (kept,) = furnished.kept(furnished.suggestions).values()
    ((kind, subject, details),) = furnished.kept(furnished.events)
    assert (kind, subject, details["question"]) == (EventKind.SUGGESTION_RECEIVED, kept.id, kept.question)
    assert (proposal.suggestion, proposal.alike) == (kept, [])
    assert (kept.question, kept.remark, kept.name) == ("What is a closure?", "Cells.", "Eve E.")
    assert (kept.sheet_id, kept.grade, kept.state, kept.created_at) == ("python", "senior", SuggestionState.NEW, NOW)


async def test_neither_sheet_nor_grade_need_be_known(furnished: House) -> None:
    proposal = await furnished.make(SuggestQuestion)(CLOSURE, client=CLIENT)

    assert proposal.suggestion is not None
    assert (proposal.suggestion.sheet_id, proposal.suggestion.grade) == (None, None)


async def test_a_site_takes_no_suggestions_unless_its_owner_says_so(house: House) -> None:
    with house.refuses(SuggestionsClosed):
        await house.make(SuggestQuestion)(CLOSURE, client=CLIENT)


async def test_what_the_matrix_asks_already_is_refused_and_its_address_told(furnished: House) -> None:
    furnished.has_question(public_question("closure", asked="What is a closure?"))

    with furnished.refuses(DoubleSuggestion) as refused:
        await furnished.make(SuggestQuestion)(Proposed(question=" what is a  CLOSURE? "), client=CLIENT, is_sure=True)
    assert isinstance(refused.value, DoubleSuggestion)
    assert refused.value.slug == "closure"


async def test_of_what_is_not_public_no_address_is_told(furnished: House) -> None:
    furnished.has_question(question("closure", asked="What is a closure?"))

    with furnished.refuses(DoubleSuggestion) as refused:
        await furnished.make(SuggestQuestion)(CLOSURE, client=CLIENT)
    assert isinstance(refused.value, DoubleSuggestion)
    assert refused.value.slug is None


async def test_what_waits_for_the_owner_need_not_be_proposed_again(furnished: House) -> None:
    furnished.has_suggestion(suggestion(asked="WHAT is a closure?"))

    with furnished.refuses(DoubleSuggestion) as refused:
        await furnished.make(SuggestQuestion)(CLOSURE, client=CLIENT)
    assert isinstance(refused.value, DoubleSuggestion)
    assert refused.value.slug is None


@pytest.mark.parametrize("trashed", [True, False])
async def test_what_was_rejected_or_thrown_away_may_be_proposed(furnished: House, trashed: bool) -> None:
    if trashed:
        furnished.has_question(question("closure", asked="What is a closure?", trashed_at=NOW))
    else:
        furnished.has_suggestion(suggestion().reject(by_name="Owner", at=NOW))

    proposal = await furnished.make(SuggestQuestion)(CLOSURE, client=CLIENT)

    assert proposal.suggestion is not None
    assert proposal.suggestion in furnished.kept(furnished.suggestions).values()


async def test_what_is_alike_is_looked_at_first(furnished: House) -> None:
    furnished.has_question(public_question("closure", asked="What is a closure in Python?"))
    furnished.has_question(question("hidden", asked="What is a closure in C?"))

    with furnished.changes_nothing():
        proposal = await furnished.make(SuggestQuestion)(CLOSURE, client=CLIENT)

    assert proposal.suggestion is None
    assert [card.slug for card in proposal.alike] == ["closure"]


async def test_whoever_is_sure_proposes_it_all_the_same(furnished: House) -> None:
    furnished.has_question(public_question("closure", asked="What is a closure in Python?"))

    proposal = await furnished.make(SuggestQuestion)(CLOSURE, client=CLIENT, is_sure=True)

    assert [card.slug for card in proposal.alike] == ["closure"]
    assert list(furnished.kept(furnished.suggestions).values()) == [proposal.suggestion]


async def test_what_resembles_only_something_hidden_is_taken(furnished: House) -> None:
    furnished.has_question(question("hidden", asked="What is a closure in C?"))

    proposal = await furnished.make(SuggestQuestion)(CLOSURE, client=CLIENT)

    assert (proposal.suggestion is None, proposal.alike) == (False, [])


@pytest.mark.parametrize(
    ("proposed", "fields"),
    [
        (Proposed(question="  "), ["question"]),
        (Proposed(question="x" * 301, remark="x" * 2001, name="x" * 101), ["question", "remark", "name"]),
        (Proposed(question="Why?", sheet="none", grade="none"), ["sheet", "grade"]),
    ],
)
async def test_what_is_no_suggestion_is_invalid(furnished: House, proposed: Proposed, fields: list[str]) -> None:
    with furnished.refuses(Invalid) as refused:
        await furnished.make(SuggestQuestion)(proposed, client=CLIENT)
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == fields


async def test_a_client_proposes_so_much_and_no_more(furnished: House) -> None:
    suggest = furnished.make(SuggestQuestion)
    for number in range(SUGGEST_PER_CLIENT.times):
        await suggest(Proposed(question=f"{number * 1111}?"), client=CLIENT)

    with furnished.refuses(TooMany):
        await suggest(CLOSURE, client=CLIENT)

    await suggest(CLOSURE, client=Client(key="somebody else"))
    assert len(furnished.kept(furnished.suggestions)) == SUGGEST_PER_CLIENT.times + 1


async def test_nobody_compares_endlessly(furnished: House) -> None:
    furnished.has_question(public_question("closure", asked="What is a closure in Python?"))
    suggest = furnished.make(SuggestQuestion)

    for _ in range(COMPARE_PER_CLIENT.times):
        await suggest(CLOSURE, client=CLIENT)

    with furnished.refuses(TooMany):
        await suggest(CLOSURE, client=CLIENT)


async def test_looking_at_what_is_alike_uses_up_no_suggestion(furnished: House) -> None:
    furnished.has_question(public_question("closure", asked="What is a closure in Python?"))

    for _ in range(SUGGEST_PER_CLIENT.times + 1):
        await furnished.make(SuggestQuestion)(CLOSURE, client=CLIENT)

    assert set(furnished.limiter.hits) == {(COMPARE_PER_CLIENT.name, CLIENT.key)}


async def test_a_refused_visitor_proposes_nothing(furnished: House) -> None:
    furnished.forbids(Action.SUGGEST_QUESTION)

    with furnished.refuses(Unauthenticated):
        await furnished.make(SuggestQuestion)(CLOSURE, client=CLIENT)
