from core.competency_matrix.errors import QuestionNotFound, QuestionRevisionNotFound
from core.competency_matrix.texts import Attachment, Frequency, Wording
from core.competency_matrix.use_cases.compare_question_revisions import CompareQuestionRevisions
from core.diff import ChangeKind
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.competency_matrix.pasts import has_revision
from tests.core.house import House
from tests.core.matrix_makers import SENIOR, question


async def test_author_sees_what_changed_since_and_between(house: House) -> None:
    asked = house.has_question(question(version=3, answer="It is made once."))
    has_revision(house, asked, 1, answer="It is made twice.", grade=SENIOR)
    has_revision(house, asked, 2, answer="It is made twice.")
    house.admits(Role.AUTHOR)
    compare = house.make(CompareQuestionRevisions)

    since = await compare(asked.id, old=2)
    between = await compare(asked.id, old=1, new=2)

    (answer,) = since.differences
    assert (answer.field, answer.old, answer.new) == ("answer", "It is made twice.", "It is made once.")
    assert [change.text for change in answer.changes if change.kind is ChangeKind.INSERT] == ["once"]
    (grade,) = between.differences
    assert (grade.field, grade.old, grade.new, grade.changes) == ("grade", "senior", "junior", ())
    assert (since.new, between.new and between.new.number) == (None, 2)


async def test_all_that_can_differ_is_named(house: House) -> None:
    asked = house.has_question(question(resources=(Attachment(resource_id="manual", why="So."),), evidence=("a", "b")))
    russian = {"ru": Wording(question="Почему?", answer="Потому.")}
    has_revision(house, asked, 1, resources=(), evidence=("a",), frequency=Frequency.OFTEN, translations=russian)
    house.admits(Role.AUTHOR)

    found = (await house.make(CompareQuestionRevisions)(asked.id, old=1)).differences

    assert {one.field: (one.old, one.new) for one in found} == {
        "frequency": ("often", ""),
        "resources": ("", "manual So."),
        "evidence": ("a", "a\nb"),
        "translations.ru.question": ("Почему?", ""),
        "translations.ru.answer": ("Потому.", ""),
    }


async def test_a_state_that_never_was_is_not_found(house: House) -> None:
    asked = house.has_question(question())
    has_revision(house, asked, 1)
    house.admits(Role.AUTHOR)
    compare = house.make(CompareQuestionRevisions)

    for old, new in ((7, None), (1, 7)):
        with house.refuses(QuestionRevisionNotFound):
            await compare(asked.id, old=old, new=new)


async def test_a_question_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(QuestionNotFound):
        await house.make(CompareQuestionRevisions)("nowhere", old=1)


async def test_author_may_not_see_what_another_wrote(house: House) -> None:
    asked = house.has_question(question(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await house.make(CompareQuestionRevisions)(asked.id, old=1)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(CompareQuestionRevisions)("nowhere", old=1)
