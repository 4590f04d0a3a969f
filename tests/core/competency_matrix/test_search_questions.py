from dataclasses import replace

from core.access import Action
from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import QuestionNotFound, SheetNotFound
from core.competency_matrix.use_cases.search_questions import Finds, SearchQuestions
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.matrix_makers import SENIOR, public_question, question, sheet


def furnished(house: House) -> House:
    house.has_sheet(sheet("python"))
    house.has_sheet(sheet("databases"))
    house.has_question(public_question("index", asked="What is an index?"))
    house.has_question(replace(public_question("b-tree", asked="How is a tree built?"), grade=SENIOR))
    house.has_question(public_question("other", asked="Which index?", sheet_id="databases"))
    house.has_question(question("hidden", asked="An index nobody sees"))
    return house


def slugs(finds: Finds) -> set[str]:
    return {one.card.slug for one in finds.found.page.items}


async def test_visitor_searches_all_sheets_or_one(house: House) -> None:
    search = furnished(house).make(SearchQuestions)

    assert slugs(await search(Choice(text="index"), lang="en")) == {"index", "other"}
    found = await search(Choice(text="index"), key="databases", lang="en")
    assert slugs(found) == {"other"}
    assert [one.key for one in found.sheets] == ["python", "databases"]
    assert any(piece.is_match for piece in found.found.page.items[0].question)


async def test_a_mistyped_word_is_taken_for_the_nearest(house: House) -> None:
    found = await furnished(house).make(SearchQuestions)(Choice(text="indxe"), lang="en")

    assert found.found.corrected == "index"


async def test_a_search_can_be_narrowed(house: House) -> None:
    search = furnished(house).make(SearchQuestions)

    assert slugs(await search(Choice(text="is", grades=frozenset({SENIOR})), lang="en")) == {"b-tree"}


async def test_there_is_nothing_beyond_the_last_page(house: House) -> None:
    search = furnished(house).make(SearchQuestions)

    for number in (0, 2):
        with house.refuses(QuestionNotFound):
            await search(Choice(text="index"), number=number, lang="en")


async def test_a_sheet_that_there_is_not_is_not_searched(house: House) -> None:
    with house.refuses(SheetNotFound):
        await house.make(SearchQuestions)(Choice(text="index"), key="nowhere", lang="en")


async def test_a_refused_visitor_finds_nothing_where_the_matrix_is_closed(house: House) -> None:
    furnished(house).forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(SearchQuestions)(Choice(text="index"), lang="en")
