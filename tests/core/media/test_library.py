import pytest

from core.access import Action
from core.errors import Forbidden, Unauthenticated, Unavailable
from core.identity import Role
from core.media.library import MediaLibrary
from core.pictures import LibraryPicture, PictureLibrary
from tests.core.house import House
from tests.core.makers import picture


def library(house: House) -> PictureLibrary:
    return MediaLibrary(access=house.access, media=house.media, files=house.files)


async def test_every_picture_is_listed_and_read(house: House) -> None:
    house.admits(Role.OWNER)
    media = house.has_media(picture("cat.webp", edition="r0a1b2c3d"))
    house.files.kept[media.stored_key] = b"new cat"

    (found,) = await library(house).list_all()

    assert found == LibraryPicture(
        key="cat.webp", stored_key=media.stored_key, filename="cat.webp", alt="A cat", digest=media.digest
    )
    assert await library(house).read(found) == b"new cat"


async def test_what_is_gone_is_none(house: House) -> None:
    house.admits(Role.OWNER)
    house.has_media(picture("cat.webp"))
    (found,) = await library(house).list_all()
    house.files.kept.clear()

    assert await library(house).read(found) is None


async def test_a_silent_store_is_told(house: House) -> None:
    house.admits(Role.OWNER)
    house.has_media(picture("cat.webp"))
    (found,) = await library(house).list_all()
    house.files.is_silent = True

    with pytest.raises(Unavailable):
        await library(house).read(found)


async def test_a_refused_visitor_learns_nothing(house: House) -> None:
    with house.refuses(Unauthenticated):
        await library(house).list_all()


async def test_a_refused_member_learns_nothing(house: House) -> None:
    house.admits(Role.OWNER)
    house.forbids(Action.LIST_MEDIA)

    with house.refuses(Forbidden):
        await library(house).list_all()
