from dataclasses import replace
from datetime import timedelta

import pytest

from core.competency_matrix.errors import QuestionNotReady
from core.competency_matrix.planting import NamedResource, QuestionCode
from core.competency_matrix.texts import Attachment, Frequency, Wording
from core.competency_matrix.use_cases.plant_question import PlantQuestion
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role, UserId
from core.markdown import Rendered, Surroundings
from core.publication import PublicationStatus
from tests.core.fakes.markdown import FakeMarkdown
from tests.core.house import House
from tests.core.makers import NOW, published
from tests.core.matrix_makers import JUNIOR, public_question, question, resource, sheet

YESTERDAY = NOW - timedelta(days=1)
MANUAL = NamedResource(name="The manual", url="https://manual.example/", why=" The short answer. ")
BOOK = NamedResource(name="A book", url=" https://book.example/ ", why="The long one.")
CODE = QuestionCode(
    sheet="python",
    section=" language",
    subsection="NAMES ",
    question=" Why is a list as a  default a trap? ",
    answer="It is made **once**.",
    expectation="When it is made.",
    hint="When is it evaluated?",
    slug="mutable-default",
    grade="Junior+",
    frequency="often",
)


class Meanwhile(FakeMarkdown):
    """While it renders, somebody deletes what the sheet holds."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house

    async def render(self, source: str, *, lang: str, around: Surroundings | None = None) -> Rendered:
        self._house.sheets.kept = (replace(sheet(), sections=(), version=2),)
        self._house.transaction.settle()
        return await super().render(source, lang=lang, around=around)


@pytest.fixture
def furnished(house: House) -> House:
    house.has_sheet(sheet(former_keys=("snake",)))
    house.admits(Role.OPERATOR)
    return house


async def test_operator_plants_a_question_that_is_public_since_yesterday(furnished: House) -> None:
    planted = await furnished.make(PlantQuestion)(CODE, lang="en", published_at=YESTERDAY, author_id=UserId("anna"))

    made = planted.question
    assert planted.is_changed
    assert furnished.kept(furnished.questions) == {made.id: made}
    assert (made.slug, made.title) == ("mutable-default", "Why is a list as a default a trap?")
    assert (made.sheet_id, made.subsection_id, made.grade) == ("python", "names", "junior-plus")
    assert (made.frequency, made.author_id, made.created_at) == (Frequency.OFTEN, "anna", YESTERDAY)
    assert made.own.answer_html == "<p>It is made **once**.</p>"
    assert (made.status(NOW), made.published_at) == (PublicationStatus.PUBLISHED, YESTERDAY)
    assert furnished.kept(furnished.sheets)[0].version == 1
    assert list(furnished.kept(furnished.question_revisions)) == [(made.id, 1)]


async def test_without_a_date_it_is_public_from_now_on_or_a_draft(furnished: House) -> None:
    public = await furnished.make(PlantQuestion)(CODE, lang="en")
    draft = await furnished.make(PlantQuestion)(replace(CODE, slug="draft", answer=""), lang="en", is_public=False)

    assert (public.question.published_at, draft.question.published_at) == (NOW, None)
    assert draft.question.status(NOW) is PublicationStatus.DRAFT


async def test_its_words_in_other_languages_come_along(furnished: House) -> None:
    russian = Wording(question="Почему?", answer="Потому.", expectation="Когда.")

    planted = await furnished.make(PlantQuestion)(replace(CODE, translations={"ru": russian}), lang="en")

    assert planted.question.shown_in("ru").wording == russian


@pytest.mark.parametrize(
    ("section", "subsection", "shape"),
    [
        ("Language", "Functions", {"Language": ["Names", "Types", "Functions"], "Library": ["Files"]}),
        ("Async", "Tasks", {"Language": ["Names", "Types"], "Library": ["Files"], "Async": ["Tasks"]}),
    ],
)
async def test_a_place_that_is_not_there_comes_with_it(
    furnished: House, section: str, subsection: str, shape: dict[str, list[str]]
) -> None:
    code = replace(CODE, sheet="snake", section=section, subsection=subsection)

    planted = await furnished.make(PlantQuestion)(code, lang="en")

    (kept,) = furnished.kept(furnished.sheets)
    assert {one.name: [each.name for each in one.subsections] for one in kept.sections} == shape
    assert kept.section_of(planted.question.subsection_id).name == section
    assert (planted.question.sheet_id, kept.version) == ("python", 2)


async def test_resources_are_found_by_their_address_or_put_into_the_library(furnished: House) -> None:
    furnished.has_resource(resource("manual", url="https://manual.example/"))

    planted = await furnished.make(PlantQuestion)(
        replace(CODE, resources=(MANUAL, BOOK, replace(MANUAL, why="Twice."))), lang="en"
    )

    library = {one.url: one for one in furnished.kept(furnished.resources).values()}
    assert [one.name for one in library.values()] == ["Manual", "A book"]
    assert planted.question.resources == (
        Attachment(resource_id="manual", why="The short answer."),
        Attachment(resource_id=library["https://book.example/"].id, why="The long one."),
    )


async def test_evidence_is_named_by_address_and_what_is_gone_is_told(furnished: House) -> None:
    shown = furnished.has_post(published("types-at-the-edges"))
    furnished.has_post(published("thrown", trashed_at=NOW))

    planted = await furnished.make(PlantQuestion)(
        replace(CODE, evidence=("types-at-the-edges", "thrown", "never")), lang="en"
    )

    assert planted.question.evidence == (shown.id,)
    assert list(planted.missing) == ["thrown", "never"]


async def test_planting_again_changes_nothing(furnished: House) -> None:
    furnished.has_post(published("post"))
    code = replace(CODE, resources=(MANUAL, BOOK), evidence=("post",))
    first = await furnished.make(PlantQuestion)(code, lang="en", published_at=YESTERDAY)
    furnished.clock.pass_(hours=1)

    with furnished.changes_nothing():
        again = await furnished.make(PlantQuestion)(code, lang="en", overwrite=True)
    assert (again.is_changed, again.question) == (False, first.question)


@pytest.mark.parametrize("is_trashed", [False, True])
async def test_what_the_owner_made_of_it_stands_unless_told_otherwise(furnished: House, is_trashed: bool) -> None:
    own = furnished.has_question(question(trashed_at=NOW if is_trashed else None))

    with furnished.changes_nothing():
        planted = await furnished.make(PlantQuestion)(replace(CODE, section="Async"), lang="en")
    assert (planted.question, planted.is_changed) == (own, False)


async def test_overwriting_takes_it_out_of_the_trash_and_answers_with_what_is_kept(furnished: House) -> None:
    own = furnished.has_question(replace(public_question(at=YESTERDAY), trashed_at=NOW))

    planted = await furnished.make(PlantQuestion)(CODE, lang="ru", overwrite=True)

    made = planted.question
    assert planted.is_changed
    assert furnished.kept(furnished.questions) == {own.id: made}
    assert (made.title, made.lang, made.trashed_at) == ("Why is a list as a default a trap?", "en", None)
    assert (made.version, made.updated_at, made.published_at) == (2, NOW, YESTERDAY)
    assert made.author_id == own.author_id


async def test_overwriting_with_a_draft_hides_what_was_public(furnished: House) -> None:
    furnished.has_question(public_question())

    planted = await furnished.make(PlantQuestion)(CODE, lang="en", is_public=False, overwrite=True)

    assert planted.question.status(NOW) is PublicationStatus.DRAFT


@pytest.mark.parametrize("grade", ["JUNIOR", "junior", "", " "])
async def test_a_grade_is_named_by_key_or_name_or_not_at_all(furnished: House, grade: str) -> None:
    planted = await furnished.make(PlantQuestion)(replace(CODE, grade=grade), lang="en", is_public=False)

    assert planted.question.grade == (JUNIOR if grade.strip() else None)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        (replace(CODE, slug=" "), ["slug"]),
        (replace(CODE, slug="Not one"), ["slug"]),
        (replace(CODE, sheet="none"), ["sheet"]),
        (replace(CODE, section=" "), ["section"]),
        (replace(CODE, section="Async", subsection="x" * 101), ["subsection"]),
        (replace(CODE, grade="Guru", frequency="sometimes"), ["grade", "frequency"]),
        (replace(CODE, question="x" * 301), ["question"]),
        (replace(CODE, resources=(replace(MANUAL, why="x" * 301),)), ["resources.0.why"]),
        (
            replace(CODE, resources=(MANUAL, replace(BOOK, url="book", name=""))),
            ["resources.1.name", "resources.1.url"],
        ),
    ],
)
async def test_what_is_no_question_is_invalid(furnished: House, code: QuestionCode, fields: list[str]) -> None:
    with furnished.refuses(Invalid) as refused:
        await furnished.make(PlantQuestion)(code, lang="en")
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == fields
    assert list(furnished.kept(furnished.resources)) == []


async def test_it_does_not_come_into_a_section_that_somebody_is_just_deleting(furnished: House) -> None:
    furnished.markdown = Meanwhile(furnished)

    with pytest.raises(Invalid) as refused:
        await furnished.make(PlantQuestion)(CODE, lang="en")
    assert [problem.field for problem in refused.value.problems] == ["subsection_id"]
    assert furnished.kept(furnished.questions) == {}


async def test_an_unanswered_question_is_not_published(furnished: House) -> None:
    with furnished.refuses(QuestionNotReady):
        await furnished.make(PlantQuestion)(replace(CODE, section="Async", answer=""), lang="en")
    assert furnished.kept(furnished.sheets)[0].version == 1


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(PlantQuestion)(CODE, lang="en")
