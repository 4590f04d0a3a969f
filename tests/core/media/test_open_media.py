from core.access import Action
from core.errors import Unauthenticated, Unavailable
from core.media.entities import MediaKey
from core.media.errors import MediaNotFound
from core.media.use_cases.open_media import OpenMedia
from tests.core.house import House
from tests.core.makers import picture


def opened(house: House) -> OpenMedia:
    return OpenMedia(access=house.access, media=house.media, files=house.files, transaction=house.transaction)


async def test_visitor_with_a_key_gets_the_file_while_the_connection_rests(house: House) -> None:
    media = house.has_media(picture())

    found = await opened(house)(media.key)

    assert (found.rendition.key, found.rendition.is_lasting) == (media.key, False)
    assert found.content is not None
    assert found.content.size == 10
    assert b"".join([chunk async for chunk in found.content.chunks]) == b"0123456789"
    assert house.transaction.rests == 1


async def test_a_part_of_it_can_be_had(house: House) -> None:
    media = house.has_media(picture())

    found = await opened(house)(media.key, start=2, length=3)

    assert found.content is not None
    assert b"".join([chunk async for chunk in found.content.chunks]) == b"234"


async def test_the_description_alone_does_not_ask_the_store(house: House) -> None:
    media = house.has_media(picture())
    house.files.is_silent = True

    assert (await opened(house)(media.key, with_content=False)).content is None


async def test_an_unknown_key_is_refused(house: House) -> None:
    with house.refuses(MediaNotFound):
        await opened(house)(MediaKey("nowhere.webp"))


async def test_what_is_listed_but_not_stored_is_refused(house: House) -> None:
    media = house.has_media(picture())
    house.files.kept.clear()

    with house.refuses(MediaNotFound):
        await opened(house)(media.key)


async def test_a_silent_store_is_said_to_be_one(house: House) -> None:
    media = house.has_media(picture())
    house.files.is_silent = True

    with house.refuses(Unavailable):
        await opened(house)(media.key)


async def test_a_refused_visitor_gets_nothing_where_the_site_is_closed(house: House) -> None:
    media = house.has_media(picture())
    house.forbids(Action.READ_MEDIA)

    with house.refuses(Unauthenticated):
        await opened(house)(media.key)


async def test_a_size_that_a_picture_never_had_is_refused(house: House) -> None:
    house.has_media(picture("0" * 32 + ".webp"))

    with house.refuses(MediaNotFound):
        await opened(house)("0" * 32 + "-7w.avif")
