from collections.abc import Sequence
from dataclasses import replace

from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionSlugTaken
from core.competency_matrix.use_cases.draft_question import DraftQuestion
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from core.publication import PublicationStatus
from core.tasks import TaskKind
from tests.core.fakes.matrix import MemoryQuestions
from tests.core.house import House
from tests.core.makers import NOW
from tests.core.matrix_makers import ASKED, JUNIOR, question, sheet


class Contested(MemoryQuestions):
    """Somebody takes the address between the look and the leap."""

    def __init__(self, taken: Sequence[str]) -> None:
        super().__init__()
        self.taken = [*taken]

    async def add(self, question: Question) -> Question:
        if question.slug in self.taken:
            self.taken.remove(question.slug)
            self.kept[question.id] = replace(question, position=9)
            raise QuestionSlugTaken(question.slug)
        return await super().add(question)


async def test_contributor_adds_a_question_to_a_cell_in_a_line(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(question("first", position=4))
    house.admits(Role.CONTRIBUTOR)

    drafted = await house.make(DraftQuestion)(replace(ASKED, question=" What  is a name? ", grade=JUNIOR), lang="en")

    assert house.kept(house.questions)[drafted.id] == drafted
    assert (drafted.title, drafted.slug, drafted.position) == ("What is a name?", "what-is-a-name", 5)
    assert (drafted.sheet_id, drafted.subsection_id, drafted.grade) == ("python", "names", JUNIOR)
    assert (drafted.author_id, drafted.lang, drafted.created_at) == ("contributor", "en", NOW)
    assert drafted.status(NOW) is PublicationStatus.DRAFT


async def test_the_first_words_are_the_first_revision_and_links_to_it_are_made_anew(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.CONTRIBUTOR)

    drafted = await house.make(DraftQuestion)(ASKED, lang="en")

    assert house.kept(house.question_revisions)[drafted.id, 1].text == drafted.text
    assert house.tasks.find(TaskKind.RENDER_AGAIN, "matrix:what-is-a-name")


async def test_an_address_that_is_taken_gets_a_number(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(question("what-is-a-name"))
    house.admits(Role.CONTRIBUTOR)

    assert (await house.make(DraftQuestion)(ASKED, lang="en")).slug == "what-is-a-name-2"


async def test_an_address_that_is_taken_this_very_moment_gets_a_number_too(house: House) -> None:
    house.has_sheet(sheet())
    house.questions = Contested(["what-is-a-name"])
    house.admits(Role.CONTRIBUTOR)

    assert (await house.make(DraftQuestion)(ASKED, lang="en")).slug == "what-is-a-name-2"


async def test_an_asked_for_address_that_is_taken_is_refused(house: House) -> None:
    house.has_sheet(sheet())
    house.has_question(question("taken"))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(QuestionSlugTaken):
        await house.make(DraftQuestion)(replace(ASKED, slug="taken"), lang="en")
    house.questions = Contested(["mine"])
    with house.refuses(QuestionSlugTaken):
        await house.make(DraftQuestion)(replace(ASKED, slug="mine"), lang="en")


async def test_a_question_that_belongs_nowhere_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Invalid):
        await house.make(DraftQuestion)(ASKED, lang="en")


async def test_a_refused_viewer_begins_nothing(house: House) -> None:
    house.has_sheet(sheet())
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await house.make(DraftQuestion)(ASKED, lang="en")


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(DraftQuestion)(ASKED, lang="en")
