from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Action, Scope
from core.competency_matrix.errors import QuestionInTrash, QuestionNotFound, QuestionSlugTaken
from core.competency_matrix.texts import Wording
from core.competency_matrix.use_cases.edit_question import EditQuestion
from core.errors import Forbidden, Invalid, StaleVersion, Unauthenticated
from core.identity import Role
from core.publication import PublicationStatus
from core.tasks import TaskKind
from tests.core.competency_matrix.test_keep_question_copy import copy_of
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import ASKED, SENIOR, public_question, question, sheet


async def test_editor_changes_anybodys_question(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(question())
    house.admits(Role.EDITOR)
    house.clock.pass_(hours=1)
    wanted = replace(asked.text, answer="Anew.", translations={"ru": Wording(question="Почему?")})

    edited = await house.make(EditQuestion)(asked.id, wanted, expected=1)

    assert house.kept(house.questions) == {asked.id: edited}
    assert (edited.own.answer_html, edited.slug) == ("<p>Anew.</p>", asked.slug)
    assert (edited.version, edited.updated_at) == (2, NOW + timedelta(hours=1))
    assert edited.shown_in("ru").wording.question == "Почему?"
    assert house.kept(house.question_revisions)[asked.id, 2].text == edited.text


async def test_a_question_that_goes_to_another_cell_stands_at_its_end(house: House) -> None:
    house.has_sheet(sheet())
    house.has_sheet(sheet("web"))
    house.has_question(question("last", subsection="files", grade=SENIOR, position=3))
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    edited = await house.make(EditQuestion)(
        asked.id, replace(asked.text, subsection_id="files", grade=SENIOR), expected=None
    )

    assert (edited.subsection_id, edited.grade, edited.position) == ("files", SENIOR, 4)


async def test_old_addresses_lead_to_the_new_one_and_links_are_made_anew(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(replace(public_question("old"), former_slugs=("newer",)))
    house.admits(Role.AUTHOR)

    edited = await house.make(EditQuestion)(asked.id, replace(asked.text, slug="newer"), expected=None)

    assert (edited.slug, edited.former_slugs) == ("newer", ("old",))
    assert house.tasks.find(TaskKind.RENDER_AGAIN, "matrix:old")
    assert house.tasks.find(TaskKind.RENDER_AGAIN, "matrix:newer")


async def test_a_public_question_that_loses_its_answer_leaves_public_view_and_is_flagged(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(public_question())
    house.admits(Role.AUTHOR)

    edited = await house.make(EditQuestion)(asked.id, replace(asked.text, answer=" "), expected=None)

    assert edited.is_flagged
    assert edited.status(NOW) is PublicationStatus.WITHDRAWN
    assert house.tasks.find(TaskKind.RENDER_AGAIN, f"matrix:{asked.slug}")

    mended = await house.make(EditQuestion)(asked.id, replace(edited.text, answer="There."), expected=None)

    assert not mended.is_flagged
    assert not mended.is_public


async def test_the_same_words_again_change_nothing(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    with house.changes_nothing():
        assert await house.make(EditQuestion)(asked.id, asked.text, expected=None) == asked


async def test_editing_over_somebodys_newer_version_is_refused(house: House) -> None:
    asked = house.has_question(question(version=3))
    house.admits(Role.AUTHOR)

    with house.refuses(StaleVersion):
        await house.make(EditQuestion)(asked.id, asked.text, expected=2)


async def test_a_question_that_does_not_exist_is_not_edited(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(EditQuestion)("nowhere", ASKED, expected=None)


async def test_unusable_text_is_refused(house: House) -> None:
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    with house.refuses(Invalid):
        await house.make(EditQuestion)(asked.id, replace(asked.text, slug="No!"), expected=None)


async def test_the_slug_of_another_question_is_refused(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(question("taken"))
    asked = house.has_question(question())
    house.admits(Role.AUTHOR)

    with house.refuses(QuestionSlugTaken):
        await house.make(EditQuestion)(asked.id, replace(asked.text, slug="taken"), expected=None)


async def test_a_question_in_the_trash_is_not_edited(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(question(trashed_at=NOW))
    house.admits(Role.AUTHOR)

    with house.refuses(QuestionInTrash):
        await house.make(EditQuestion)(asked.id, replace(asked.text, answer="Anew."), expected=None)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUTHOR])
async def test_a_writer_may_not_edit_what_another_wrote(house: House, role: Role) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(role)

    with house.refuses(Forbidden):
        await house.make(EditQuestion)(asked.id, ASKED, expected=None)


async def test_contributor_may_not_edit_her_question_once_it_is_public(house: House) -> None:
    asked = house.has_question(question(by=Role.CONTRIBUTOR, is_public=True, published_at=NOW))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await house.make(EditQuestion)(asked.id, ASKED, expected=None)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(EditQuestion)("nowhere", ASKED, expected=None)


async def test_the_operator_leaves_what_others_keep_aside_alone(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(question())
    await house.question_copies.keep(copy_of(asked, Role.EDITOR))
    house.transaction.settle()
    house.admits(Role.OPERATOR)
    house.forbids(Action.EDIT_QUESTION, Scope.ALL)

    await house.make(EditQuestion)(asked.id, replace(asked.text, answer="Anew."), expected=1)

    assert list(house.kept(house.question_copies).values()) == [copy_of(asked, Role.EDITOR)]


async def test_what_she_kept_aside_is_forgotten(house: House) -> None:
    house.has_sheet(sheet())
    asked = house.has_question(question())
    for role in (Role.EDITOR, Role.OWNER):
        await house.question_copies.keep(copy_of(asked, role))
    house.transaction.settle()
    house.admits(Role.EDITOR)

    await house.make(EditQuestion)(asked.id, replace(asked.text, answer="Anew."), expected=1)

    assert list(house.kept(house.question_copies).values()) == [copy_of(asked, Role.OWNER)]
