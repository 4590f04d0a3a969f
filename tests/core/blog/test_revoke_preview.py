from datetime import timedelta

from core.access import Action
from core.blog.addresses import PreviewLink, new_preview_link
from core.blog.entities import PostId
from core.blog.errors import PostNotFound, PreviewNotFound
from core.blog.use_cases.revoke_preview import RevokePreview
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft


def revoke(house: House) -> RevokePreview:
    return RevokePreview(
        access=house.access,
        posts=house.posts,
        links=house.previews,
        clock=house.clock,
        audit=house.audit,
        transaction=house.transaction,
    )


def has_link(house: House, post_id: PostId, *, days_ago: int = 0) -> PreviewLink:
    link = new_preview_link(post_id, by="Ann", at=NOW - timedelta(days=days_ago))
    house.previews.kept[link.id] = link
    house.transaction.settle()
    return link


async def test_author_ends_a_link_to_her_text(house: House) -> None:
    post = house.has_post(draft())
    link = has_link(house, post.id)
    house.admits(Role.AUTHOR)

    await revoke(house)(post.id, link.id)

    assert house.kept(house.previews)[link.id].revoked_at == NOW
    assert [(line.action, *line.before) for line in house.kept(house.audit)] == [(Action.PREVIEW_POST, "until")]
    with house.refuses(PreviewNotFound):
        await revoke(house)(post.id, link.id)


async def test_links_of_other_texts_are_not_found_here(house: House) -> None:
    post, other = house.has_post(draft()), house.has_post(draft("other"))
    link, old = has_link(house, other.id), has_link(house, post.id, days_ago=8)
    house.admits(Role.EDITOR)

    for link_id in (link.id, old.id, "nothing"):
        with house.refuses(PreviewNotFound):
            await revoke(house)(post.id, link_id)


async def test_author_may_not_end_links_to_what_another_wrote(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    link = has_link(house, post.id)
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await revoke(house)(post.id, link.id)


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await revoke(house)(PostId("nowhere"), "link")


async def test_a_text_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await revoke(house)(PostId("nowhere"), "link")
