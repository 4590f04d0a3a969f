from dataclasses import replace

from core.competency_matrix.errors import QuestionInTrash, QuestionNotFound, QuestionRevisionNotFound
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.texts import Attachment, Wording
from core.competency_matrix.use_cases.restore_question_revision import RestoreQuestionRevision
from core.errors import Forbidden, Invalid, StaleVersion, Unauthenticated
from core.identity import Role
from tests.core.competency_matrix.pasts import has_revision
from tests.core.house import House
from tests.core.makers import NOW, published
from tests.core.matrix_makers import JUNIOR, public_question, question, resource, sheet


async def test_author_takes_earlier_words_back_and_place_and_address_stay(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(question(version=2))
    has_revision(house, asked, 1, answer="Before.", slug="left-long-ago", subsection_id="gone")
    house.admits(Role.AUTHOR)

    restored = await house.make(RestoreQuestionRevision)(asked.id, 1, expected=2)

    assert (restored.own.answer_html, restored.slug, restored.subsection_id) == ("<p>Before.</p>", asked.slug, "names")
    assert house.kept(house.questions)[asked.id] == restored
    assert house.kept(house.question_revisions)[asked.id, 3].text == restored.text


async def test_what_has_gone_since_is_left_out(house: House) -> None:
    house.has_sheet(sheet())
    house.has_resource(resource("manual"))
    house.has_post(published("shown"))
    asked = house.has_question(question(version=2))
    has_revision(
        house,
        asked,
        1,
        resources=(Attachment(resource_id="gone"), Attachment(resource_id="manual")),
        evidence=("gone", "shown"),
        grade=GradeKey("abolished"),
        translations={"en": Wording(question="Another main language then"), "ru": Wording(question="Почему?")},
    )
    house.admits(Role.AUTHOR)

    restored = await house.make(RestoreQuestionRevision)(asked.id, 1)

    assert restored.resources == (Attachment(resource_id="manual"),)
    assert restored.evidence == ("shown",)
    assert restored.grade == JUNIOR
    assert set(restored.wordings) == {"en", "ru"}


async def test_taking_back_what_stands_changes_nothing(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(question())
    has_revision(house, asked, 1)
    house.admits(Role.AUTHOR)

    with house.changes_nothing():
        assert await house.make(RestoreQuestionRevision)(asked.id, 1) == asked


async def test_taking_back_over_somebodys_newer_version_is_refused(house: House) -> None:
    asked = house.has_question(question(version=3))
    has_revision(house, asked, 1, answer="Before.")
    house.admits(Role.AUTHOR)

    with house.refuses(StaleVersion):
        await house.make(RestoreQuestionRevision)(asked.id, 1, expected=2)


async def test_what_would_be_refused_in_the_form_is_refused_here(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(question(version=2))
    has_revision(house, asked, 1, hint="x" * 301)
    house.admits(Role.AUTHOR)

    with house.refuses(Invalid):
        await house.make(RestoreQuestionRevision)(asked.id, 1)


async def test_nothing_is_taken_back_in_the_trash(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(question(version=2, trashed_at=NOW))
    has_revision(house, asked, 1, answer="Before.")
    house.admits(Role.AUTHOR)

    with house.refuses(QuestionInTrash):
        await house.make(RestoreQuestionRevision)(asked.id, 1)


async def test_a_state_that_never_was_is_not_found(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    with house.refuses(QuestionRevisionNotFound):
        await house.make(RestoreQuestionRevision)(asked.id, 7)


async def test_a_question_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(RestoreQuestionRevision)("nowhere", 1)


async def test_author_may_not_take_back_what_another_wrote(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(RestoreQuestionRevision)(asked.id, 1)


async def test_contributor_may_not_change_what_is_public(house: House) -> None:
    asked = house.has_question(replace(public_question(), author_id=house.admits(Role.CONTRIBUTOR).user_id))

    with house.refuses(Forbidden):
        await house.make(RestoreQuestionRevision)(asked.id, 1)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(RestoreQuestionRevision)("nowhere", 1)
