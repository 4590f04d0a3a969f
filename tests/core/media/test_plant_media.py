from core.errors import Forbidden, Unauthenticated, Unavailable
from core.identity import Role
from core.media.errors import UnusablePicture
from core.media.use_cases.plant_media import PlantMedia
from tests.core.house import House
from tests.core.makers import picture


def plant(house: House) -> PlantMedia:
    return PlantMedia(
        access=house.access,
        media=house.media,
        files=house.files,
        pictures=house.pictures,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_operator_plants_a_picture_that_nobody_owns(house: House) -> None:
    house.admits(Role.OPERATOR)

    media = await plant(house)(b"picture", filename="cat.png", alt="A cat")

    assert house.kept(house.media) == {media.key: media}
    assert set(house.files.kept) == set(media.objects)
    assert house.files.kept[media.key] == b"encoded picture"
    assert (media.owner_id, media.alt) == (None, "A cat")
    assert house.transaction.rests == 1


async def test_a_picture_that_came_under_the_name_before_stays(house: House) -> None:
    media = house.has_media(picture("cat.png"))
    house.admits(Role.OPERATOR)

    with house.changes_nothing():
        assert await plant(house)(b"picture", filename="cat.png") == media


async def test_what_is_no_picture_is_refused(house: House) -> None:
    house.admits(Role.OPERATOR)

    with house.refuses(UnusablePicture):
        await plant(house)(b"#!/bin/sh", filename="cat.png")


async def test_nothing_is_listed_when_the_store_is_silent(house: House) -> None:
    house.admits(Role.OPERATOR)
    house.files.is_silent = True

    with house.refuses(Unavailable):
        await plant(house)(b"picture", filename="cat.png")


async def test_the_operator_may_fill_a_site_beyond_its_limit(house: House) -> None:
    house.has_media(picture(size=house.limits.site_bytes))
    house.admits(Role.OPERATOR)

    await plant(house)(b"picture", filename="other.png")

    assert len(house.kept(house.media)) == 2


async def test_a_refused_owner_plants_nothing(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Forbidden):
        await plant(house)(b"picture", filename="cat.png")


async def test_a_refused_visitor_plants_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await plant(house)(b"picture", filename="cat.png")
