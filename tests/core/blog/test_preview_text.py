from core.blog.texts import BODY_LENGTH
from core.blog.use_cases.preview_text import PreviewText
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.house import House


def preview(house: House) -> PreviewText:
    return PreviewText(access=house.access, markdown=house.markdown)


async def test_contributor_sees_what_her_text_will_look_like_and_nothing_is_stored(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.changes_nothing():
        assert (await preview(house)("x" * BODY_LENGTH, lang="ru")).html.startswith("<p>x")
    assert house.markdown.langs == ["ru"]


async def test_a_text_that_could_not_be_saved_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Invalid) as refused:
        await preview(house)("x" * (BODY_LENGTH + 1), lang="ru")
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == ["body"]


async def test_a_refused_viewer_previews_nothing(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await preview(house)("text", lang="ru")


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await preview(house)("text", lang="ru")
