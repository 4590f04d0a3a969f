from core.errors import Forbidden, Invalid, StaleVersion, Unauthenticated
from core.identity import Role
from core.media.entities import ALT_LENGTH, MediaKey
from core.media.errors import MediaNotFound
from core.media.use_cases.edit_media import EditMedia
from tests.core.house import House
from tests.core.makers import picture


def edit(house: House) -> EditMedia:
    return EditMedia(access=house.access, media=house.media, transaction=house.transaction)


async def test_contributor_describes_her_own_picture(house: House) -> None:
    media = house.has_media(picture(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    edited = await edit(house)(media.key, alt=" A black cat ", expected=1)

    assert house.kept(house.media) == {media.key: edited}
    assert (edited.alt, edited.version) == ("A black cat", 2)


async def test_the_same_description_again_changes_nothing(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.EDITOR)

    with house.changes_nothing():
        assert await edit(house)(media.key, alt="A cat") == media


async def test_a_file_that_does_not_exist_is_not_described(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(MediaNotFound):
        await edit(house)(MediaKey("nowhere.webp"), alt="")


async def test_describing_over_somebodys_newer_version_is_refused(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await edit(house)(media.key, alt="", expected=2)


async def test_a_description_as_long_as_a_story_is_refused(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.EDITOR)

    with house.refuses(Invalid):
        await edit(house)(media.key, alt="x" * (ALT_LENGTH + 1))


async def test_contributor_may_not_describe_the_picture_of_another(house: House) -> None:
    media = house.has_media(picture(by=Role.EDITOR))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await edit(house)(media.key, alt="")


async def test_a_refused_viewer_describes_nothing(house: House) -> None:
    media = house.has_media(picture(by=Role.VIEWER))
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await edit(house)(media.key, alt="")


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    media = house.has_media(picture(by=None))

    with house.refuses(Unauthenticated):
        await edit(house)(media.key, alt="")


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await edit(house)(MediaKey("nowhere.webp"), alt="")
