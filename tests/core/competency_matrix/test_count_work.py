from dataclasses import replace

from core.competency_matrix.use_cases.count_work import CountWork
from core.errors import Unauthenticated
from core.identity import Role
from core.publication import PublicationStatus
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question, suggestion


def furnished(house: House) -> House:
    house.has_question(public_question("public"))
    house.has_question(question("draft", grade=None, answer=""))
    house.has_question(replace(question("flagged", answer=""), is_flagged=True, published_at=NOW))
    house.has_question(question("foreign", by=Role.EDITOR, sheet_id="web"))
    house.has_question(question("thrown-away", trashed_at=NOW))
    house.has_suggestion(suggestion())
    return house


async def test_editor_sees_what_there_is_to_do(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    work = await house.make(CountWork)()

    statuses = work.counts.statuses
    assert (statuses[PublicationStatus.PUBLISHED], statuses[PublicationStatus.DRAFT]) == (1, 2)
    assert (work.counts.lacks["no_answer"], work.counts.lacks["no_grade"], work.counts.lacks["no_question"]) == (
        2,
        1,
        0,
    )
    assert (work.counts.flagged, work.counts.trashed, work.suggestions) == (1, 1, 1)
    assert (await house.make(CountWork)(sheet_id="web")).counts.statuses[PublicationStatus.DRAFT] == 1


async def test_author_sees_her_own(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    work = await house.make(CountWork)()

    assert work.counts.statuses[PublicationStatus.DRAFT] == 1
    assert work.suggestions is None


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(CountWork)()
