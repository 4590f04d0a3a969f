from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.access import Action
from core.blog.archives import FoundItem, Importable, Note
from core.blog.entities import Post, PostId, PostKind, PostStatus
from core.blog.import_plans import NO_PLAN, ImportPlan
from core.blog.imports import Outcome, ReportLine
from core.blog.use_cases.import_item import ImportItem
from core.errors import Forbidden, Unauthenticated, Unavailable
from core.identity import Role
from core.media.storage import MediaLimits
from core.tasks import TaskKind
from tests.core.fakes.archives import FIRST_DAY, MemoryArchive, found_item
from tests.core.fakes.interruptions import Interruptions, Killed
from tests.core.house import House
from tests.core.makers import NOW, draft

YESTERDAY, TOMORROW = NOW - timedelta(days=1), NOW + timedelta(days=1)
NOTHING = MemoryArchive()
CAT = {"cat.jpg": b"picture of a cat"}


@pytest.fixture
def owners(house: House) -> House:
    house.admits(Role.OWNER)
    return house


def importing(house: House, **others: Any) -> ImportItem:
    parts = {
        "posts": house.posts,
        "pictures": house.shelf,
        "compositor": house.compositor,
        "redirects": house.redirects,
        "transaction": house.transaction,
    }
    return ImportItem(access=house.access, consequences=house.consequences, clock=house.clock, **{**parts, **others})


async def bring(
    house: House,
    item: Importable,
    archive: MemoryArchive = NOTHING,
    *,
    dry_run: bool = False,
    plan: ImportPlan = NO_PLAN,
) -> ReportLine:
    return await importing(house)(item, archive, lang="en", dry_run=dry_run, plan=plan)


def kept(house: House, origin: str = "old:hello") -> Post:
    house.transaction.roll_back()
    (post,) = (post for post in house.posts.kept.values() if post.origin == origin)
    return post


def tasks(house: House) -> list[tuple[TaskKind, str]]:
    return sorted((task.kind, task.subject) for task in house.tasks.kept.values())


@pytest.mark.parametrize(
    ("role", "error"),
    [(Role.EDITOR, Forbidden), (Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)],
)
async def test_who_may_not_import_is_refused(house: House, role: Role, error: type[Forbidden]) -> None:
    house.admits(role)

    with house.refuses(error):
        await bring(house, found_item(pictures=["cat.jpg"]), MemoryArchive(pictures=CAT))


async def test_an_item_comes_with_all_that_it_was(owners: House) -> None:
    text: dict[str, Any] = {
        "tags": ("Python",),
        "series": "S",
        "series_part": 2,
        "is_pinned": True,
        "meta_title": "M",
        "lang": "ru",
    }
    edited_at = FIRST_DAY + timedelta(days=2)
    item = found_item(
        text=text, created_at=FIRST_DAY - timedelta(days=1), updated_at=edited_at, author_name="Ann Other"
    )

    line = await bring(owners, item)

    post = kept(owners)
    assert line == ReportLine(source="hello.md", outcome=Outcome.ADDED, kind=PostKind.POST, title="Hello", slug="hello")
    assert post.text == replace(item.text, **{**text, "tags": ("python",)})
    assert (post.created_at, post.published_at, post.updated_at) == (item.created_at, FIRST_DAY, edited_at)
    assert (post.author_name, post.author_slug, post.author_id) == ("Ann Other", "ann-other", None)
    assert (post.series_slug, post.status(NOW), post.announced_at) == ("s", PostStatus.PUBLISHED, NOW)
    assert [revision.text for revision in owners.revisions.kept.values()] == [post.text]
    assert tasks(owners) == [(TaskKind.RENDER_AGAIN, "post:hello")]


async def test_a_draft_stays_one_and_says_when_it_was_written(owners: House) -> None:
    await bring(owners, found_item(is_public=False, published_at=None, created_at=FIRST_DAY))

    post = kept(owners)
    assert (post.status(NOW), post.created_at, post.updated_at) == (PostStatus.DRAFT, FIRST_DAY, FIRST_DAY)
    assert (post.lang, post.published_at) == ("en", None)


