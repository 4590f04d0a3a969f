from hashlib import sha256

from core.errors import Forbidden, Invalid, Unauthenticated, Unavailable
from core.identity import Role
from core.media.entities import ALT_LENGTH, FILENAME_LENGTH, UPLOAD_BYTES
from core.media.errors import FileTooLarge, SiteFull, UnusablePicture
from core.media.use_cases.upload_media import UploadMedia
from tests.core.house import House, somebody
from tests.core.makers import picture


def upload(house: House) -> UploadMedia:
    return UploadMedia(
        access=house.access,
        media=house.media,
        files=house.files,
        pictures=house.pictures,
        limits=house.limits,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_contributor_uploads_a_picture_that_is_encoded_anew(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    media = await upload(house)(b"picture", filename="cat.png", alt=" A cat ")

    stored = b"encoded picture"
    assert house.kept(house.media) == {media.key: media}
    assert house.files.kept[media.key] == stored
    assert set(house.files.kept) == set(media.objects)
    assert [(variant.key[32:], variant.size) for variant in media.variants] == [("-480w.avif", 5), ("-640w.jpg", 5)]
    assert media.source_digest == sha256(b"picture").hexdigest()
    assert (media.colour, media.was_animated) == ("#c0ffee", False)
    assert media.key.endswith(".webp")
    assert (media.size, media.digest) == (len(stored), sha256(stored).hexdigest())
    assert (media.alt, media.filename) == ("A cat", "cat.png")
    assert media.owner_id == somebody(Role.CONTRIBUTOR).user_id


async def test_the_same_picture_twice_is_two_files(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    for _ in range(2):
        await upload(house)(b"picture", filename="cat.png")

    assert len(house.kept(house.media)) == 2


async def test_a_name_is_kept_short_and_without_what_no_database_takes(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    media = await upload(house)(b"picture", filename="x" * 300 + "\x00.png")

    assert len(media.filename) == FILENAME_LENGTH
    assert media.filename.endswith("x.png")


async def test_the_connection_rests_while_the_picture_is_worked_on(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    await upload(house)(b"picture", filename="cat.png")

    assert house.transaction.rests == 1


async def test_a_picture_of_twenty_megabytes_is_the_largest(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)
    largest = b"picture".ljust(UPLOAD_BYTES)

    await upload(house)(largest, filename="cat.png")

    with house.refuses(FileTooLarge):
        await upload(house)(largest + b" ", filename="cat.png")


async def test_what_is_no_picture_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(UnusablePicture):
        await upload(house)(b"#!/bin/sh", filename="cat.png")


async def test_a_description_as_long_as_a_story_is_refused(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Invalid):
        await upload(house)(b"picture", filename="cat.png", alt="x" * (ALT_LENGTH + 1))


async def test_nothing_is_listed_when_the_store_is_silent(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)
    house.files.is_silent = True

    with house.refuses(Unavailable):
        await upload(house)(b"picture", filename="cat.png")


async def test_what_a_store_that_falls_silent_had_taken_is_forgotten(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)
    house.files.takes = 2

    with house.refuses(Unavailable):
        await upload(house)(b"picture", filename="cat.png")

    assert house.files.kept == {}


async def test_of_an_animation_it_is_told_that_one_picture_is_left(house: House) -> None:
    house.admits(Role.CONTRIBUTOR)

    assert (await upload(house)(b"picture that moves", filename="cat.gif")).was_animated


async def test_a_full_site_takes_nothing_more(house: House) -> None:
    house.has_media(picture(size=house.limits.site_bytes))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(SiteFull):
        await upload(house)(b"picture", filename="dog.png")


async def test_a_picture_that_does_not_fit_with_all_its_sizes_is_refused(house: House) -> None:
    fitting = len(b"encoded picture") + 10
    house.has_media(picture(size=house.limits.site_bytes - fitting))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(SiteFull):
        await upload(house)(b"picture!", filename="dog.png")
    await upload(house)(b"picture", filename="dog.png")


async def test_a_refused_viewer_uploads_nothing(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await upload(house)(b"picture", filename="cat.png")


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await upload(house)(b"picture", filename="cat.png")
