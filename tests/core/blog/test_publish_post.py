from dataclasses import replace
from datetime import timedelta

from core.blog.entities import PostId, PostStatus
from core.blog.errors import NotReady, PostInTrash, PostNotFound
from core.blog.use_cases.publish_post import PublishPost
from core.errors import Forbidden, StaleVersion, Unauthenticated
from core.events import EventKind
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def publish(house: House) -> PublishPost:
    return PublishPost(
        access=house.access,
        posts=house.posts,
        consequences=house.consequences,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_editor_publishes_a_draft(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)

    public = await publish(house)(post.id, expected=1)

    assert house.kept(house.posts) == {post.id: public}
    assert public.is_readable(NOW)
    assert public.version == 2


async def test_author_publishes_her_own_draft_later(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)

    scheduled = await publish(house)(post.id, at=NOW + timedelta(days=1))

    assert house.kept(house.posts)[post.id].status(NOW) is PostStatus.SCHEDULED
    assert scheduled.is_readable(NOW + timedelta(days=1))


async def test_publishing_again_changes_nothing(house: House) -> None:
    post = house.has_post(published())
    house.admits(Role.AUTHOR)

    with house.changes_nothing():
        assert await publish(house)(post.id) == post


async def test_publishing_over_somebodys_newer_version_is_refused(house: House) -> None:
    post = house.has_post(draft(version=3))
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await publish(house)(post.id, expected=2)


async def test_a_post_that_does_not_exist_is_not_published(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await publish(house)(PostId("nowhere"))


async def test_an_empty_post_is_not_published(house: House) -> None:
    post = house.has_post(draft(title=""))
    house.admits(Role.EDITOR)

    with house.refuses(NotReady):
        await publish(house)(post.id)


async def test_a_post_in_the_trash_is_not_published(house: House) -> None:
    post = house.has_post(draft(trashed_at=NOW))
    house.admits(Role.EDITOR)

    with house.refuses(PostInTrash):
        await publish(house)(post.id)


async def test_author_may_not_publish_what_another_wrote(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await publish(house)(post.id)


async def test_author_may_not_publish_what_nobody_owns(house: House) -> None:
    post = house.has_post(draft(by=None))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await publish(house)(post.id)


async def test_contributor_may_not_publish_even_her_own_draft(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await publish(house)(post.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    post = house.has_post(draft(by=None))

    with house.refuses(Unauthenticated):
        await publish(house)(post.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await publish(house)(PostId("nowhere"))


async def test_what_was_withdrawn_and_is_scheduled_again_is_news_again(house: House) -> None:
    withdrawn = replace(published(), is_public=False, announced_at=NOW - timedelta(days=9))
    post = house.has_post(withdrawn)
    house.admits(Role.EDITOR)

    scheduled = await publish(house)(post.id, at=NOW + timedelta(days=1))

    assert (scheduled.announced_at, house.kept(house.events)) == (None, [])


async def test_what_was_withdrawn_and_is_published_at_once_is_told_of_once(house: House) -> None:
    earlier = NOW - timedelta(days=9)
    post = house.has_post(replace(published(), is_public=False, announced_at=earlier))
    house.admits(Role.EDITOR)

    public = await publish(house)(post.id)

    assert public.announced_at == earlier
    assert [kind for kind, _, _ in house.kept(house.events)] == [EventKind.POST_PUBLISHED]