async def test_what_has_no_date_at_all_is_of_now(owners: House) -> None:
    await bring(owners, found_item(published_at=None))

    assert (kept(owners).published_at, kept(owners).created_at) == (NOW, NOW)


async def test_a_scheduled_one_is_announced_when_it_is_due(owners: House) -> None:
    await bring(owners, found_item(published_at=TOMORROW, created_at=YESTERDAY))

    assert kept(owners).status(NOW) is PostStatus.SCHEDULED
    assert (TaskKind.ANNOUNCE_POSTS, kept(owners).id) in tasks(owners)


@pytest.mark.parametrize(("published_at", "status"), [(YESTERDAY, PostStatus.WITHDRAWN), (TOMORROW, PostStatus.DRAFT)])
async def test_one_that_was_withdrawn_still_is(owners: House, published_at: object, status: PostStatus) -> None:
    await bring(owners, found_item(is_public=False, published_at=published_at))

    assert kept(owners).status(NOW) is status


async def test_what_cannot_be_public_comes_as_a_draft(owners: House) -> None:
    line = await bring(owners, found_item(body="", text={"title": ""}))

    assert (line.outcome, [note.params for note in line.notes]) == (Outcome.ADDED, [{"fields": "title, body"}])
    assert kept(owners).status(NOW) is PostStatus.DRAFT


async def test_a_page_comes_as_a_page(owners: House) -> None:
    owners.has_post(draft("hello"))

    assert (await bring(owners, found_item(kind=PostKind.PAGE))).slug == "hello"
    assert kept(owners).kind is PostKind.PAGE


async def test_looking_first_changes_nothing(owners: House) -> None:
    item = found_item(pictures=["cat.jpg"], notes=(Note.of("Told."),), missing=("dog.jpg",))

    with owners.changes_nothing():
        line = await bring(owners, item, MemoryArchive(pictures=CAT), dry_run=True)
    assert (line.outcome, line.slug, line.notes, line.missing) == (
        Outcome.ADDED,
        "hello",
        (Note.of("Told."),),
        ("dog.jpg",),
    )


@pytest.mark.parametrize("dry_run", [True, False])
async def test_what_came_before_stays_as_its_owner_made_it(owners: House, dry_run: bool) -> None:
    item = found_item(notes=(Note.of("Told."),), missing=("dog.jpg",))
    await bring(owners, item)
    mine = replace(kept(owners), slug="mine", title="Mine", trashed_at=NOW)
    owners.has_post(mine)

    with owners.changes_nothing():
        line = await bring(owners, item, dry_run=dry_run)
    assert (line.outcome, line.title, line.slug) == (Outcome.PRESENT, "Hello", "mine")
    assert (line.notes, line.missing) == ((), ())


async def test_what_came_this_very_moment_by_another_import_is_there_already(owners: House) -> None:
    class Late:
        async def list_origins(self, origins: object) -> dict[str, object]:
            return {}

        def __getattr__(self, name: str) -> object:
            return getattr(owners.posts, name)

    await bring(owners, found_item())
    first = kept(owners)

    line = await importing(owners, posts=Late())(
        found_item("other", key="old:hello"), NOTHING, lang="en", dry_run=False
    )

    assert line.outcome is Outcome.PRESENT
    assert kept(owners) == first


@pytest.mark.parametrize("dry_run", [True, False])
async def test_an_item_that_cannot_be_kept_is_refused_with_the_reason(owners: House, dry_run: bool) -> None:
    with owners.changes_nothing():
        line = await bring(owners, found_item(text={"canonical_url": "nowhere"}), dry_run=dry_run)
    assert (line.outcome, [str(note) for note in line.notes]) == (
        Outcome.REFUSED,
        ["Write the whole address, beginning with https://."],
    )


