from core.competency_matrix.use_cases.complete_question_link import CompleteQuestionLink
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import public_question, question, sheet


def furnished(house: House) -> House:
    house.has_sheet(sheet())
    house.has_question(public_question("index", asked="What is an index?"))
    house.has_question(public_question("tree", asked="What is a tree?"))
    house.has_question(question("draft", asked="Which index?"))
    return house


async def test_author_finds_what_visitors_can_read(house: House) -> None:
    furnished(house).admits(Role.AUTHOR)

    assert [card.slug for card in await house.make(CompleteQuestionLink)(" inde ", lang="en")] == ["index"]
    assert {card.slug for card in await house.make(CompleteQuestionLink)(" ", lang="en")} == {"index", "tree"}


async def test_editor_finds_drafts_too(house: House) -> None:
    furnished(house).admits(Role.EDITOR)

    assert {card.slug for card in await house.make(CompleteQuestionLink)("index", lang="en")} == {"index", "draft"}


async def test_a_refused_viewer_finds_nothing(house: House) -> None:
    furnished(house).admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await house.make(CompleteQuestionLink)("index", lang="en")


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(CompleteQuestionLink)("index", lang="en")
