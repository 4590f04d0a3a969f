"""RevisionStorage and WorkingCopyStorage."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.blog.errors import RevisionNotFound
from core.blog.history import Revision, WorkingCopy
from core.blog.texts import PostText
from core.identity import Role, UserId
from core.users.entities import User
from tests.contracts.blog_posts import NOW, a_post, add
from tests.contracts.conftest import Storages

ANNA, BORIS = UserId("anna"), UserId("boris")
POST, OTHER = a_post("hello"), a_post("other")
TEXT = PostText(
    title="Ёлка",
    body="Words\n\n`code`",
    slug="hello",
    description="Short",
    lang="ru",
    tags=("a", "b"),
    cover="c.webp",
    cover_alt="A cover",
    series="S",
    series_part=2,
    translation_of="x",
    is_pinned=True,
    meta_title="Meta",
    meta_description="Meta too",
    canonical_url="https://example.org/",
)


def revision(number: int, *, by: UserId | None = ANNA, is_auto: bool = False) -> Revision:
    return Revision(
        post_id=POST.id,
        number=number,
        text=replace(TEXT, title=f"Title {number}"),
        saved_at=NOW + timedelta(minutes=number),
        saved_by=by,
        saved_by_name="Somebody",
        is_auto=is_auto,
    )


@pytest.fixture(autouse=True)
async def people_and_posts(storages: Storages) -> None:
    for user in (ANNA, BORIS):
        email = f"{user}@example.org"
        await storages.users.add(
            User(id=user, email=email, name=user, role=Role.AUTHOR, password_hash=None, created_at=NOW)
        )
    await add(storages, POST, OTHER)


async def keep(storages: Storages, *revisions: Revision) -> None:
    for one in revisions:
        await storages.revisions.add(one)
    await storages.transaction.commit()


async def numbers(storages: Storages) -> list[int]:
    return [one.number for one in await storages.revisions.list_newest(POST.id, limit=99)]


async def test_a_revision_comes_back_as_it_went(storages: Storages) -> None:
    kept = replace(revision(3), text=TEXT)
    await keep(storages, kept)

    assert await storages.revisions.get(POST.id, 3) == kept
    assert await storages.revisions.list_newest(POST.id, limit=1) == [kept]
    for post_id, number in ((POST.id, 4), (OTHER.id, 3)):
        with pytest.raises(RevisionNotFound):
            await storages.revisions.get(post_id, number)


async def test_revisions_are_listed_newest_first(storages: Storages) -> None:
    await keep(storages, *map(revision, (1, 2, 3)), replace(revision(9), post_id=OTHER.id))

    assert await numbers(storages) == [3, 2, 1]
    assert await storages.revisions.list_newest(POST.id, limit=1, before=3) == [revision(2)]
    assert await storages.revisions.list_newest(POST.id, limit=9, before=1) == []


async def test_what_the_editor_saves_by_itself_is_one_revision(storages: Storages) -> None:
    await keep(storages, revision(1), revision(2, is_auto=True), revision(3, is_auto=True))
    assert await numbers(storages) == [3, 1]

    await keep(storages, revision(4, by=BORIS, is_auto=True), revision(5, is_auto=True), revision(6))
    assert await numbers(storages) == [6, 5, 4, 3, 1]

    await keep(storages, revision(7, is_auto=True))
    assert await numbers(storages) == [7, 6, 5, 4, 3, 1]


async def test_a_working_copy_takes_the_place_of_the_earlier_one(storages: Storages) -> None:
    copy = WorkingCopy(post_id=POST.id, user_id=ANNA, text=TEXT, base_version=1, saved_at=NOW)
    later = replace(copy, text=replace(TEXT, title="Later"), base_version=2, saved_at=NOW + timedelta(hours=1))
    for one in (copy, replace(copy, user_id=BORIS), replace(copy, post_id=OTHER.id), later):
        await storages.copies.keep(one)
    await storages.transaction.commit()

    assert await storages.copies.find(POST.id, ANNA) == later
    assert await storages.copies.find(POST.id, BORIS) == replace(copy, user_id=BORIS)


async def test_a_working_copy_is_discarded(storages: Storages) -> None:
    copy = WorkingCopy(post_id=POST.id, user_id=ANNA, text=TEXT, base_version=1, saved_at=NOW)
    other = replace(copy, post_id=OTHER.id)
    await storages.copies.keep(copy)
    await storages.copies.keep(other)

    await storages.copies.discard(POST.id, ANNA)
    await storages.copies.discard(POST.id, BORIS)

    assert await storages.copies.find(POST.id, ANNA) is None
    assert await storages.copies.find(OTHER.id, ANNA) == other
