from dataclasses import replace

import pytest

from core.access import Action
from core.competency_matrix.errors import QuestionSlugTaken, SuggestionDecided, SuggestionNotFound
from core.competency_matrix.suggestions import SuggestionState
from core.competency_matrix.use_cases.accept_suggestion import AcceptSuggestion
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from core.markdown import Rendered, Surroundings
from core.publication import PublicationStatus
from tests.core.fakes.markdown import FakeMarkdown
from tests.core.house import House, somebody
from tests.core.makers import NOW
from tests.core.matrix_makers import JUNIOR, SENIOR, question, sheet, suggestion

PROPOSED = suggestion(remark="Cells, and when they are filled.", sheet_id="python", grade="senior")
FIRST = PROPOSED.text_for("names", SENIOR)


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
    house.has_sheet(sheet())
    house.has_suggestion(PROPOSED)
    return house


async def test_who_decides_makes_a_draft_of_it(furnished: House) -> None:
    furnished.admits(Role.MODERATOR)

    made = await furnished.make(AcceptSuggestion)("suggestion", FIRST, lang="en")

    assert furnished.kept(furnished.questions) == {made.id: made}
    assert (made.title, made.slug) == ("What is a closure?", "what-is-a-closure")
    assert made.own.wording.expectation == "Cells, and when they are filled."
    assert (made.subsection_id, made.grade, made.status(NOW)) == ("names", SENIOR, PublicationStatus.DRAFT)
    assert made.author_id == somebody(Role.MODERATOR).user_id
    (kept,) = furnished.kept(furnished.suggestions).values()
    assert (kept.state, kept.decided_by_name, kept.decided_at) == (SuggestionState.ACCEPTED, "Moderator", NOW)
    assert kept.question_id == made.id
    assert list(furnished.kept(furnished.question_revisions)) == [(made.id, 1)]


async def test_she_may_edit_it_first(furnished: House) -> None:
    furnished.admits(Role.EDITOR)
    text = replace(FIRST, question="How does a closure work?", answer="By cells.", slug="closures", grade=JUNIOR)

    made = await furnished.make(AcceptSuggestion)("suggestion", text, lang="en")

    assert (made.slug, made.title, made.grade) == ("closures", "How does a closure work?", JUNIOR)
    assert made.own.answer_html == "<p>By cells.</p>"


async def test_what_is_wrong_with_the_text_is_told(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(Invalid):
        await furnished.make(AcceptSuggestion)("suggestion", replace(FIRST, subsection_id="none"), lang="en")


async def test_the_draft_does_not_come_into_a_section_that_somebody_is_just_deleting(furnished: House) -> None:
    furnished.admits(Role.EDITOR)
    furnished.markdown = Meanwhile(furnished)

    with pytest.raises(Invalid):
        await furnished.make(AcceptSuggestion)("suggestion", FIRST, lang="en")
    assert furnished.kept(furnished.questions) == {}
    assert furnished.kept(furnished.suggestions) == {PROPOSED.id: PROPOSED}


async def test_an_address_that_another_question_has_is_taken(furnished: House) -> None:
    furnished.has_question(question("closures"))
    furnished.admits(Role.EDITOR)

    with furnished.refuses(QuestionSlugTaken):
        await furnished.make(AcceptSuggestion)("suggestion", replace(FIRST, slug="closures"), lang="en")


async def test_it_is_decided_once(furnished: House) -> None:
    furnished.has_suggestion(PROPOSED.reject(by_name="Owner", at=NOW))
    furnished.admits(Role.EDITOR)

    with furnished.refuses(SuggestionDecided):
        await furnished.make(AcceptSuggestion)("suggestion", FIRST, lang="en")
    assert furnished.markdown.renders == 0


async def test_what_is_not_there_is_not_found(furnished: House) -> None:
    furnished.admits(Role.EDITOR)

    with furnished.refuses(SuggestionNotFound):
        await furnished.make(AcceptSuggestion)("none", FIRST, lang="en")


@pytest.mark.parametrize(("role", "error"), [(Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_decide_is_refused(furnished: House, role: Role, error: type[TerraceError]) -> None:
    furnished.admits(role)

    with furnished.refuses(error):
        await furnished.make(AcceptSuggestion)("suggestion", FIRST, lang="en")


async def test_who_may_not_draft_a_question_accepts_none(furnished: House) -> None:
    furnished.admits(Role.MODERATOR)
    furnished.forbids(Action.DRAFT_QUESTION)

    with furnished.refuses(Forbidden):
        await furnished.make(AcceptSuggestion)("suggestion", FIRST, lang="en")
