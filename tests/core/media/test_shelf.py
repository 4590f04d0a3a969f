from hashlib import sha256

from core.errors import Forbidden, Unauthenticated, Unavailable
from core.identity import Role
from core.media.entities import ALT_LENGTH, UPLOAD_BYTES, MediaKey
from core.media.errors import FileTooLarge, SiteFull, UnusablePicture
from core.media.shelf import MediaShelf
from core.pictures import PictureShelf
from tests.core.house import House
from tests.core.makers import picture


def shelf(house: House) -> PictureShelf:
    return MediaShelf(
        access=house.access,
        media=house.media,
        files=house.files,
        pictures=house.pictures,
        limits=house.limits,
        clock=house.clock,
    )


async def test_the_same_bytes_twice_are_one_picture(house: House) -> None:
    actor = house.admits(Role.CONTRIBUTOR)

    first = await shelf(house).keep(b"picture", filename="cat.png", alt="A cat")
    again = await shelf(house).keep(b"picture", filename="copy.png", alt="A copy")

    assert (first.is_new, again.is_new, again.key) == (True, False, first.key)
    (media,) = house.media.kept.values()
    assert (media.filename, media.alt, media.owner_id) == ("cat.png", "A cat", actor.user_id)
    assert media.source_digest == sha256(b"picture").hexdigest()
    assert set(house.files.kept) == set(media.objects)


async def test_the_entry_becomes_final_with_the_callers_commit(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    shelved = await shelf(house).keep(b"picture", filename="cat.png")

    assert MediaKey(shelved.key) in house.media.kept
    assert house.transaction.commits == 0
    assert house.kept(house.media) == {}


async def test_a_description_that_is_too_long_is_cut(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    await shelf(house).keep(b"picture", filename="cat.png", alt="x" * (ALT_LENGTH + 1))

    (media,) = house.media.kept.values()
    assert len(media.alt) == ALT_LENGTH


async def test_what_is_no_picture_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(UnusablePicture):
        await shelf(house).keep(b"#!/bin/sh", filename="cat.png")


async def test_what_is_too_large_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(FileTooLarge):
        await shelf(house).keep(b"picture".ljust(UPLOAD_BYTES + 1), filename="cat.png")


async def test_a_full_site_takes_nothing_more(house: House) -> None:
    house.has_media(picture(size=house.limits.site_bytes))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(SiteFull):
        await shelf(house).keep(b"picture", filename="cat.png")


async def test_nothing_is_left_in_a_store_that_falls_silent(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)
    house.files.takes = 1

    with house.refuses(Unavailable):
        await shelf(house).keep(b"picture", filename="cat.png")


async def test_a_refused_viewer_keeps_nothing(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await shelf(house).keep(b"picture", filename="cat.png")


async def test_a_refused_visitor_keeps_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await shelf(house).keep(b"picture", filename="cat.png")


async def test_a_picture_is_known_by_what_came_and_by_what_is_kept(house: House) -> None:
    house.admits(Role.OWNER)
    kept = await shelf(house).keep(b"picture", filename="cat.png")

    assert await shelf(house).has(b"picture")
    assert await shelf(house).has(b"encoded picture")
    assert not await shelf(house).has(b"other picture")
    assert (await shelf(house).keep(b"encoded picture", filename="x.webp")).key == kept.key
