from core.blog.entities import PostId, PostKind
from core.blog.errors import PostNotFound
from core.blog.use_cases.list_revisions import ListRevisions
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.blog.pasts import has_revision
from tests.core.house import House
from tests.core.makers import draft


def list_revisions(house: House) -> ListRevisions:
    return ListRevisions(access=house.access, posts=house.posts, revisions=house.revisions)


async def test_editor_sees_what_a_text_was_newest_first_and_part_by_part(house: House) -> None:
    post = house.has_post(draft(version=3))
    for number in (1, 2, 3):
        has_revision(house, post, number)
    house.admits(Role.EDITOR)

    first = await list_revisions(house)(post.id, limit=2)
    rest = await list_revisions(house)(post.id, limit=2, cursor=first.revisions.next_cursor)

    assert first.post == post
    assert [revision.number for revision in first.revisions.items] == [3, 2]
    assert [revision.number for revision in rest.revisions.items] == [1]
    assert rest.revisions.next_cursor is None


async def test_a_cursor_of_somebody_elses_making_is_invalid(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)

    for cursor in ("one", "-1", "²", "9" * 10):
        with house.refuses(Invalid):
            await list_revisions(house)(post.id, cursor=cursor)


async def test_a_page_is_not_found_among_the_posts(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await list_revisions(house)(post.id, kind=PostKind.PAGE)


async def test_author_may_not_see_the_past_of_what_another_wrote(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await list_revisions(house)(post.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await list_revisions(house)(PostId("nowhere"))
