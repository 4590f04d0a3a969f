from dataclasses import replace

import pytest

from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.errors import QuestionSlugTaken
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.texts import (
    EVIDENCE_MAX,
    RESOURCES_MAX,
    WHY_LENGTH,
    Attachment,
    QuestionText,
    Wording,
)
from core.errors import Invalid
from tests.core.house import House
from tests.core.makers import draft, published
from tests.core.matrix_makers import ASKED, JUNIOR, public_question, question, resource, sheet

RUSSIAN = Wording(question="Почему?", answer="Смотри [[post:shown]].")


def fields(error: Invalid) -> list[str]:
    return [problem.field for problem in error.problems]


def attached(*names: str) -> tuple[Attachment, ...]:
    return tuple(Attachment(resource_id=name) for name in names)


@pytest.fixture
def composer(house: House) -> QuestionComposer:
    house.has_sheet(sheet())
    house.has_resource(resource("manual"))
    house.has_post(published("shown"))
    return house.composer


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (replace(ASKED, slug="No!"), ["slug"]),
        (replace(ASKED, question="x" * 301, answer="x" * 100_001), ["question", "answer"]),
        (replace(ASKED, expectation="x" * 20_001, hint="x" * 301), ["hint", "expectation"]),
        (replace(ASKED, translations={"en": RUSSIAN}), ["translations.en"]),
        (replace(ASKED, translations={"tlh": RUSSIAN}), ["translations.tlh"]),
        (replace(ASKED, translations={"ru": Wording(question="", answer="?")}), ["translations.ru.question"]),
        (replace(ASKED, translations={"ru": Wording(question="x" * 301)}), ["translations.ru.question"]),
        (replace(ASKED, resources=attached("a", "a")), ["resources"]),
        (replace(ASKED, resources=attached(*map(str, range(RESOURCES_MAX + 1)))), ["resources"]),
        (replace(ASKED, resources=(Attachment(resource_id="a", why="x" * (WHY_LENGTH + 1)),)), ["resources.0.why"]),
        (replace(ASKED, evidence=tuple(map(str, range(EVIDENCE_MAX + 1)))), ["evidence"]),
    ],
)
def test_what_cannot_be_kept_is_named_field_by_field(house: House, text: QuestionText, wrong: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        house.composer.checked(text, lang="en")
    assert fields(refused.value) == wrong


def test_space_that_means_nothing_goes_and_so_do_translations_that_say_nothing(house: House) -> None:
    typed = replace(ASKED, question=" Why \n so? ", hint=" a  b ", translations={"ru": Wording(question=" ")})

    checked = house.composer.checked(typed, lang="en")

    assert (checked.question, checked.hint, checked.translations) == ("Why so?", "a b", {})


async def test_all_wordings_are_rendered_in_their_language_with_one_look_around(
    house: House, composer: QuestionComposer
) -> None:
    house.has_question(public_question("linked"))
    typed = replace(ASKED, answer="See [[matrix:linked]].", expectation="So.", translations={"ru": RUSSIAN})

    _, set_ = await composer.compose(typed, lang="en")

    assert set_.mentions == ("matrix:linked", "post:shown")
    assert set_.wordings["ru"].answer_html == "<p>Смотри [[post:shown]].</p>"
    assert set_.wordings["en"].plain == "What is a name?\nSee [[matrix:linked]].\nSo."
    assert (house.surroundings.looks, house.transaction.rests) == (1, 1)
    assert set(house.markdown.langs) == {"en", "ru"}


async def test_evidence_may_be_named_by_address_and_counts_once(house: House, composer: QuestionComposer) -> None:
    house.has_post(replace(draft("id"), slug="address"))

    text, _ = await composer.compose(replace(ASKED, evidence=("address", "id", "shown")), lang="en")

    assert text.evidence == ("id", "shown")


async def test_evidence_that_was_deleted_since_may_stay(composer: QuestionComposer) -> None:
    own = question(evidence=("deleted",))

    text, _ = await composer.compose(replace(own.text, evidence=("deleted", "shown")), lang="en", own=own)

    assert text.evidence == ("deleted", "shown")


async def test_all_that_does_not_exist_is_named_at_once(composer: QuestionComposer) -> None:
    typed = replace(
        ASKED,
        subsection_id="nowhere",
        grade=GradeKey("nothing"),
        resources=attached("manual", "gone"),
        evidence=("shown", "gone"),
    )

    with pytest.raises(Invalid) as refused:
        await composer.compose(typed, lang="en")
    assert fields(refused.value) == ["subsection_id", "grade", "resources.1.resource_id", "evidence.1"]
    with pytest.raises(Invalid) as refused:
        await composer.compose(replace(typed, subsection_id="names", grade=JUNIOR), lang="en")
    assert fields(refused.value) == ["resources.1.resource_id", "evidence.1"]


@pytest.mark.parametrize(
    ("asked", "slug"),
    [("What is a name?", "what-is-a-name"), ("", "question"), ("???", "question"), ("Interview", "question-interview")],
)
async def test_the_address_is_made_from_the_question(composer: QuestionComposer, asked: str, slug: str) -> None:
    assert await composer.free_slug(replace(ASKED, question=asked)) == slug


async def test_nothing_comes_into_a_section_that_somebody_has_just_deleted(composer: QuestionComposer) -> None:
    gone = question(subsection="gone")

    await composer.hold((None, question()), (gone, gone))
    for lost in (gone, question(sheet_id="gone")):
        with pytest.raises(Invalid) as refused:
            await composer.hold((None, lost))
        assert fields(refused.value) == ["subsection_id"]


async def test_an_endless_question_gets_an_address_that_has_room_for_a_number(
    house: House, composer: QuestionComposer
) -> None:
    made = await composer.free_slug(replace(ASKED, question="word " * 60))
    house.has_question(question(made))

    again = await composer.free_slug(replace(ASKED, question="word " * 60))

    assert len(made) <= 94
    assert again == f"{made}-2"


async def test_an_address_that_another_has_is_refused_and_ones_own_is_not(
    house: House, composer: QuestionComposer
) -> None:
    house.has_question(question("taken"))

    assert await composer.free_slug(replace(ASKED, slug="free")) == "free"
    assert await composer.free_slug(replace(ASKED, slug="taken"), own="taken") == "taken"
    assert await composer.free_slug(ASKED, own="taken") == "taken"
    with pytest.raises(QuestionSlugTaken):
        await composer.free_slug(replace(ASKED, slug="taken"), own="other")