async def test_pictures_come_along_once(owners: House) -> None:
    archive = MemoryArchive(pictures={**CAT, "copy.jpg": CAT["cat.jpg"]})
    item = found_item(pictures=["cat.jpg", "copy.jpg"], text={"cover": "cat.jpg", "cover_alt": "A cat"})

    line = await bring(owners, item, archive)

    ((key, media),) = owners.kept(owners.media).items()
    assert kept(owners).body == f"Hello world\n\n![A](/media/{key})\n\n![A](/media/{key})"
    assert (kept(owners).cover, kept(owners).mentions) == (key, (f"media:{key}",))
    assert (media.filename, media.alt, line.missing) == ("cat.jpg", "A", ())


async def test_of_pictures_that_cannot_come_a_link_stays(owners: House) -> None:
    archive = MemoryArchive(pictures={"bad.jpg": b"nonsense"})
    item = found_item(pictures=["bad.jpg", "gone.jpg"], text={"cover": "bad.jpg"})

    line = await bring(owners, item, archive)

    assert line.missing == ("https://old.example/bad.jpg", "https://old.example/gone.jpg")
    assert [str(note) for note in line.notes] == [
        "The picture bad.jpg cannot be used; a link took its place.",
        "This is no picture.",
        "The picture gone.jpg is not in the archive, or larger than a picture may be; a link took its place.",
    ]
    assert kept(owners).body.endswith("[A](https://old.example/bad.jpg)\n\n[A](https://old.example/gone.jpg)")
    assert kept(owners).cover is None


async def test_an_item_without_room_for_its_pictures_may_come_later(owners: House) -> None:
    owners.limits = MediaLimits(site_bytes=1)
    item, archive = found_item(pictures=["cat.jpg"]), MemoryArchive(pictures=CAT)

    assert (await bring(owners, item, archive)).outcome is Outcome.REFUSED
    assert owners.kept(owners.posts) == {}

    owners.limits = MediaLimits(site_bytes=1024)
    assert (await bring(owners, item, archive)).outcome is Outcome.ADDED


async def test_a_silent_store_ends_the_import_and_the_next_one_goes_on(owners: House) -> None:
    owners.files.is_silent = True
    with owners.refuses(Unavailable):
        await bring(owners, found_item(pictures=["cat.jpg"]), MemoryArchive(pictures=CAT))


@pytest.mark.parametrize("last", range(1, 7))
async def test_a_killed_import_goes_on_and_ends_the_same(owners: House, last: int) -> None:
    item, archive = found_item(pictures=["cat.jpg"], old_paths=("/old",)), MemoryArchive(pictures=CAT)
    killer = Interruptions(last)
    parts: dict[str, object] = {"posts": owners.posts, "pictures": owners.shelf}
    parts |= {"redirects": owners.redirects, "transaction": owners.transaction}
    watched = {name: killer.watches(part) for name, part in parts.items()}
    with pytest.raises(Killed):
        await importing(owners, **watched)(item, archive, lang="en", dry_run=False)
    owners.transaction.roll_back()

    line = await bring(owners, item, archive)

    assert line.outcome is (Outcome.PRESENT if killer.steps.count("commit") == 2 else Outcome.ADDED)
    assert (len(owners.kept(owners.posts)), len(owners.media.kept)) == (1, 1)
    assert owners.redirects.kept == {"/old": (kept(owners).id, None)}


@pytest.mark.parametrize("trashed_at", [None, NOW])
async def test_an_address_that_is_taken_gives_way_to_the_next(owners: House, trashed_at: object) -> None:
    owners.has_post(draft("hello", trashed_at=NOW if trashed_at else None))

    line = await bring(owners, found_item())

    assert (line.slug, [note.params for note in line.notes]) == ("hello-2", [{"wanted": "hello", "slug": "hello-2"}])
    assert kept(owners).slug == "hello-2"


@pytest.mark.parametrize("dry_run", [True, False])
async def test_an_item_stands_and_links_as_it_was_planned(owners: House, dry_run: bool) -> None:
    plan = ImportPlan(slugs={"old:hello": "hello-7"}, moved={"/blog/hello": "/blog/hello-7"})

    line = await bring(owners, found_item(body="[me](/blog/hello)"), plan=plan, dry_run=dry_run)

    assert (line.slug, len(line.notes)) == ("hello-7", 1)
    assert dry_run or kept(owners).body == "[me](/blog/hello-7)"


