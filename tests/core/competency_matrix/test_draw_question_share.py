from dataclasses import replace

from core.access import Action
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.use_cases.draw_question_share import DrawQuestionShare
from core.errors import Unauthenticated
from core.share import ShareCard
from tests.core.house import House
from tests.core.matrix_makers import public_question, question, sheet

SITE = {"site_id": "id", "site": "Anna", "accent": "#c2410c"}


class FakeShareImages:
    async def draw(self, card: ShareCard) -> bytes:
        return f"{card.site}: {card.title} / {card.detail}".encode()


def draw(house: House) -> DrawQuestionShare:
    return DrawQuestionShare(
        access=house.access,
        sheets=house.sheets,
        questions=house.questions,
        images=FakeShareImages(),
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_anybody_gets_the_picture_of_a_question(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(public_question("names", asked="What is a name?"))

    assert await draw(house)("names", **SITE) == "Anna: What is a name? / Python · Junior".encode()
    assert house.transaction.rests == 1


async def test_a_grade_that_is_not_known_is_not_named(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(replace(public_question("names", asked="Why?"), grade=None))

    assert await draw(house)("names", **SITE) == b"Anna: Why? / Python"


async def test_what_cannot_be_read_has_no_picture(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(question("hidden"))

    for slug in ("hidden", "nothing"):
        with house.refuses(QuestionNotFound):
            await draw(house)(slug, **SITE)


async def test_a_refused_visitor_gets_no_picture(house: House) -> None:
    house.forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await draw(house)("names", **SITE)
