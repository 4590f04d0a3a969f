import pytest

from core.blog.entities import PostId
from core.blog.errors import PostNotFound, RevisionNotFound
from core.blog.use_cases.show_revision import ShowRevision
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.revisions import revision_number
from tests.core.blog.pasts import has_revision
from tests.core.house import House
from tests.core.makers import draft


def show(house: House) -> ShowRevision:
    return ShowRevision(access=house.access, posts=house.posts, revisions=house.revisions)


async def test_author_sees_what_her_text_was(house: House) -> None:
    post = house.has_post(draft(version=2))
    revision = has_revision(house, post, 1, body="Before")
    house.admits(Role.AUTHOR)

    found = await show(house)(post.id, 1)

    assert (found.post, found.revision) == (post, revision)


async def test_a_state_that_never_was_is_not_found(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)

    with house.refuses(RevisionNotFound):
        await show(house)(post.id, 7)


async def test_author_may_not_see_what_anothers_text_was(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    has_revision(house, post, 1)
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await show(house)(post.id, 1)


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await show(house)(PostId("nowhere"), 1)


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), ("", None), ("-1", None), ("1.0", None), ("٣", None), ("1" * 10, None)]
)
def test_the_number_of_a_state_is_a_small_number(typed: str, number: int | None) -> None:
    assert revision_number(typed) == number


async def test_a_text_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await show(house)(PostId("nowhere"), 1)
