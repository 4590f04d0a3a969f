from datetime import timedelta

import pytest

from core.access import Action
from core.blog.addresses import new_preview_link
from core.blog.entities import PostId
from core.blog.errors import PostInTrash, PostNotFound
from core.blog.previews import PREVIEWS_MAX, TooManyPreviews
from core.blog.use_cases.make_preview import MakePreview
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft


def make(house: House) -> MakePreview:
    return MakePreview(
        access=house.access,
        posts=house.posts,
        links=house.previews,
        tokens=house.preview_tokens,
        clock=house.clock,
        audit=house.audit,
        transaction=house.transaction,
    )


async def test_contributor_makes_a_link_to_her_own_draft_for_a_week(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    preview = await make(house)(post.id)

    assert house.kept(house.previews) == {preview.link.id: preview.link}
    assert preview.link.expires_at == NOW + timedelta(days=7)
    assert preview.link.created_by_name == "Contributor"
    assert [(line.action, line.subject, *line.after) for line in house.kept(house.audit)] == [
        (Action.PREVIEW_POST, preview.link.post_id, "until")
    ]
    assert house.preview_tokens.read(preview.token) == preview.link.id


async def test_editor_makes_a_link_for_as_long_as_she_likes_within_reason(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)

    assert (await make(house)(post.id, days=90)).link.expires_at == NOW + timedelta(days=90)


@pytest.mark.parametrize("days", [-1, 0, 91])
async def test_other_numbers_of_days_are_invalid(house: House, days: int) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)

    with house.refuses(Invalid) as refused:
        await make(house)(post.id, days=days)
    assert refused.match("marked")


async def test_what_lies_in_the_trash_is_shown_to_nobody(house: House) -> None:
    post = house.has_post(draft(trashed_at=NOW))
    house.admits(Role.EDITOR)

    with house.refuses(PostInTrash):
        await make(house)(post.id)


async def test_links_that_are_valid_are_bounded(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)
    old = new_preview_link(post.id, by="", at=NOW - timedelta(days=8))
    links = [old, *(new_preview_link(post.id, by="", at=NOW) for _ in range(PREVIEWS_MAX))]
    house.previews.kept = {link.id: link for link in links}
    house.transaction.settle()

    with house.refuses(TooManyPreviews):
        await make(house)(post.id)


async def test_author_may_not_make_a_link_to_what_another_wrote(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await make(house)(post.id)


async def test_viewer_may_not_show_drafts_to_others(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await make(house)(post.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await make(house)(PostId("nowhere"))


async def test_a_text_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await make(house)(PostId("nowhere"))
