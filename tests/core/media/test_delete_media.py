from dataclasses import replace

import pytest

from core.errors import Forbidden, StaleVersion, Unauthenticated
from core.identity import Role
from core.media.entities import MediaKey
from core.media.errors import MediaNotFound
from core.media.use_cases.delete_media import DeleteMedia, MediaInUse
from tests.core.house import SETTINGS, House
from tests.core.makers import NOW, draft, picture


def delete(house: House) -> DeleteMedia:
    return DeleteMedia(access=house.access, media=house.media, files=house.files, transaction=house.transaction)


async def test_author_deletes_her_own_picture_for_good(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.AUTHOR)

    await delete(house)(media.key, expected=1)

    assert house.kept(house.media) == {}
    assert house.files.kept == {}


async def test_a_file_is_gone_from_the_list_even_when_the_store_is_silent(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.EDITOR)
    house.files.is_silent = True

    await delete(house)(media.key)

    assert house.kept(house.media) == {}


@pytest.mark.parametrize("trashed_at", [None, NOW])
async def test_what_a_post_shows_is_kept_unless_she_insists(house: House, trashed_at: object) -> None:
    media = house.has_media(picture())
    house.has_post(draft(cover=media.key, trashed_at=NOW if trashed_at else None))
    house.admits(Role.EDITOR)

    with house.refuses(MediaInUse):
        await delete(house)(media.key)
    await delete(house)(media.key, even_if_used=True)

    assert house.kept(house.media) == {}


async def test_what_the_site_shows_is_kept(house: House) -> None:
    media = house.has_media(picture())
    house.site.kept = replace(SETTINGS, picture=media.key)
    house.transaction.settle()
    house.admits(Role.OWNER)

    with house.refuses(MediaInUse):
        await delete(house)(media.key)


async def test_a_file_that_does_not_exist_is_not_deleted(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(MediaNotFound):
        await delete(house)(MediaKey("nowhere.webp"))


async def test_deleting_somebodys_newer_version_is_refused(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await delete(house)(media.key, expected=2)


async def test_author_may_not_delete_the_picture_of_another(house: House) -> None:
    media = house.has_media(picture(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await delete(house)(media.key)


async def test_contributor_may_not_delete_even_her_own_picture(house: House) -> None:
    media = house.has_media(picture(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await delete(house)(media.key)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    media = house.has_media(picture(by=None))

    with house.refuses(Unauthenticated):
        await delete(house)(media.key)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await delete(house)(MediaKey("nowhere.webp"))
