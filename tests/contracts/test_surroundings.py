"""SurroundingsStorage."""

from dataclasses import replace
from datetime import timedelta

from core.blog.entities import PostKind
from core.markdown import LinkTarget, Mentions, Surroundings
from core.media.entities import MediaFile, MediaKey, MediaVariant
from core.media.shown import shown_picture
from tests.contracts.blog_posts import a_post, add
from tests.contracts.conftest import Storages
from tests.core.fakes.clock import SetClock

STEM = "0123456789abcdef" * 2


async def look(storages: Storages, *targets: str) -> dict[str, LinkTarget]:
    return dict((await storages.surroundings.look(Mentions(targets=frozenset(targets)))).targets)


async def test_nothing_is_known_of_nothing(storages: Storages) -> None:
    assert await storages.surroundings.look(Mentions()) == Surroundings()
    unknown = Mentions(targets=frozenset({"post:x", "matrix:dns", "nonsense"}), media=frozenset({f"{STEM}.webp"}))
    assert await storages.surroundings.look(unknown) == Surroundings()


async def test_targets_are_told_by_kind_and_whether_they_can_be_read(storages: Storages, clock: SetClock) -> None:
    await add(
        storages,
        a_post("about", title="A post"),
        a_post("about", title="A page", kind=PostKind.PAGE),
        a_post("hidden", title="Hidden", is_public=False),
        a_post("soon", title="Soon", published_at=clock.now() + timedelta(hours=1)),
        a_post("gone", trashed_at=clock.now()),
    )

    found = await look(storages, "post:about", "page:about", "post:hidden", "post:soon", "post:gone", "page:soon")

    assert found == {
        "post:about": LinkTarget(url="/blog/about", title="A post"),
        "page:about": LinkTarget(url="/pages/about", title="A page"),
        "post:hidden": LinkTarget(url="/blog/hidden", title="Hidden", is_public=False),
        "post:soon": LinkTarget(url="/blog/soon", title="Soon", is_public=False),
    }
    clock.pass_(hours=2)
    assert (await look(storages, "post:soon"))["post:soon"].is_public


async def test_what_moved_is_found_under_its_old_name(storages: Storages) -> None:
    moved, page = a_post("new-name", title="Moved"), a_post("page", kind=PostKind.PAGE)
    await add(storages, moved, page, a_post("taken", title="Who is there now"))
    for path, post in (("/blog/old-name", moved), ("/blog/taken", moved), ("/pages/was", page)):
        await storages.redirects.point(path, post.id)
    await storages.redirects.forward("/blog/elsewhere", "/blog/new-name")

    found = await look(storages, "post:old-name", "post:taken", "page:was", "page:old-name", "post:elsewhere")

    assert {name: target.url for name, target in found.items()} == {
        "post:old-name": "/blog/new-name",
        "post:taken": "/blog/taken",
        "page:was": "/pages/page",
    }


async def test_pictures_are_known_by_the_names_of_all_their_sizes(storages: Storages, clock: SetClock) -> None:
    key = MediaKey(f"{STEM}.webp")
    variant = MediaVariant(key=MediaKey(f"{STEM}-480w.avif"), content_type="image/avif", width=480, size=7)
    media = MediaFile(
        key=key,
        filename="cat.png",
        content_type="image/webp",
        width=800,
        height=600,
        size=70,
        digest="0" * 64,
        alt="A cat",
        uploaded_by=None,
        created_at=clock.now(),
        colour="#c0ffee",
        variants=(variant,),
    )
    await storages.media.add(media)
    names = frozenset({key, variant.key, key.replace("0", "1")})

    found = await storages.surroundings.look(Mentions(media=names))

    assert found.pictures == {key: shown_picture(media), variant.key: shown_picture(media)}
    assert replace(found.pictures[key], variants=()).colour == "#c0ffee"
