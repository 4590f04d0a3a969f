from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.blog.entities import blank_post
from core.blog.history import WorkingCopy
from core.competency_matrix.history import QuestionCopy
from core.errors import Invalid, StaleVersion
from core.identity import Role, UserId
from core.media.entities import MediaFile, MediaKey, MediaVariant, new_media_key
from core.media.errors import MediaNotFound
from core.media.places import MediaPlace, PlaceKind
from core.media.storage import MediaTotals
from core.users.entities import User
from core.users.profiles import Profile
from tests.contracts.conftest import Storages
from tests.contracts.matrix import a_question
from tests.contracts.matrix import add as add_questions

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def a_file(filename: str = "cat.png", *, hours: int = 0, size: int = 10) -> MediaFile:
    return MediaFile(
        key=new_media_key("webp"),
        filename=filename,
        content_type="image/webp",
        width=640,
        height=480,
        size=size,
        digest="d" * 64,
        alt="A cat",
        uploaded_by=None,
        created_at=NOW - timedelta(hours=hours),
    )


async def add(storages: Storages, *files: MediaFile) -> None:
    for file in files:
        await storages.media.add(file)
    await storages.transaction.commit()


async def test_a_file_comes_back_as_it_went(storages: Storages) -> None:
    file = a_file(size=5 * 1024**3)
    await add(storages, file)

    assert await storages.media.get(file.key) == file
    assert await storages.media.find(file.key) == file


async def test_an_unknown_file_is_none_or_not_found(storages: Storages) -> None:
    assert await storages.media.find(MediaKey("nothing.webp")) is None
    with pytest.raises(MediaNotFound):
        await storages.media.get(MediaKey("nothing.webp"))


async def test_many_are_found_at_once(storages: Storages) -> None:
    one, two, three = a_file(), a_file(), a_file()
    await add(storages, one, two, three)

    found = await storages.media.find_many([one.key, three.key, MediaKey("nothing.webp")])

    assert {file.key for file in found} == {one.key, three.key}
    assert list(await storages.media.find_many([])) == []


async def test_the_newest_of_a_filename_counts(storages: Storages) -> None:
    newer, older = a_file(hours=1), a_file(hours=2)
    await add(storages, newer, older, a_file("dog.png"))

    assert await storages.media.find_by_filename("cat.png") == newer
    assert await storages.media.find_by_filename("cow.png") is None


