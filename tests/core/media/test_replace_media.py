from datetime import timedelta

from core.access import Action
from core.errors import Forbidden, StaleVersion, Unauthenticated, Unavailable
from core.identity import Role
from core.media.entities import UPLOAD_BYTES, MediaKey
from core.media.errors import FileTooLarge, MediaNotFound, SiteFull, UnusablePicture
from core.media.use_cases.replace_media import ReplaceMedia
from core.tasks import TaskKind
from tests.core.house import House
from tests.core.makers import picture


def replace(house: House) -> ReplaceMedia:
    return ReplaceMedia(
        access=house.access,
        media=house.media,
        files=house.files,
        pictures=house.pictures,
        limits=house.limits,
        tasks=house.tasks,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_author_puts_another_picture_in_the_place_of_hers(house: House) -> None:
    before = house.has_media(picture(sizes=(480,)))
    house.admits(Role.AUTHOR)

    after = await replace(house)(before.key, b"picture of a dog", filename="dog.png", expected=1)

    assert house.kept(house.media) == {before.key: after}
    assert (after.key, after.filename, after.alt, after.version) == (before.key, "dog.png", "A cat", 2)
    assert not set(after.objects) & set(before.objects)
    assert set(house.files.kept) == {*before.objects, *after.objects}
    assert house.files.kept[after.stored_key] == b"encoded picture of a dog"
    assert house.transaction.rests == 1


async def test_what_was_there_goes_a_little_later_and_what_shows_it_is_rendered_again(house: House) -> None:
    before = house.has_media(picture(sizes=(480,)))
    house.admits(Role.EDITOR)

    await replace(house)(before.key, b"picture", filename="dog.png")

    tasks = {task.kind: task for task in house.kept(house.tasks).values()}
    assert set(tasks[TaskKind.DELETE_FILES].payload) == set(before.objects)
    assert tasks[TaskKind.DELETE_FILES].due_at == house.clock.now() + timedelta(minutes=5)
    assert tasks[TaskKind.RENDER_AGAIN].subject == f"media:{before.key}"


async def test_it_can_be_replaced_again(house: House) -> None:
    first = house.has_media(picture())
    house.admits(Role.EDITOR)
    second = await replace(house)(first.key, b"picture 2", filename="2.png")

    third = await replace(house)(first.key, b"picture 3", filename="3.png")

    assert third.key == first.key
    assert not set(third.objects) & set(second.objects)


async def test_the_room_of_the_old_one_counts_for_the_new_one(house: House) -> None:
    before = house.has_media(picture(size=house.limits.site_bytes))
    house.admits(Role.EDITOR)

    after = await replace(house)(before.key, b"picture", filename="dog.png")

    assert house.kept(house.media) == {before.key: after}


async def test_one_that_does_not_fit_is_refused_and_the_old_one_stays(house: House) -> None:
    before = house.has_media(picture())
    house.has_media(picture("other.webp", size=house.limits.site_bytes - 10))
    house.admits(Role.EDITOR)

    with house.refuses(SiteFull):
        await replace(house)(before.key, b"picture", filename="dog.png")


async def test_what_is_no_picture_is_refused(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.EDITOR)

    with house.refuses(UnusablePicture):
        await replace(house)(media.key, b"#!/bin/sh", filename="x.png")


async def test_what_is_too_large_is_refused(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.EDITOR)

    with house.refuses(FileTooLarge):
        await replace(house)(media.key, b"picture".ljust(UPLOAD_BYTES + 1), filename="x.png")


async def test_the_old_one_stays_when_the_store_falls_silent(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.EDITOR)
    house.files.takes = 2

    with house.refuses(Unavailable):
        await replace(house)(media.key, b"picture", filename="dog.png")


async def test_an_unknown_file_is_not_replaced(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(MediaNotFound):
        await replace(house)(MediaKey("nowhere.webp"), b"picture", filename="dog.png")


async def test_replacing_somebodys_newer_version_is_refused(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await replace(house)(media.key, b"picture", filename="dog.png", expected=2)


async def test_author_may_not_replace_the_picture_of_another(house: House) -> None:
    media = house.has_media(picture(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await replace(house)(media.key, b"picture", filename="dog.png")


async def test_contributor_may_not_change_what_readers_see_by_her_picture(house: House) -> None:
    media = house.has_media(picture(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await replace(house)(media.key, b"picture", filename="dog.png")


async def test_a_refused_owner_replaces_nothing_where_the_site_says_so(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.OWNER)
    house.forbids(Action.REPLACE_MEDIA)

    with house.refuses(Forbidden):
        await replace(house)(media.key, b"picture", filename="dog.png")


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    media = house.has_media(picture(by=None))

    with house.refuses(Unauthenticated):
        await replace(house)(media.key, b"picture", filename="dog.png")
