from dataclasses import replace

from core.competency_matrix.use_cases.preview_question import PreviewQuestion
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.matrix_makers import ASKED, JUNIOR


async def test_contributor_sees_what_it_will_look_like_and_what_it_lacks(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.changes_nothing():
        found = await house.make(PreviewQuestion)(replace(ASKED, answer="So.", grade=JUNIOR), lang="en")

    assert found.shown.answer_html == "<p>So.</p>"
    assert [lack.code for lack in found.lacks] == ["no_expectation"]


async def test_unusable_text_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Invalid):
        await house.make(PreviewQuestion)(replace(ASKED, hint="x" * 301), lang="en")


async def test_a_refused_viewer_renders_nothing(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await house.make(PreviewQuestion)(ASKED, lang="en")
    assert house.markdown.renders == 0


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await house.make(PreviewQuestion)(ASKED, lang="en")