async def test_a_cursor_leads_through_all_files_once(storages: Storages) -> None:
    files = [a_file(hours=number // 2) for number in range(5)]
    await add(storages, *files)
    first = await storages.media.list_newest(limit=3, cursor=None)
    rest = await storages.media.list_newest(limit=3, cursor=first.next_cursor)

    expected = sorted(files, key=lambda file: (file.created_at, file.key), reverse=True)
    assert [*first.items, *rest.items] == expected
    assert rest.next_cursor is None


async def test_all_are_listed(storages: Storages) -> None:
    files = [a_file(hours=number) for number in range(3)]
    await add(storages, *files)

    assert await storages.media.list_all() == files


async def test_a_foreign_cursor_is_refused(storages: Storages) -> None:
    with pytest.raises(Invalid):
        await storages.media.list_newest(limit=3, cursor="nonsense")


async def test_saving_counts_versions_and_refuses_stale_ones(storages: Storages) -> None:
    file = a_file()
    await add(storages, file)

    saved = await storages.media.save(replace(file, alt="A dog"))
    assert saved == replace(file, alt="A dog", version=2)
    assert await storages.media.get(file.key) == saved
    with pytest.raises(StaleVersion) as stale:
        await storages.media.save(replace(file, alt="A cow"))
    assert stale.value.current == 2


async def test_a_deleted_file_is_gone(storages: Storages) -> None:
    file = a_file()
    await add(storages, file)

    await storages.media.delete(file.key)
    await storages.media.delete(file.key)

    assert await storages.media.find(file.key) is None


async def test_totals_count_files_and_bytes(storages: Storages) -> None:
    assert await storages.media.totals() == MediaTotals(files=0, size=0)
    await add(storages, a_file(size=3 * 1024**3), a_file(size=7))

    assert await storages.media.totals() == MediaTotals(files=2, size=3 * 1024**3 + 7)


def with_sizes(file: MediaFile) -> MediaFile:
    """*file* as it is after it was replaced, with all that an entry can say."""
    stem = file.key.partition(".")[0]
    variants = tuple(
        MediaVariant(
            key=MediaKey(f"{stem}-{width}wr01234567.{kind}"), content_type=f"image/{kind}", width=width, size=9
        )
        for width, kind in ((480, "webp"), (480, "avif"), (640, "jpg"))
    )
    return replace(
        file, variants=variants, colour="#c0ffee", source_digest="5" * 64, edition="r01234567", was_animated=True
    )


async def test_sizes_and_all_else_come_back_too(storages: Storages) -> None:
    file = with_sizes(a_file())
    await add(storages, file)

    assert await storages.media.get(file.key) == file
    saved = await storages.media.save(replace(file, variants=file.variants[:1], was_animated=False))
    assert await storages.media.get(file.key) == saved


async def test_all_sizes_count(storages: Storages) -> None:
    file = with_sizes(a_file(size=100))
    await add(storages, file)

    assert await storages.media.hold() == MediaTotals(files=1, size=127)
    await storages.media.save(replace(file, variants=()))
    assert await storages.media.totals() == MediaTotals(files=1, size=100)


async def test_the_newest_made_of_the_same_bytes_is_found(storages: Storages) -> None:
    older, newer = (replace(a_file(hours=hours), source_digest="5" * 64) for hours in (2, 1))
    other = replace(a_file(), digest="e" * 64)
    await add(storages, older, newer, other)

    assert await storages.media.find_by_source("5" * 64) == newer
    assert await storages.media.find_by_source("e" * 64) == other
    assert await storages.media.find_by_source("6" * 64) is None


@pytest.mark.parametrize(
    ("query", "found"),
    [("CAT", 1), ("png", 2), ("bEach", 1), ("%", 1), ("_", 1), ("\\", 0), ("a\x00t", 1), ("cow", 0), ("", 2)],
)
async def test_names_and_descriptions_are_searched_literally(storages: Storages, query: str, found: int) -> None:
    await add(storages, replace(a_file("cat_1.png"), alt="100 %"), replace(a_file("dog.png"), alt="On the beach"))

    assert len((await storages.media.list_newest(limit=9, cursor=None, query=query)).items) == found


async def test_covers_bodies_and_settings_use_files(storages: Storages) -> None:
    cover, body, portrait, about, idle = files = [a_file(hours=number) for number in range(5)]
    await add(storages, *files)
    blank = blank_post("hello", lang="en", author_id=None, author_name="", at=NOW)
    post = replace(
        blank,
        title="A post",
        cover=cover.key,
        body=f"![A cat](/media/{body.key})",
        mentions=(f"media:{body.key}",),
        trashed_at=NOW,
        published_at=NOW,
        is_public=True,
    )
    await storages.posts.add(post)
    settings = await storages.site.get()
    await storages.site.save(replace(settings, picture=portrait.key, about=f"/media/{about.key}"))

    found = [await storages.media.places(file) for file in files]

    in_post = MediaPlace(kind=PlaceKind.POST, id=post.id, title="A post", published_at=NOW, is_trashed=True)
    in_site = MediaPlace(kind=PlaceKind.SITE)
    assert [list(places) for places in found] == [[in_post], [in_post], [in_site], [in_site], []]
    unused = await storages.media.list_newest(limit=9, cursor=None, only_unused=True)
    assert list(unused.items) == [idle]


async def test_a_post_of_before_mentions_were_written_down_uses_files_too(storages: Storages) -> None:
    file = a_file()
    await add(storages, file)
    blank = blank_post("hello", lang="en", author_id=None, author_name="", at=NOW)
    await storages.posts.add(replace(blank, body=f"![A cat](/media/{file.key})", mentions=()))

    assert [place.id for place in await storages.media.places(file)] == [blank.id]


async def test_what_somebody_has_typed_and_not_saved_uses_files_too(storages: Storages) -> None:
    file = a_file()
    await add(storages, file)
    user = User(
        id=UserId("writer"),
        email="w@example.org",
        name="W",
        role=Role.AUTHOR,
        password_hash=None,
        created_at=NOW,
        disabled_at=None,
    )
    await storages.users.add(user)
    post = blank_post("hello", lang="en", author_id=user.id, author_name="", at=NOW)
    await storages.posts.add(post)
    text = replace(post.text, body=f"![A cat](/media/{file.key})")
    await storages.copies.keep(WorkingCopy(post_id=post.id, user_id=user.id, text=text, base_version=1, saved_at=NOW))

    assert [place.id for place in await storages.media.places(file)] == [post.id]
    assert (await storages.media.list_newest(limit=9, cursor=None, only_unused=True)).items == []


async def test_a_size_that_a_text_names_is_a_use_of_the_file(storages: Storages) -> None:
    file = with_sizes(a_file())
    name = file.variants[0].key
    await add(storages, file)
    blank = blank_post("hello", lang="en", author_id=None, author_name="", at=NOW)
    await storages.posts.add(replace(blank, body=f"![A cat](/media/{name})", mentions=(f"media:{name}",)))

    assert [place.id for place in await storages.media.places(file)] == [blank.id]


async def test_an_answer_that_shows_a_file_uses_it(storages: Storages) -> None:
    file = with_sizes(a_file())
    await add(storages, file)
    mentions = (f"media:{file.key}",)
    question = a_question("hidden", mentions=mentions, is_public=False)
    await add_questions(storages, question, a_question("other", mentions=("media:other",)))

    place = MediaPlace(kind=PlaceKind.QUESTION, id=question.id, title="What about hidden?")
    assert await storages.media.places(file) == [place]
    assert (await storages.media.list_newest(limit=9, cursor=None, only_unused=True)).items == []


async def test_what_somebody_has_typed_about_a_question_uses_files_too(storages: Storages) -> None:
    file = a_file()
    await add(storages, file)
    await add_questions(storages, a_question("hidden", is_public=False), a_question("other"))
    question = a_question("hidden")
    user = User(
        id=UserId("writer"), email="w@example.org", name="W", role=Role.AUTHOR, password_hash=None, created_at=NOW
    )
    await storages.users.add(user)
    typed = {"answer": f"![A cat](/media/{file.key})"}
    await storages.question_copies.keep(
        QuestionCopy(question_id=question.id, user_id=user.id, typed=typed, base_version=1, saved_at=NOW)
    )

    assert [place.id for place in await storages.media.places(file)] == [question.id]
    assert (await storages.media.list_newest(limit=9, cursor=None, only_unused=True)).items == []


async def test_what_somebody_tells_of_herself_uses_files_too(storages: Storages) -> None:
    portrait, told, idle = files = [a_file(hours=number) for number in range(3)]
    await add(storages, *files)
    profiles = {
        UserId("shown"): Profile(picture=portrait.key, bio="No picture."),
        UserId("writes"): Profile(bio=f"![A cat](/media/{told.key})"),
    }
    for name, profile in profiles.items():
        email = f"{name}@x.example"
        user = User(id=name, email=email, name=name, role=Role.AUTHOR, password_hash=None, created_at=NOW)
        await storages.users.add(user)
        await storages.users.save_profile(name, profile)

    found = [list(await storages.media.places(file)) for file in files]

    places = [MediaPlace(kind=PlaceKind.PROFILE, id=name, title=name, owner_id=name) for name in profiles]
    assert found == [[places[0]], [places[1]], []]
    assert list((await storages.media.list_newest(limit=9, cursor=None, only_unused=True)).items) == [idle]
