from dataclasses import replace

from core.blog.texts import BODY_LENGTH
from core.blog.use_cases.preview_text import PreviewText
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import TEXT, draft

READY = replace(TEXT, description="A greeting.")


def preview(house: House) -> PreviewText:
    return PreviewText(access=house.access, posts=house.posts, typesetter=house.typesetter)


async def test_contributor_sees_what_her_text_will_look_like_and_nothing_is_stored(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.changes_nothing():
        seen = await preview(house)(replace(READY, body="x" * BODY_LENGTH, lang="ru"))

    assert seen.rendered.html.startswith("<p>x")
    assert seen.readiness == ()
    assert house.markdown.langs == ["ru"]


async def test_an_address_that_another_post_has_is_said_before_it_is_saved(house: House) -> None:
    house.has_post(draft("taken"))
    house.admits(Role.CONTRIBUTOR)

    seen = await preview(house)(replace(READY, slug="taken"))

    assert [item.code for item in seen.readiness] == ["slug_clash"]


async def test_a_post_does_not_clash_with_itself(house: House) -> None:
    post = house.has_post(draft("own"))
    house.admits(Role.AUTHOR)

    assert (await preview(house)(replace(READY, slug="own"), post_id=post.id)).readiness == ()


async def test_a_text_that_could_not_be_saved_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Invalid) as refused:
        await preview(house)(replace(READY, body="x" * (BODY_LENGTH + 1)))
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == ["body"]


async def test_a_refused_viewer_previews_nothing(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await preview(house)(READY)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await preview(house)(READY)
