"""Our own export as it is read and written; what people did to it meanwhile too."""

import json
from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import frontmatter
import pytest

from core.blog.archives import FoundItem, FoundPicture, PictureReference
from core.blog.entities import PostKind
from core.blog.exports import ExportedFile, ExportedPicture, ExportedText
from core.blog.texts import BODY_LENGTH, DESCRIPTION_LENGTH, PostText
from services.archives.markdown import MarkdownArchive
from services.archives.opening import Archives, _archive
from services.archives.own import OwnArchive, find_manifest
from services.archives.writing import TerraceWriter
from services.slugs import TransliteratedSlugs
from tests.services.packing import PICTURE, found, in_folder, in_zip, notes_of, skipped

SLUGS = TransliteratedSlugs()
MANIFEST = '{"format": "terrace-content", "version": 1, "media": [{"name": "a.webp", "alt": "A cat"}]}'
AT = datetime(2024, 5, 1, 10, 0, 0, 7, tzinfo=UTC)
TEXT = ExportedText(
    kind=PostKind.POST,
    text=PostText(
        title="Yes: 007",
        body="\n![a](media/a.webp)  \r\nend",
        slug="a-post",
        description='"D"',
        lang="en",
        tags=("b", "c#"),
        cover="a.webp",
        cover_alt="C",
        series="S",
        series_part=2,
        translation_of="other",
        is_pinned=True,
        meta_title="M",
        meta_description="N",
        canonical_url="https://a.example/",
    ),
    is_public=False,
    published_at=AT,
    created_at=AT.astimezone(timezone(timedelta(hours=3))),
    updated_at=AT,
    author_name="Anna",
    origin="terrace:1",
    aliases=("/?p=3", "/old"),
)
WRITTEN = """\
---
title: "Yes: 007"
slug: "a-post"
date: 2024-05-01T10:00:00.000007Z
created: 2024-05-01T10:00:00.000007Z
updated: 2024-05-01T10:00:00.000007Z
draft: true
withdrawn: true
pinned: true
lang: "en"
author: "Anna"
tags: ["b", "c#"]
description: "\\"D\\""
cover: "a.webp"
cover_alt: "C"
series: "S"
series_part: 2
translation_of: "other"
meta_title: "M"
meta_description: "N"
canonical_url: "https://a.example/"
aliases: ["/?p=3", "/old"]
origin: "terrace:1"
---

"""


def own(root: Path, files: Mapping[str, str | bytes], manifest: str = MANIFEST) -> OwnArchive:
    archive = _archive(in_folder(root, {"manifest.json": manifest, **files}), None, SLUGS)
    assert isinstance(archive, OwnArchive)
    return archive


def only(root: Path, text: str) -> FoundItem:
    archive = own(root, {"blog/a.md": text, "media/a.webp": PICTURE})
    return next(item for item in archive.items() if isinstance(item, FoundItem))


def test_a_text_is_written_as_people_and_programs_read_it() -> None:
    written = TerraceWriter().text(TEXT).decode()
    head, body = frontmatter.parse(written)

    assert written == WRITTEN + TEXT.text.body
    assert (head["title"], head["tags"], head["date"], head["draft"]) == ("Yes: 007", ["b", "c#"], AT, True)
    assert body == TEXT.text.body.strip().replace("\r\n", "\n")


def test_little_is_said_of_what_is_little() -> None:
    text = ExportedText(
        kind=PostKind.PAGE,
        text=PostText(title="", body="", slug="null"),
        is_public=False,
        published_at=None,
        created_at=AT,
        updated_at=AT,
        author_name="",
        origin="x",
    )

    lines = TerraceWriter().text(text).decode().splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        *("---", "title", "slug", "created", "updated", "draft", "origin", "---", ""),
    ]
    assert text.path == "pages/null.md"


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    item = only(tmp_path, WRITTEN + TEXT.text.body)

    assert item.text.body == "\n![a](import:media/a.webp)  \r\nend"
    assert (item.text.title, item.text.tags, item.text.cover) == ("Yes: 007", ("b", "c#"), "media/a.webp")
    assert (item.is_public, item.published_at, item.created_at, item.updated_at) == (False, AT, AT, AT)
    assert (item.key, item.old_paths, item.author_name) == ("terrace:1", ("/?p=3", "/old"), "Anna")
    assert item.pictures == (PictureReference(name="media/a.webp", alt="A cat"),)
    assert (item.missing, item.notes) == ((), ())


def test_the_manifest_lists_what_there_is() -> None:
    pictures = [ExportedPicture(name="a.webp", alt="Кот")]
    digests = {"media/a.webp": "1", "blog/a.md": "2"}

    assert json.loads(TerraceWriter().manifest(digests, pictures)) == {
        "format": "terrace-content",
        "version": 1,
        "files": {"blog/a.md": "2", "media/a.webp": "1"},
        "media": [{"name": "a.webp", "alt": "Кот", "sha256": "1"}],
    }


async def test_a_zip_is_sent_file_by_file_and_lets_go_of_them() -> None:
    let_go = []

    async def files() -> AsyncGenerator[ExportedFile, None]:
        try:
            for number in range(3):
                yield ExportedFile(path=f"{number}.md", content=b"x" * 100)
        finally:
            let_go.append(True)

    chunks = TerraceWriter().zipped(files())
    first = await anext(chunks)
    assert (first[:4], b"1.md" in first) == (b"PK\x03\x04", False)
    await chunks.aclose()  # type: ignore[attr-defined]  # it is a generator
    assert let_go


