from dataclasses import replace
from datetime import timedelta

from core.blog.addresses import new_preview_link
from core.blog.entities import PostId
from core.blog.errors import PostNotFound
from core.blog.use_cases.list_previews import ListPreviews
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft


def list_previews(house: House) -> ListPreviews:
    return ListPreviews(
        access=house.access,
        posts=house.posts,
        links=house.previews,
        tokens=house.preview_tokens,
        clock=house.clock,
    )


async def test_author_sees_the_valid_links_to_her_text_newest_first(house: House) -> None:
    post, other = house.has_post(draft()), house.has_post(draft("other"))
    early, late, foreign = (
        new_preview_link(post.id, by="Ann", at=NOW - timedelta(days=1)),
        new_preview_link(post.id, by="Ann", at=NOW),
        new_preview_link(other.id, by="Ann", at=NOW),
    )
    expired = new_preview_link(post.id, by="Ann", at=NOW - timedelta(days=8))
    revoked = replace(new_preview_link(post.id, by="Ann", at=NOW), revoked_at=NOW)
    house.previews.kept = {link.id: link for link in (early, late, foreign, expired, revoked)}
    house.admits(Role.AUTHOR)

    found = await list_previews(house)(post.id)

    assert [preview.link for preview in found] == [late, early]
    assert [house.preview_tokens.read(preview.token) for preview in found] == [late.id, early.id]


async def test_author_may_not_see_links_to_what_another_wrote(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await list_previews(house)(post.id)


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await list_previews(house)(PostId("nowhere"))


async def test_a_text_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await list_previews(house)(PostId("nowhere"))
