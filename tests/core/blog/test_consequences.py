"""What follows when a text changes: history, old addresses, texts that speak of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.blog.addresses import address_of
from core.blog.entities import Post, PostKind
from core.blog.history import WorkingCopy
from core.blog.use_cases.draft_post import DraftPost
from core.blog.use_cases.edit_post import EditPost
from core.blog.use_cases.plant_post import PlantPost
from core.blog.use_cases.publish_post import PublishPost
from core.blog.use_cases.trash_post import TrashPost
from core.blog.use_cases.withdraw_post import WithdrawPost
from core.identity import Role, UserId
from core.tasks import TaskKind
from tests.core.house import House, somebody
from tests.core.makers import NOW, TEXT, draft, published

TOMORROW = NOW + timedelta(days=1)


def edit(house: House) -> EditPost:
    return EditPost(
        access=house.access,
        posts=house.posts,
        copies=house.copies,
        typesetter=house.typesetter,
        consequences=house.consequences,
        clock=house.clock,
        transaction=house.transaction,
    )


def publish(house: House) -> PublishPost:
    return PublishPost(
        access=house.access,
        posts=house.posts,
        consequences=house.consequences,
        clock=house.clock,
        transaction=house.transaction,
    )


def writing(house: House) -> dict[str, Any]:
    """What whoever puts a new text into the site needs."""
    return {
        "access": house.access,
        "posts": house.posts,
        "typesetter": house.typesetter,
        "consequences": house.consequences,
        "slugs": house.slugs,
        "clock": house.clock,
        "transaction": house.transaction,
    }


def waiting(house: House) -> list[tuple[TaskKind, str]]:
    house.transaction.roll_back()
    return sorted((task.kind, task.subject) for task in house.tasks.kept.values())


async def revisions(house: House, post: Post) -> list[tuple[int, str, bool]]:
    house.transaction.roll_back()
    found = await house.revisions.list_newest(post.id, limit=10)
    return [(revision.number, revision.text.title, revision.is_auto) for revision in found]


async def test_texts_that_waited_for_a_new_one_learn_of_it(house: House) -> None:
    house.admits(Role.AUTHOR)
    make = DraftPost(**writing(house))

    await make(replace(TEXT, slug="awaited"))

    assert waiting(house) == [(TaskKind.RENDER_AGAIN, "post:awaited")]


async def test_every_save_is_kept_with_who_made_it(house: House) -> None:
    house.admits(Role.AUTHOR)
    make = DraftPost(**writing(house))
    post = await make(TEXT)
    await edit(house)(post.id, replace(TEXT, title="Second"), expected=1)

    assert await revisions(house, post) == [(2, "Second", False), (1, "Hello", False)]
    newest = await house.revisions.get(post.id, 2)
    assert (newest.saved_by, newest.saved_by_name) == (somebody(Role.AUTHOR).user_id, "Author")


async def test_what_the_editor_saves_by_itself_is_one_revision(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)

    await edit(house)(post.id, replace(TEXT, title="One"), expected=1, is_auto=True)
    await edit(house)(post.id, replace(TEXT, title="Two"), expected=2, is_auto=True)

    assert await revisions(house, post) == [(3, "Two", True)]


async def test_a_public_text_is_kept_aside_while_it_is_being_worked_on(house: House) -> None:
    post = house.has_post(published())
    house.admits(Role.AUTHOR)

    kept = await edit(house)(post.id, replace(TEXT, title="Half a"), expected=1, is_auto=True)

    assert kept == house.kept(house.posts)[post.id] == post
    copy = await house.copies.find(post.id, UserId("author"))
    assert copy is not None
    assert (copy.text.title, copy.base_version, copy.saved_at) == ("Half a", 1, NOW)
    assert await revisions(house, post) == []

    await edit(house)(post.id, replace(TEXT, title="Whole"), expected=1)
    house.transaction.roll_back()
    assert await house.copies.find(post.id, UserId("author")) is None


async def test_without_a_version_a_text_kept_aside_began_from_what_stands(house: House) -> None:
    post = house.has_post(published())
    house.admits(Role.EDITOR)

    await edit(house)(post.id, TEXT, expected=None, is_auto=True)

    copy = await house.copies.find(post.id, UserId("editor"))
    assert copy is not None
    assert copy.base_version == post.version


async def test_a_save_by_the_operator_leaves_working_copies_alone(house: House) -> None:
    post = house.has_post(published())
    copy = WorkingCopy(post_id=post.id, user_id=UserId("author"), text=TEXT, base_version=1, saved_at=NOW)
    await house.copies.keep(copy)
    house.transaction.settle()
    house.admits(Role.OPERATOR)
    plant = PlantPost(**writing(house))

    await plant(replace(TEXT, slug=post.slug, title="Bye"), published_at=NOW, overwrite=True)

    assert await house.copies.find(post.id, UserId("author")) == copy
    assert await revisions(house, post) == [(2, "Bye", False)]


async def test_an_old_address_leads_to_the_new_one(house: House) -> None:
    post = house.has_post(published("old"))
    house.admits(Role.AUTHOR)

    await edit(house)(post.id, replace(TEXT, slug="newer"), expected=1)
    house.transaction.roll_back()

    assert waiting(house) == [(TaskKind.RENDER_AGAIN, "post:newer"), (TaskKind.RENDER_AGAIN, "post:old")]
    assert house.redirects.kept["/blog/old"] == (post.id, None)


async def test_going_back_to_an_old_address_ends_its_redirect(house: House) -> None:
    post = house.has_post(published("first"))
    house.admits(Role.AUTHOR)
    await edit(house)(post.id, replace(TEXT, slug="second"), expected=1)

    await edit(house)(post.id, replace(TEXT, slug="first"), expected=2)
    house.transaction.roll_back()

    assert list(house.redirects.kept) == ["/blog/second"]


async def test_texts_that_link_to_it_are_rendered_again_when_it_comes_and_goes(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)

    public = await publish(house)(post.id)
    assert public.announced_at == NOW
    assert waiting(house) == [(TaskKind.RENDER_AGAIN, "post:hello")]


async def test_a_scheduled_post_is_announced_when_it_is_due_and_not_when_it_is_withdrawn(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)

    scheduled = await publish(house)(post.id, at=TOMORROW)
    assert scheduled.announced_at is None
    assert waiting(house) == [(TaskKind.ANNOUNCE_POSTS, post.id)]
    assert [task.due_at for task in house.tasks.kept.values()] == [TOMORROW]

    withdraw = WithdrawPost(
        access=house.access,
        posts=house.posts,
        consequences=house.consequences,
        clock=house.clock,
        transaction=house.transaction,
    )
    await withdraw(post.id)
    assert waiting(house) == []


async def test_a_page_has_its_own_folder_of_addresses(house: House) -> None:
    page = house.has_post(replace(published("about"), kind=PostKind.PAGE))
    house.admits(Role.EDITOR)

    await edit(house)(page.id, replace(TEXT, slug="me"), expected=1)
    house.transaction.roll_back()

    assert list(house.redirects.kept) == [address_of(PostKind.PAGE, "about")] == ["/pages/about"]


async def test_a_post_that_nobody_could_read_is_thrown_away_in_silence(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)
    trash = TrashPost(
        access=house.access,
        posts=house.posts,
        consequences=house.consequences,
        clock=house.clock,
        transaction=house.transaction,
    )

    await trash(post.id)

    assert TaskKind.RENDER_AGAIN not in {kind for kind, _ in waiting(house)}
