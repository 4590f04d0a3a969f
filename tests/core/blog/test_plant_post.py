from dataclasses import replace
from datetime import timedelta

import pytest

from core.blog.entities import PostStatus
from core.blog.errors import NotReady
from core.blog.use_cases.plant_post import PlantPost
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role, UserId
from tests.core.house import House
from tests.core.makers import NOW, TEXT, draft, published

YESTERDAY = NOW - timedelta(days=1)
PLANTED = replace(TEXT, slug="hello", title="Planted", tags=("Python",))


def plant(house: House) -> PlantPost:
    return PlantPost(
        access=house.access,
        posts=house.posts,
        typesetter=house.typesetter,
        consequences=house.consequences,
        slugs=house.slugs,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_operator_plants_a_post_that_was_published_yesterday(house: House) -> None:
    house.admits(Role.OPERATOR)

    planted = await plant(house)(PLANTED, published_at=YESTERDAY, author_id=UserId("anna"), author_name="Anna")

    assert planted.is_changed
    assert house.kept(house.posts) == {planted.post.id: planted.post}
    assert (planted.post.published_at, planted.post.created_at) == (YESTERDAY, YESTERDAY)
    assert (planted.post.author_id, planted.post.author_name, planted.post.tags) == ("anna", "Anna", ("python",))


async def test_a_post_without_a_date_is_planted_as_a_draft(house: House) -> None:
    house.admits(Role.OPERATOR)

    planted = await plant(house)(PLANTED, published_at=None)

    assert house.kept(house.posts)[planted.post.id].status(NOW) is PostStatus.DRAFT


async def test_planting_again_changes_nothing(house: House) -> None:
    house.admits(Role.OPERATOR)
    first = await plant(house)(PLANTED, published_at=YESTERDAY)
    house.clock.pass_(hours=1)

    with house.changes_nothing():
        again = await plant(house)(PLANTED, published_at=YESTERDAY, overwrite=True)
    assert not again.is_changed
    assert again.post == first.post


@pytest.mark.parametrize("trashed_at", [None, NOW])
async def test_what_the_owner_made_of_it_stands_unless_told_otherwise(house: House, trashed_at: object) -> None:
    own = house.has_post(draft(trashed_at=NOW if trashed_at else None))
    house.admits(Role.OPERATOR)

    with house.changes_nothing():
        planted = await plant(house)(PLANTED, published_at=YESTERDAY)
    assert (planted.post, planted.is_changed) == (own, False)


async def test_overwriting_takes_the_post_out_of_the_trash_and_answers_with_what_is_kept(house: House) -> None:
    own = house.has_post(published(trashed_at=NOW))
    house.admits(Role.OPERATOR)

    planted = await plant(house)(PLANTED, published_at=YESTERDAY, overwrite=True)

    assert planted.is_changed
    assert house.kept(house.posts) == {own.id: planted.post}
    assert (planted.post.title, planted.post.trashed_at, planted.post.version) == ("Planted", None, 2)
    assert planted.post.author_id == own.author_id


async def test_an_unusable_post_is_refused(house: House) -> None:
    house.admits(Role.OPERATOR)

    with house.refuses(Invalid):
        await plant(house)(replace(PLANTED, lang="tlh"), published_at=None)

    assert house.markdown.renders == 0


async def test_a_post_without_an_address_is_refused(house: House) -> None:
    house.admits(Role.OPERATOR)

    with house.refuses(Invalid):
        await plant(house)(replace(PLANTED, slug=""), published_at=None)


async def test_an_empty_post_is_not_published(house: House) -> None:
    house.admits(Role.OPERATOR)

    with house.refuses(NotReady):
        await plant(house)(replace(PLANTED, body=""), published_at=YESTERDAY)


async def test_a_refused_owner_plants_nothing(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Forbidden):
        await plant(house)(PLANTED, published_at=None)


async def test_a_refused_visitor_plants_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await plant(house)(PLANTED, published_at=None)


async def test_overwriting_takes_the_date_of_the_folder(house: House) -> None:
    house.admits(Role.OPERATOR)
    await plant(house)(PLANTED, published_at=NOW)

    planted = await plant(house)(PLANTED, published_at=YESTERDAY, overwrite=True)

    assert planted.is_changed
    assert planted.post.published_at == YESTERDAY


async def test_overwriting_with_a_draft_hides_what_was_public(house: House) -> None:
    house.admits(Role.OPERATOR)
    await plant(house)(PLANTED, published_at=YESTERDAY)

    planted = await plant(house)(PLANTED, published_at=None, overwrite=True)

    assert planted.post.status(NOW) is PostStatus.DRAFT
