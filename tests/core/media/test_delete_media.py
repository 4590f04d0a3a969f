from dataclasses import replace

import pytest

from core.errors import Forbidden, StaleVersion, Unauthenticated
from core.identity import Role
from core.media.entities import MediaKey
from core.media.errors import MediaInUse, MediaNotFound
from core.media.places import PlaceKind
from core.media.use_cases.delete_media import DeleteMedia
from core.tasks import TaskKind
from core.users.profiles import Profile
from tests.core.house import SETTINGS, House
from tests.core.makers import NOW, draft, member, picture


def delete(house: House) -> DeleteMedia:
    return DeleteMedia(
        access=house.access, media=house.media, tasks=house.tasks, clock=house.clock, transaction=house.transaction
    )


async def test_author_deletes_her_own_picture_for_good_and_all_its_sizes(house: House) -> None:
    media = house.has_media(picture(sizes=(480, 960)))
    house.admits(Role.AUTHOR)

    await delete(house)(media.key, expected=1)

    assert house.kept(house.media) == {}
    (task,) = house.kept(house.tasks).values()
    assert (task.kind, task.due_at) == (TaskKind.DELETE_FILES, house.clock.now())
    assert set(task.payload) == {"cat.webp", "cat-480w.webp", "cat-960w.webp"}


@pytest.mark.parametrize("trashed_at", [None, NOW])
async def test_what_a_post_shows_is_kept_unless_she_insists(house: House, trashed_at: object) -> None:
    media = house.has_media(picture())
    house.has_post(draft(cover=media.key, trashed_at=NOW if trashed_at else None))
    house.admits(Role.EDITOR)

    with house.refuses(MediaInUse) as refused:
        await delete(house)(media.key)
    await delete(house)(media.key, even_if_used=True)

    assert isinstance(refused.value, MediaInUse)
    (place,) = refused.value.places
    assert (place.id, place.is_trashed) == ("hello", trashed_at is not None)
    assert house.kept(house.media) == {}
    asked = {(task.kind, task.subject) for task in house.kept(house.tasks).values()}
    assert asked == {(TaskKind.DELETE_FILES, media.key), (TaskKind.RENDER_AGAIN, f"media:{media.key}")}


async def test_an_author_learns_that_another_draft_shows_it_and_not_which(house: House) -> None:
    media = house.has_media(picture())
    house.has_post(draft(cover=media.key, by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(MediaInUse) as refused:
        await delete(house)(media.key)

    assert isinstance(refused.value, MediaInUse)
    assert [(place.id, place.title) for place in refused.value.places] == [("", "")]


@pytest.mark.parametrize(("role", "name"), [(Role.OWNER, "Author"), (Role.AUTHOR, "Author"), (Role.EDITOR, "")])
async def test_a_portrait_is_kept_and_whose_it_is_said_to_who_may_know(house: House, role: Role, name: str) -> None:
    media, user = house.has_media(picture()), house.has_user(member())
    house.media.users.beside.kept[user.id] = (Profile(picture=media.key), ())
    house.admits(role)

    with house.refuses(MediaInUse) as refused:
        await delete(house)(media.key)

    assert isinstance(refused.value, MediaInUse)
    assert [(place.kind, place.title) for place in refused.value.places] == [(PlaceKind.PROFILE, name)]


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
