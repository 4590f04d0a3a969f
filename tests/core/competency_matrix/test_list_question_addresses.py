from dataclasses import replace
from datetime import timedelta

from core.access import Action
from core.competency_matrix.use_cases.list_question_addresses import ListQuestionAddresses
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import public_question, question, sheet


async def test_engines_learn_of_each_sheet_and_of_what_can_be_read_in_it(house: House) -> None:
    house.has_sheet(sheet("python"))
    house.has_sheet(sheet("empty"))
    later = NOW + timedelta(minutes=5)
    house.has_question(public_question("a"))
    house.has_question(replace(public_question("b"), updated_at=later))
    house.has_question(question("draft"))

    found = await house.make(ListQuestionAddresses)()

    told = [(one.sheet, one.slug, one.updated_at) for one in found]
    assert told[0] == ("python", None, later)
    assert sorted(told[1:3], key=str) == [("python", "a", NOW), ("python", "b", later)]
    assert told[3:] == [("empty", None, None)]


async def test_a_refused_visitor_learns_of_nothing(house: House) -> None:
    house.has_sheet(sheet("python"))
    house.forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(ListQuestionAddresses)()
