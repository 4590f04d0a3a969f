from core.blog.entities import PostId
from core.blog.errors import PostNotFound, RevisionNotFound
from core.blog.use_cases.compare_revisions import CompareRevisions
from core.diff import ChangeKind
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.blog.pasts import has_revision
from tests.core.house import House
from tests.core.makers import draft


def compare(house: House) -> CompareRevisions:
    return CompareRevisions(
        access=house.access, posts=house.posts, revisions=house.revisions, transaction=house.transaction
    )


async def test_two_states_are_compared_word_by_word_in_the_fields_that_differ(house: House) -> None:
    post = house.has_post(draft(version=3))
    old = has_revision(house, post, 1, title="A red fox", tags=("a",), is_pinned=False)
    new = has_revision(house, post, 2, title="A grey fox", tags=("a", "b"), series_part=2)
    house.admits(Role.EDITOR)

    found = await compare(house)(post.id, old=1, new=2)

    assert (found.post, found.old, found.new) == (post, old, new)
    title, tags, part = found.differences
    assert (title.field, title.old, title.new) == ("title", "A red fox", "A grey fox")
    assert [(change.kind, change.text) for change in title.changes][1:3] == [
        (ChangeKind.DELETE, "red"),
        (ChangeKind.INSERT, "grey"),
    ]
    assert (tags.field, tags.old, tags.new, tags.changes) == ("tags", "a", "a, b", ())
    assert (part.field, part.old, part.new) == ("series_part", "", "2")
    assert house.transaction.rests == 1


async def test_one_state_is_compared_with_the_text_as_it_stands(house: House) -> None:
    post = house.has_post(draft(version=2, body="After"))
    has_revision(house, post, 1, body="Before")
    house.admits(Role.AUTHOR)

    found = await compare(house)(post.id, old=1)

    assert found.new is None
    assert [(difference.field, difference.new) for difference in found.differences] == [("body", "After")]


async def test_a_state_that_never_was_is_not_found(house: House) -> None:
    post = house.has_post(draft())
    has_revision(house, post, 1)
    house.admits(Role.EDITOR)

    with house.refuses(RevisionNotFound):
        await compare(house)(post.id, old=1, new=9)


async def test_author_may_not_compare_what_another_wrote(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    has_revision(house, post, 1)
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await compare(house)(post.id, old=1)


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await compare(house)(PostId("nowhere"), old=1)


async def test_a_text_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await compare(house)(PostId("nowhere"), old=1)
