from dataclasses import replace

from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.media.entities import MediaKey
from core.media.errors import MediaNotFound
from core.media.places import PlaceKind
from core.media.use_cases.locate_media import LocateMedia
from tests.core.house import SETTINGS, House
from tests.core.makers import draft, picture, published
from tests.core.matrix_makers import question


def locate(house: House) -> LocateMedia:
    return LocateMedia(access=house.access, media=house.media, clock=house.clock)


async def test_editor_sees_all_places_by_name(house: House) -> None:
    media = house.has_media(picture())
    house.has_post(draft("one", title="One", cover=media.key))
    house.has_post(draft("two", title="Two", body=f"![A cat](/media/{media.key})"))
    house.has_post(draft("three", title="Three"))
    house.site.kept = replace(SETTINGS, picture=media.key)
    house.admits(Role.EDITOR)

    located = await locate(house)(media.key)

    assert located.media == media
    assert [(place.kind, place.title) for place in located.places] == [
        (PlaceKind.POST, "One"),
        (PlaceKind.POST, "Two"),
        (PlaceKind.SITE, ""),
    ]


async def test_contributor_sees_what_is_public_by_name_and_of_the_rest_that_there_is_some(house: House) -> None:
    media = house.has_media(picture())
    for post in (draft("draft", by=Role.EDITOR), published("out"), published("gone", trashed_at=house.clock.now())):
        house.has_post(replace(post, title=post.slug, cover=media.key))
    house.admits(Role.CONTRIBUTOR)

    located = await locate(house)(media.key)

    assert [place.title for place in located.places] == ["", "", "out"]
    assert [place.id for place in located.places] == ["", "", "out"]


async def test_of_answers_that_show_it_the_unpublished_have_no_name_for_others(house: House) -> None:
    media = house.has_media(picture())
    for name, is_public in (("draft", False), ("out", True)):
        asked = question(name, asked=name, by=Role.EDITOR, is_public=is_public, published_at=house.clock.now())
        house.has_question(replace(asked, mentions=(f"media:{media.key}",)))
    house.admits(Role.CONTRIBUTOR)

    located = await locate(house)(media.key)

    assert [(place.kind, place.title) for place in located.places] == [
        (PlaceKind.QUESTION, ""),
        (PlaceKind.QUESTION, "out"),
    ]


async def test_an_unknown_file_is_refused(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(MediaNotFound):
        await locate(house)(MediaKey("nowhere.webp"))


async def test_a_refused_member_learns_nothing_where_the_site_says_so(house: House) -> None:
    media = house.has_media(picture())
    house.admits(Role.AUTHOR)
    house.forbids(Action.LIST_MEDIA)

    with house.refuses(Forbidden):
        await locate(house)(media.key)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    media = house.has_media(picture())

    with house.refuses(Unauthenticated):
        await locate(house)(media.key)
