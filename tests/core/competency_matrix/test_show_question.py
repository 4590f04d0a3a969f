from dataclasses import replace

from core.access import Action
from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.texts import Attachment
from core.competency_matrix.use_cases.show_question import ShowQuestion
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.makers import NOW, draft, published
from tests.core.matrix_makers import SENIOR, public_question, question, resource, sheet


async def test_visitor_reads_a_question_with_what_stands_beside_it(house: House) -> None:
    house.has_sheet(sheet())
    house.has_post(published("shown"))
    house.has_post(draft("hidden"))
    manual = house.has_resource(resource("manual"))
    attached = (Attachment(resource_id="manual", why="It says so."), Attachment(resource_id="gone"))
    asked = replace(public_question("b"), resources=attached, evidence=("hidden", "shown", "deleted"), position=2)
    house.has_question(asked)
    house.has_question(public_question("a"))
    house.has_question(replace(public_question("c"), grade=SENIOR))
    house.has_question(question("d", position=3))

    found = await house.make(ShowQuestion)("b", lang="en")

    assert (found.question, found.sheet.key) == (asked, "python")
    assert [(one.resource, one.why) for one in found.beside.resources] == [(manual, "It says so.")]
    assert [link.slug for link in found.beside.evidence] == ["shown"]
    assert found.beside.previous
    assert found.beside.previous.slug == "a"
    assert found.beside.following
    assert found.beside.following.slug == "c"


async def test_a_renamed_question_is_found_by_its_old_address(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(replace(public_question("new"), former_slugs=("older", "old")))
    house.has_question(replace(public_question("taken"), former_slugs=("new",)))

    for slug in ("new", "old", "older"):
        assert (await house.make(ShowQuestion)(slug, lang="en")).question.slug == "new"


async def test_what_is_not_public_is_not_found(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(replace(question("hidden"), former_slugs=("before",)))
    house.has_question(replace(public_question("gone"), trashed_at=NOW))

    for slug in ("hidden", "before", "gone", "never"):
        with house.refuses(QuestionNotFound):
            await house.make(ShowQuestion)(slug, lang="en")


async def test_a_refused_visitor_reads_nothing_where_the_matrix_is_closed(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(public_question())
    house.forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(ShowQuestion)("mutable-default", lang="en")
