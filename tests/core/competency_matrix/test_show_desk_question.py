from core.competency_matrix.errors import QuestionNotFound
from core.competency_matrix.texts import Attachment
from core.competency_matrix.use_cases.show_desk_question import ShowDeskQuestion
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import draft, published
from tests.core.matrix_makers import question, resource, sheet


async def test_author_opens_her_question_with_all_that_its_form_shows(house: House) -> None:
    house.has_sheet(sheet())
    manual = house.has_resource(resource("manual"))
    house.has_post(published("shown"))
    house.has_post(draft("hidden"))
    attached = (Attachment(resource_id="gone"), Attachment(resource_id="manual", why="Why not."))
    asked = house.has_question(question(resources=attached, evidence=("hidden", "shown", "gone")))
    house.admits(Role.AUTHOR)

    found = await house.make(ShowDeskQuestion)(asked.id)

    assert (found.question, [one.key for one in found.sheets]) == (asked, ["python"])
    assert [(one.resource, one.why) for one in found.resources] == [(manual, "Why not.")]
    assert [(one.slug, one.is_public) for one in found.evidence] == [("hidden", False), ("shown", True)]
    assert found.settings.grades


async def test_a_question_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(ShowDeskQuestion)("nowhere")


async def test_author_may_not_open_what_another_wrote(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(ShowDeskQuestion)(asked.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ShowDeskQuestion)("nowhere")