async def test_old_addresses_lead_to_it(owners: House) -> None:
    await bring(owners, found_item(old_paths=("/2020/hello", "/?p=12", "/blog/hello")))

    post_id = kept(owners).id
    assert owners.redirects.kept == {"/2020/hello": (post_id, None), "/?p=12": (post_id, None)}


@pytest.mark.parametrize("dry_run", [True, False])
async def test_an_old_address_that_another_text_loses_is_told(owners: House, dry_run: bool) -> None:
    await bring(owners, found_item(old_paths=("/2020/hello",)))
    owners.transaction.roll_back()
    other = found_item("again", text={"slug": "again"}, old_paths=("/2020/hello", "/2020/again"))
    line = await bring(owners, other, dry_run=dry_run)

    note = "Its old address %(path)s led to %(url)s until now."
    assert line.notes == (Note.of(note, path="/2020/hello", url="/blog/hello"),)


TRANSLATED = ImportPlan(originals={"old:privet": "old:hello"}, translations={"old:hello": ["old:privet"]})
PRIVET = found_item("privet", text={"lang": "ru", "translation_of": "hello"})


@pytest.mark.parametrize("items", [(found_item(), PRIVET), (PRIVET, found_item())], ids=["after", "before"])
async def test_translations_stand_together_whichever_came_first(
    owners: House, items: tuple[FoundItem, FoundItem]
) -> None:
    lines = [await bring(owners, item, plan=TRANSLATED) for item in items]

    assert [line.notes for line in lines] == [(), ()]
    assert kept(owners).translation_of == ""
    assert kept(owners, "old:privet").translation_of == kept(owners).id


async def test_what_its_owner_threw_away_or_put_elsewhere_stays_there(owners: House) -> None:
    plan = replace(TRANSLATED, translations={"old:hello": ["old:privet", "old:moin", "old:salut", "old:gone"]})
    thrown, english, elsewhere = (replace(draft(slug), origin=f"old:{slug}") for slug in ("privet", "moin", "salut"))
    for other in (
        replace(thrown, lang="ru", trashed_at=NOW),
        english,
        replace(elsewhere, lang="ru", group_id=PostId("x")),
    ):
        owners.has_post(other)
    before = dict(owners.posts.kept)

    await bring(owners, found_item(), plan=plan)

    assert {key: post for key, post in owners.kept(owners.posts).items() if key in before} == before


async def test_a_translation_that_is_being_saved_this_moment_stays_as_it_is(owners: House) -> None:
    class Stale:
        async def get(self, post_id: str) -> Post:
            return replace(owners.posts.kept[post_id], version=0)  # type: ignore[index]  # an id

        def __getattr__(self, name: str) -> object:
            return getattr(owners.posts, name)

    await bring(owners, PRIVET, plan=TRANSLATED)
    compositor = replace(owners.compositor, posts=Stale())  # type: ignore[arg-type]  # the rest is the fake's

    await importing(owners, compositor=compositor)(found_item(), NOTHING, lang="en", dry_run=False, plan=TRANSLATED)

    assert kept(owners, "old:privet").translation_of == ""


@pytest.mark.parametrize("text", [{"translation_of": "nobody"}, {"translation_of": "mine"}])
async def test_a_translation_of_nothing_or_of_what_has_one_stands_alone(owners: House, text: dict[str, str]) -> None:
    owners.has_post(draft("mine"))

    line = await bring(owners, found_item(text=text))

    assert [str(note) for note in line.notes] == [
        "What it translates is not here, or has a text in this language already; it stands alone."
    ]
    assert kept(owners).translation_of == ""


async def test_who_may_import_but_not_upload_brings_no_pictures(owners: House) -> None:
    owners.forbids(Action.UPLOAD_MEDIA)

    with owners.refuses(Forbidden):
        await bring(owners, found_item(pictures=["cat.jpg"]), MemoryArchive(pictures=CAT))
