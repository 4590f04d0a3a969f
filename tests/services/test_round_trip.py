"""Whatever a site holds: taken along into an empty one and out of that again it is the same, byte for byte."""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.blog.entities import Post, PostId, PostKind
from core.blog.imports import Outcome
from core.blog.texts import BODY_LENGTH, DESCRIPTION_LENGTH, SERIES_LENGTH, TITLE_LENGTH
from core.media.entities import MediaFile, MediaKey, digest_of
from tests.core.house import House
from tests.core.makers import NOW, draft, picture
from tests.services.moving import exported, imported, owners_house

HOSTILE = (
    *(
        "---",
        "\n---\n",
        "...",
        ": ",
        "a: b",
        "#",
        "# a",
        " #b",
        "'",
        '"',
        '\\"',
        "\\",
        "yes",
        "no",
        "null",
        "~",
        "None",
    ),
    *(
        "2024-01-01",
        "007",
        "1e5",
        "0x1f",
        "%",
        "%s",
        "%(name)s",
        "@a",
        "`a`",
        "[a]",
        "{a: b}",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
    ),
    *("\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x1c", "\x7f", "\x85", "\xa0", "\u2028", "\u2029", "\ufeff", "\u200b"),
    *("Привет, мир", "中文", "😀", "\U000e0001", "{{< figure >}}", "<b>a</b>", "{% raw %}", "[[post:a]]", "/blog/a"),
)
KEYS = tuple(f"{number:032x}.webp" for number in range(4))
FILENAMES = ("photo.jpg", "photo.png", "Photo.webp", "photo-2.webp", "Фото 1.JPG", "", "a/b\\c.gif", "x" * 200, ".png")
BODIES = (
    *(f"![A {key[-6]}](/media/{key})" for key in KEYS),
    *(f"![B](/media/{KEYS[0]} 'T')", f"[c]: /media/{KEYS[1]}\n", f"[d](</media/{KEYS[0]}>)", f"](\n/media/{KEYS[1]})"),
    *(f"`](/media/{KEYS[0]})`", f"/media/{KEYS[0]}", f"](/media/{KEYS[0]}#a)", f"](/media/{KEYS[0]}.jpg)"),
    *(f"](/media/{KEYS[0][:32]}-480w.avif)", f"]: /media/{KEYS[1][:32]}-960wr0a1b2c3d.webp"),
    *(
        "![e](media/photo.webp)",
        "![f](./media/photo.webp)",
        "](import:media/photo.webp)",
        "]: import:media/photo-2.webp",
    ),
    *("](media/photo-2.webp", "](import:media/phot%6F.webp)", "```\n![g](media/photo.webp)\n```", "](/blog/a#b)"),
)
PATHS = ("/old", "/?p=12", "/blog/a", "/pages/a", "/2024/05/old.html", "/a%2541", "/старое место", "/blog/b/", "/#x")
SLUGS = ("a", "b", "a-2", "media", "null", "0x1f", "2024-01-01", "yes")
TAGS = ("python", "c++", "c#", "a-b", "a--b", "v1.", "тег", "yes", "10")

words = st.one_of(
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8", exclude_characters="\x00"))))
).map("".join)
bodies = st.lists(st.one_of(st.sampled_from(BODIES), st.sampled_from(HOSTILE), words), max_size=8).map("".join)
moments = st.timedeltas(timedelta(), timedelta(days=9_000)).map(lambda ago: NOW - ago)


def line(limit: int) -> st.SearchStrategy[str]:
    return words.map(lambda text: text[:limit].strip())


@dataclass(frozen=True)
class Site:
    posts: Sequence[Post]
    pictures: Sequence[tuple[MediaFile, bytes]]
    aliases: dict[str, int]


@st.composite
def posts(draw: st.DrawFn, number: int, slug: str) -> Post:
    """One as a site may have it, in any state."""
    title, body = draw(line(TITLE_LENGTH)), draw(bodies)[:BODY_LENGTH]
    state = draw(st.sampled_from(["draft", "public", "scheduled", "withdrawn"]))
    if state in ("public", "scheduled"):
        title, body = title or "Title", body if body.strip() else "Words"
    at = None if state == "draft" else NOW + timedelta(days=9) if state == "scheduled" else draw(moments)
    series = draw(line(SERIES_LENGTH))
    return replace(
        draft(slug, by=None, title=title, body=body, is_public=state in ("public", "scheduled"), published_at=at),
        id=PostId(f"id{number}"),
        kind=draw(st.sampled_from(PostKind)),
        group_id=PostId(draw(st.sampled_from([f"id{number}", "id0", "gone"]))),
        lang=draw(st.sampled_from(["en", "ru"])),
        description=draw(line(DESCRIPTION_LENGTH)),
        tags=tuple(draw(st.lists(st.sampled_from(TAGS), unique=True, max_size=4))),
        cover=draw(st.sampled_from([None, *KEYS])),
        cover_alt=draw(line(DESCRIPTION_LENGTH)),
        series=series,
        series_part=draw(st.sampled_from([None, 1, 1_000])) if series else None,
        is_pinned=draw(st.booleans()),
        meta_title=draw(line(TITLE_LENGTH)),
        meta_description=draw(line(DESCRIPTION_LENGTH)),
        canonical_url=draw(st.sampled_from(["", "https://old.example/a?b=c#d", "http://пример.example/'\"%20"])),
        author_name=draw(line(100)),
        created_at=draw(moments),
        updated_at=draw(moments),
        origin=draw(st.sampled_from(["", f"ghost:{number}", f"markdown:blog/{number}: 'a'.md"])),
        trashed_at=draw(st.sampled_from([None, None, NOW])),
    )


@st.composite
def sites(draw: st.DrawFn) -> Site:
    slugs = draw(st.lists(st.sampled_from(SLUGS), unique=True, max_size=5))
    pictures = []
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True)):
        content = b"encoded picture " + draw(st.sampled_from([b"1", b"2"])) + b"x" * draw(st.integers(0, 2))
        filename, alt = draw(st.sampled_from(FILENAMES)), draw(line(300))
        pictures.append((replace(picture(key), key=MediaKey(key), filename=filename, alt=alt), content))
    found = [draw(posts(number, slug)) for number, slug in enumerate(slugs)]
    aliases = draw(st.dictionaries(st.sampled_from(PATHS), st.integers(0, len(slugs) - 1))) if slugs else {}
    return Site(posts=found, pictures=pictures, aliases=aliases)


def settled(site: Site) -> House:
    house = owners_house()
    for post in site.posts:
        house.has_post(post)
    for media, content in site.pictures:
        house.has_media(replace(media, digest=digest_of(content)))
        house.files.kept[media.key] = content
    house.redirects.kept = {path: (site.posts[number].id, None) for path, number in site.aliases.items()}
    house.transaction.settle()
    return house


async def moved(site: Site, folder: Path) -> None:
    first, second = settled(site), owners_house()
    path = folder / "export.zip"
    path.write_bytes(await exported(first))
    lines = await imported(second, path)
    present = await imported(first, path)

    assert await exported(second) == path.read_bytes()
    assert await exported(first) == path.read_bytes()
    assert {line.outcome for line in lines} <= {Outcome.ADDED}
    assert {line.outcome for line in present} <= {Outcome.PRESENT}
    assert len(lines) == len(present)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(sites())
def test_a_site_comes_out_as_it_went_in(site: Site) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(moved(site, Path(folder)))
