from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Action
from core.blog.addresses import PreviewLink, new_preview_link
from core.blog.entities import Post, PostId
from core.blog.errors import PreviewNotFound
from core.blog.use_cases.open_preview import OpenPreview
from core.errors import Unauthenticated
from tests.core.fakes.credentials import FakePreviewTokens
from tests.core.house import House
from tests.core.makers import NOW, draft, picture, published


def opened(house: House) -> OpenPreview:
    return OpenPreview(
        access=house.access,
        links=house.previews,
        tokens=house.preview_tokens,
        posts=house.posts,
        surroundings=house.surroundings,
        clock=house.clock,
    )


async def link_to(house: House, post: Post) -> PreviewLink:
    link = new_preview_link(post.id, by="Anna", at=NOW)
    await house.previews.add(link)
    house.transaction.settle()
    return link


@pytest.mark.parametrize("post", [draft(), published(), published(at=NOW + timedelta(days=1))])
async def test_whoever_has_the_link_reads_the_post_public_or_not(house: House, post: Post) -> None:
    house.has_media(picture("cat.webp"))
    post = house.has_post(replace(post, cover="cat.webp"))
    link = await link_to(house, post)

    reading = await opened(house)(house.preview_tokens.make(link.id), preferred="en")

    assert reading.post == post
    assert reading.cover is not None


async def test_an_expired_or_revoked_link_opens_nothing(house: House) -> None:
    link = await link_to(house, house.has_post(draft()))
    token = house.preview_tokens.make(link.id)

    house.previews.kept[link.id] = replace(link, expires_at=NOW)
    house.transaction.settle()
    with house.refuses(PreviewNotFound):
        await opened(house)(token, preferred="en")

    house.previews.kept[link.id] = replace(link, revoked_at=NOW)
    house.transaction.settle()
    with house.refuses(PreviewNotFound):
        await opened(house)(token, preferred="en")


async def test_a_link_that_is_not_ours_opens_nothing(house: House) -> None:
    link = await link_to(house, house.has_post(draft()))

    for token in ("", link.id, FakePreviewTokens("boris").make(link.id), house.preview_tokens.make("unknown")):
        with house.refuses(PreviewNotFound):
            await opened(house)(token, preferred="en")


async def test_a_post_that_was_thrown_away_is_not_shown(house: House) -> None:
    trashed = await link_to(house, house.has_post(draft(trashed_at=NOW)))
    gone = await link_to(house, replace(draft("gone"), id=PostId("gone")))

    for link in (trashed, gone):
        with house.refuses(PreviewNotFound):
            await opened(house)(house.preview_tokens.make(link.id), preferred="en")


async def test_a_refused_visitor_opens_nothing_where_the_site_is_closed(house: House) -> None:
    link = await link_to(house, house.has_post(draft()))
    house.forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await opened(house)(house.preview_tokens.make(link.id), preferred="en")
