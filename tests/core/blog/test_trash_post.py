from core.blog.entities import PostId
from core.blog.errors import PostNotFound
from core.blog.use_cases.trash_post import TrashPost
from core.errors import Forbidden, StaleVersion, Unauthenticated
from core.identity import Role
from core.tasks import TaskKind
from core.trash import KEPT_IN_TRASH
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def trash(house: House) -> TrashPost:
    return TrashPost(
        access=house.access,
        posts=house.posts,
        consequences=house.consequences,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_contributor_throws_her_own_draft_away(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    await trash(house)(post.id, expected=1)

    assert house.kept(house.posts)[post.id].trashed_at == NOW


async def test_what_is_thrown_away_goes_for_good_when_its_days_are_over(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    await trash(house)(post.id)

    (task,) = house.kept(house.tasks).values()
    assert (task.kind, task.subject, task.due_at) == (TaskKind.EMPTY_TRASH, post.id, NOW + KEPT_IN_TRASH)


async def test_its_days_count_from_the_last_time_it_was_thrown_away(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)
    await house.tasks.add(TaskKind.EMPTY_TRASH, subject=post.id, due_at=NOW)
    house.transaction.settle()

    await trash(house)(post.id)

    (task,) = house.kept(house.tasks).values()
    assert task.due_at == NOW + KEPT_IN_TRASH


async def test_author_throws_away_what_she_published(house: House) -> None:
    post = house.has_post(published())
    house.admits(Role.AUTHOR)

    await trash(house)(post.id)

    assert not house.kept(house.posts)[post.id].is_readable(NOW)


async def test_what_lies_in_the_trash_is_not_there(house: House) -> None:
    post = house.has_post(draft(trashed_at=NOW))
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await trash(house)(post.id)


async def test_a_post_that_does_not_exist_is_not_thrown_away(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await trash(house)(PostId("nowhere"))


async def test_throwing_away_somebodys_newer_version_is_refused(house: House) -> None:
    post = house.has_post(draft(version=3))
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await trash(house)(post.id, expected=2)


async def test_author_may_not_throw_away_what_another_wrote(house: House) -> None:
    post = house.has_post(draft(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await trash(house)(post.id)


async def test_contributor_may_not_throw_away_what_readers_see(house: House) -> None:
    post = house.has_post(published(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await trash(house)(post.id)


async def test_a_refused_viewer_throws_nothing_away(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await trash(house)(post.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    post = house.has_post(draft(by=None))

    with house.refuses(Unauthenticated):
        await trash(house)(post.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await trash(house)(PostId("nowhere"))
