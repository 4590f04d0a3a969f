"""PostStorage: what is shown together, beside each other, and under which names."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.access import Scope
from core.blog.entities import PostKind
from core.blog.storage import PostAddress, PostFilter, PostLink, Shelf, Shelves
from core.identity import Role, UserId
from core.users.entities import User
from tests.contracts.blog_posts import NOW, a_post, add, slugs
from tests.contracts.conftest import Storages

PUBLISHED = PostFilter(now=NOW)
LATER = NOW + timedelta(hours=1)


async def shown(storages: Storages, **wanted: Any) -> list[str]:
    page = await storages.posts.list_numbered(replace(PUBLISHED, **wanted), number=1, size=99)
    assert page.total == len(page.items)
    part = await storages.posts.list_slice(replace(PUBLISHED, **wanted), limit=99, cursor=None)
    assert slugs(part.items) == slugs(page.items)
    return slugs(page.items)


async def test_pages_and_posts_have_addresses_of_their_own(storages: Storages) -> None:
    post, page = a_post("about"), a_post("about", kind=PostKind.PAGE)
    await add(storages, post, page)

    assert await storages.posts.find_readable("about", now=NOW) == post
    assert await storages.posts.find_readable("about", now=NOW, kind=PostKind.PAGE) == page
    assert await storages.posts.list_held(["about"], kind=PostKind.PAGE) == {"about"}
    assert await shown(storages) == ["about"]
    assert await shown(storages, kind=None) == ["about", "about"]


async def test_pinned_posts_come_first_where_it_is_asked_for(storages: Storages) -> None:
    await add(storages, a_post("old", hours=9, is_pinned=True), a_post("new"), a_post("middle", hours=2))

    page = await storages.posts.list_numbered(PUBLISHED, number=1, size=2, pinned_first=True)

    assert (slugs(page.items), page.total) == (["old", "new"], 3)
    assert await shown(storages) == ["new", "middle", "old"]


async def test_series_author_mention_and_moments_narrow_a_list(storages: Storages) -> None:
    await add(
        storages,
        a_post("one", hours=1, series="S", series_slug="s", mentions=("media:x.webp", "post:two")),
        a_post("two", hours=2, author_slug="boris"),
    )

    assert await shown(storages, series="s") == ["one"]
    assert await shown(storages, author="boris") == ["two"]
    assert await shown(storages, mention="post:two") == ["one"]
    assert await shown(storages, mention="post") == []
    assert await shown(storages, since=NOW - timedelta(hours=1)) == ["one"]
    assert await shown(storages, until=NOW - timedelta(hours=1)) == ["two"]


async def test_of_translations_the_preferred_one_is_shown(storages: Storages) -> None:
    first = a_post("first", hours=1)
    ru = a_post("first-ru", hours=2, lang="ru", group_id=first.id)
    de = a_post("first-de", hours=4, lang="de", group_id=first.id)
    await add(storages, first, ru, de, a_post("alone", hours=3, lang="ru"))

    assert await shown(storages) == ["first", "first-ru", "alone", "first-de"]
    assert await shown(storages, preferred="en") == ["first", "alone"]
    assert await shown(storages, preferred="ru") == ["first-ru", "alone"]
    await storages.posts.save(replace(ru, published_at=LATER))
    assert await shown(storages, preferred="ru") == ["first", "alone", "first-de"]


async def test_a_group_is_all_that_is_not_in_the_trash(storages: Storages) -> None:
    first = a_post("first", is_public=False)
    await add(
        storages,
        first,
        a_post("first-ru", lang="ru", group_id=first.id),
        a_post("gone", lang="de", group_id=first.id, trashed_at=NOW),
        a_post("other"),
    )

    found = await storages.posts.list_group(first.id)

    assert slugs(found) == ["first", "first-ru"]
    assert {(post.body, post.html) for post in found} == {("", "")}


async def test_a_series_goes_by_part_then_by_date(storages: Storages) -> None:
    of_series: dict[str, Any] = {"series": "S", "series_slug": "s"}
    await add(
        storages,
        a_post("undated", hours=1, **of_series),
        a_post("earlier", hours=5, **of_series),
        a_post("second", hours=9, series_part=2, **of_series),
        a_post("first", hours=3, series_part=1, **of_series),
        a_post("hidden", is_public=False, **of_series),
        a_post("other"),
    )

    assert slugs(await storages.posts.list_series("s", now=NOW)) == ["first", "second", "earlier", "undated"]
    assert await storages.posts.list_series("", now=NOW) == []


async def test_a_post_knows_its_neighbours(storages: Storages) -> None:
    part: dict[str, Any] = {"series": "S", "series_slug": "s"}
    here = a_post("here", hours=5, tags=("a", "b"), series_part=2, **part)
    others = [
        a_post("older", hours=6, tags=("a",)),
        a_post("oldest", hours=7, tags=("a", "b"), series_part=1, **part),
        a_post("newer", hours=4),
        a_post("newest", hours=3, tags=("b",)),
        a_post("far", hours=9, tags=("a",)),
        a_post("hidden", hours=5, tags=("a", "b"), is_public=False, **part),
        a_post("ici", hours=5, lang="fr", group_id=here.id, series_part=2, tags=("a", "b"), **part),
    ]
    await add(storages, here, *others)

    around = await storages.posts.look_around(here, now=NOW, preferred="en")

    assert around.older
    assert around.newer
    assert (around.older.slug, around.newer.slug) == ("older", "newer")
    assert slugs(around.related) == ["oldest", "newest", "older"]
    assert slugs(around.parts) == ["oldest", "here"]
    link = PostLink(**{name: getattr(others[-1], name) for name in PostLink.__dataclass_fields__})
    assert list(around.translations) == [link]


async def test_neighbours_are_of_the_preferred_language(storages: Storages) -> None:
    here, older = a_post("here", tags=("a",)), a_post("older", hours=2, tags=("a",))
    older_ru = a_post("older-ru", hours=1, lang="ru", group_id=older.id, tags=("a",))
    await add(storages, here, older, older_ru)

    async def seen(preferred: str) -> tuple[str, list[str]]:
        around = await storages.posts.look_around(here, now=NOW, preferred=preferred)
        assert around.older
        return around.older.slug, slugs(around.related)

    assert await seen("en") == ("older", ["older"])
    assert await seen("ru") == ("older-ru", ["older-ru"])


async def test_a_draft_and_a_page_have_few_neighbours(storages: Storages) -> None:
    draft = a_post("draft", is_public=False, published_at=None, tags=("a",))
    page = a_post("page", kind=PostKind.PAGE, tags=("a",))
    page_ru = a_post("page-ru", kind=PostKind.PAGE, lang="ru", group_id=page.id)
    await add(storages, draft, page, page_ru, a_post("post", tags=("a",)))

    around = await storages.posts.look_around(draft, now=NOW, preferred="en")
    assert (around.older, around.newer, slugs(around.related)) == (None, None, ["post"])
    around = await storages.posts.look_around(page, now=NOW, preferred="en")
    assert (around.older, around.newer, list(around.related), list(around.parts)) == (None, None, [], [])
    assert slugs(around.translations) == ["page-ru"]


async def test_shelves_say_how_many_and_when_the_newest_came(storages: Storages) -> None:
    new_year = datetime.fromisoformat("2025-12-31T22:30:00+00:00")
    await add(
        storages,
        a_post("one", tags=("b", "A"), series="Old name", series_slug="s", published_at=new_year),
        a_post("two", hours=1, tags=("b",), series="Name", series_slug="s", author_name="Boris", author_slug="boris"),
        a_post("page", kind=PostKind.PAGE, tags=("c",)),
        a_post("hidden", is_public=False, tags=("d",), series="T", series_slug="t"),
        a_post("gone", trashed_at=NOW, tags=("e",)),
    )
    newest = NOW - timedelta(hours=1)

    assert await storages.posts.list_shelves(now=NOW, time_zone="Europe/Moscow") == Shelves(
        tags=[
            Shelf(name="A", slug="A", count=1, newest_at=new_year),
            Shelf(name="b", slug="b", count=2, newest_at=newest),
        ],
        series=[Shelf(name="Name", slug="s", count=2, newest_at=newest)],
        authors=[
            Shelf(name="Anna", slug="anna", count=1, newest_at=new_year),
            Shelf(name="Boris", slug="boris", count=1, newest_at=newest),
        ],
        years=[Shelf(name="2026", slug="2026", count=2, newest_at=newest)],
    )
    in_utc = await storages.posts.list_shelves(now=NOW, time_zone="UTC")
    assert [(year.name, year.count) for year in in_utc.years] == [("2026", 1), ("2025", 1)]
    desk = await storages.posts.list_desk_shelves()
    assert [(tag.name, tag.count) for tag in desk.tags] == [("A", 1), ("b", 2), ("c", 1), ("d", 1)]
    assert [(series.slug, series.count) for series in desk.series] == [("s", 2), ("t", 1)]
    assert (list(desk.authors), list(desk.years)) == ([], [])


async def test_no_posts_no_shelves(storages: Storages) -> None:
    empty = Shelves(tags=[], series=[], authors=[], years=[])

    assert await storages.posts.list_shelves(now=NOW, time_zone="UTC") == empty
    assert await storages.posts.list_desk_shelves() == empty


@pytest.mark.parametrize(
    ("text", "found"), [("A", ["about", "and-more", "no-a"]), ("%", []), ("mOre\x00", ["and-more"])]
)
async def test_what_can_be_linked_to(storages: Storages, text: str, found: list[str]) -> None:
    mine = UserId("u1")
    user = User(id=mine, email="a@b.c", name="A", role=Role.AUTHOR, password_hash=None, created_at=NOW)
    await storages.users.add(user)
    await add(
        storages,
        a_post("no-a", title="Zebra"),
        a_post("and-more", title="More", hours=2, kind=PostKind.PAGE),
        a_post("about", title="First", hours=1, is_public=False, author_id=mine),
        a_post("a-foreign", title="A foreign draft", is_public=False),
        a_post("a-gone", trashed_at=NOW),
    )

    posts = await storages.posts.list_linkable(text, now=NOW, scope=Scope.OWN, viewer=mine, limit=9)
    assert slugs(posts) == found
    assert len(await storages.posts.list_linkable("a", now=NOW, scope=Scope.ALL, viewer=None, limit=9)) == 4
    assert len(await storages.posts.list_linkable("a", now=NOW, scope=Scope.NONE, viewer=mine, limit=1)) == 1


async def test_addresses_are_of_all_that_can_be_read(storages: Storages) -> None:
    page = a_post("page", hours=1, kind=PostKind.PAGE, canonical_url="https://example.org/")
    await add(storages, a_post("post"), page, a_post("hidden", is_public=False), a_post("gone", trashed_at=NOW))

    found = await storages.posts.list_addresses(now=NOW, limit=9)

    assert slugs(found) == ["post", "page"]
    assert found[1] == PostAddress(
        kind=PostKind.PAGE,
        slug="page",
        lang="en",
        group_id=page.id,
        updated_at=page.updated_at,
        canonical_url="https://example.org/",
    )
    assert len(await storages.posts.list_addresses(now=NOW, limit=1)) == 1


async def test_posts_are_counted_by_the_months_of_a_time_zone(storages: Storages) -> None:
    midnight = datetime(2026, 4, 30, 23, 30, tzinfo=UTC)
    await add(storages, a_post("one", published_at=midnight), a_post("two"), a_post("old", hours=24 * 40))
    wanted = PostFilter(now=NOW + timedelta(days=1), since=midnight)

    assert await storages.posts.count_months(wanted, time_zone="UTC") == {date(2026, 4, 1): 1, date(2026, 5, 1): 1}
    assert await storages.posts.count_months(wanted, time_zone="Europe/Stockholm") == {date(2026, 5, 1): 2}