async def test_a_site_without_anything_moves_too(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format": "terrace-content"}')
    archives = Archives(SLUGS)
    async with archives.open(tmp_path) as archive:
        assert [item async for item in archive.contents()] == []
    archives.close()


def test_pictures_that_no_text_shows_come_by_themselves_and_translations_last(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "blog/a.md": '---\ntitle: A\ntranslation_of: "b"\ndate: 2024-05-01\n---\n\n![](media/shown.webp)',
        "blog/b.md": "---\ntitle: B\n---\n\nx",
        "blog/d.md": '---\ntitle: D\ndate: "2024-13-01"\n---\n\nx',
        "media/a.webp": PICTURE,
        "media/shown.webp": PICTURE,
        "media/words.txt": "x",
        "blog/deep/c.md": "---\ntitle: C\n---\n",
        "more.zip": b"PK",
    }
    archive = own(tmp_path, files)

    assert [place.slug for place in archive.places()] == ["b", "d", "a"]
    assert [item.source for item in archive.items() if isinstance(item, FoundPicture)] == ["media/a.webp"]
    assert set(skipped(archive)) == {"media/words.txt", "blog/deep/c.md", "more.zip"}
    assert archive.picture("media/a.webp") == PICTURE
    assert notes_of(found(archive)["d"]) == ["“2024-13-01” is no date, so it comes as a draft."]
    assert notes_of(found(archive)["b"]) == ["It says nowhere when it was published, and comes as a draft."]


def test_a_folder_around_it_makes_no_difference(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "site/manifest.json": MANIFEST,
        "site/blog/a.md": WRITTEN,
        "site/media/a.webp": PICTURE,
    }
    archive = _archive(in_zip(tmp_path / "a.zip", files), None, SLUGS)

    assert isinstance(archive, OwnArchive)
    assert found(archive)["a-post"].source == "blog/a.md"
    assert archive.picture("media/a.webp") == PICTURE


@pytest.mark.parametrize("manifest", ["", "[]", "{", '{"format": "other"}', "[" * 100_000, "null"])
def test_any_other_manifest_makes_it_somebody_elses(tmp_path: Path, manifest: str) -> None:
    files = in_folder(tmp_path, {"manifest.json": manifest, "blog/a.md": "---\ntitle: A\n---\nx"})

    assert find_manifest(files) is None
    assert isinstance(_archive(files, None, SLUGS), MarkdownArchive)


@pytest.mark.parametrize("manifest", ['{"format": "terrace-content", "media": 7}', MANIFEST.replace('"a.webp"', "[1]")])
def test_a_manifest_that_was_tampered_with_says_nothing_of_pictures(tmp_path: Path, manifest: str) -> None:
    archive = own(tmp_path, {"media/a.webp": PICTURE}, manifest)

    assert [item.picture.alt for item in archive.items() if isinstance(item, FoundPicture)] == [""]


@pytest.mark.parametrize(
    "text",
    [
        *("no head", "---\ntitle: A\n", "---\n- a\n---\n", "---\na: &a 1\nb: *a\n---\n", "---\n[\n---\n"),
        *(b"\xff\xfe", "---\na: " + "[" * 5_000 + "\n---\n", f"---\ntitle: {'x' * 1_000_001}\n---\n", b"x" * 9_000_000),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, text: str | bytes) -> None:
    archive = own(tmp_path, {"blog/a.md": text})

    assert (archive.places(), list(skipped(archive))) == ([], ["blog/a.md"])


def test_a_file_that_changes_meanwhile_is_told(tmp_path: Path) -> None:
    archive = own(tmp_path, {"blog/a.md": WRITTEN})
    (tmp_path / "blog" / "a.md").write_text("gone")

    assert list(skipped(archive)) == ["blog/a.md"]


def test_what_is_too_much_is_trimmed_and_said(tmp_path: Path) -> None:
    head = {
        "title": "x" * 300,
        "slug": "Not A Slug",
        "description": "y " * DESCRIPTION_LENGTH,
        "series": "z" * 200,
        "series_part": "1001",
        "tags": ["A b", "?", *(f"t{number}" for number in range(20))],
        "lang": "xx",
        "canonical_url": "javascript:1",
        "cover": "gone.webp",
        "aliases": ["no/slash/", "/\u2028", "/fine"],
        "origin": "o" * 5_000,
        "author": ["Anna"],
        "date": "2024-05-01T10:00:00Z",
        "meta_title": "half \ud800 a character",
    }
    lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in head.items())
    item = only(tmp_path, f"---\n{lines}---\n\n{'w ' * BODY_LENGTH}\x00[a](media/gone.webp)")

    assert (len(item.text.title), item.text.slug, item.text.lang) == (200, "not-a-slug", "")
    assert (item.text.series_part, item.text.canonical_url, item.text.cover) == (None, "", None)
    assert (item.text.tags[:2], len(item.text.tags)) == (("a-b", "t0"), 12)
    assert (item.old_paths, item.author_name, item.missing) == (("/no/slash", "/fine"), "", ("media/gone.webp",))
    assert (len(item.key) <= 300, item.text.meta_title) == (True, "half ? a character")
    assert len(item.text.body) <= BODY_LENGTH
    assert item.is_public
    assert len(item.notes) >= 8


def test_the_same_text_twice_is_two(tmp_path: Path) -> None:
    archive = own(tmp_path, {"blog/a.md": WRITTEN, "blog/b.md": WRITTEN})

    assert {place.slug: place.key for place in archive.places()} == {
        "a-post": "terrace:1",
        "a-post-2": "markdown:blog/b.md",
    }
