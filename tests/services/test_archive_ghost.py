import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.blog.archives import BadArchive, FoundItem, PictureReference
from core.blog.entities import PostKind
from services.archives.files import FolderFiles, OneFile
from tests.services.packing import (
    PICTURE,
    SAMPLES,
    found,
    ghost,
    ghost_export,
    in_folder,
    in_zip,
    notes_of,
    skipped,
)

IMAGES = ("harbour.jpg", "bridge.png", "-------------------.jpg", "inline--1-.png", "feature.jpg")


@pytest.fixture(scope="module")
def alone() -> dict[str, FoundItem]:
    return found(ghost(OneFile(SAMPLES / "ghost.json")))


@pytest.fixture(scope="module")
def with_pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FoundItem]:
    files: dict[str, str | bytes] = {f"backup/content/images/2026/11/{name}": PICTURE for name in IMAGES}
    files["backup/data/ghost.json"] = (SAMPLES / "ghost.json").read_bytes()
    archive = ghost(in_zip(tmp_path_factory.mktemp("ghost") / "a.zip", files), "backup/data/ghost.json")
    return found(archive)


def test_the_sample_comes_over_whole(alone: dict[str, FoundItem]) -> None:
    assert Counter((item.kind, item.is_public) for item in alone.values()) == {
        (PostKind.POST, True): 4,  # one of them scheduled
        (PostKind.POST, False): 1,
        (PostKind.PAGE, True): 1,
    }
    assert list(alone) == [
        "tour-of-cards", "zametki-o-sborke-pervyi-sneg", "old-editor", "unfinished-draft", "scheduled-for-later",
        "contact",
    ]  # fmt: skip
    assert [slug for slug, item in alone.items() if item.text.is_pinned] == ["tour-of-cards"]
    assert [item.text.problems()[0].field for item in alone.values()] == ["lang"] * 6  # not said, else all is in order


def test_its_dates_are_utc(alone: dict[str, FoundItem]) -> None:
    tour = alone["tour-of-cards"]

    assert tour.published_at == datetime(2026, 4, 1, 21, 30, tzinfo=UTC)
    assert tour.created_at == tour.updated_at == datetime(2026, 11, 23, 5, 37, 50, tzinfo=UTC)
    assert alone["scheduled-for-later"].published_at == datetime(2030, 1, 15, 9, tzinfo=UTC)
    assert alone["unfinished-draft"].published_at is None


def test_tags_and_authors_come_in_their_order_without_internal_ones(alone: dict[str, FoundItem]) -> None:
    tour, snow = alone["tour-of-cards"], alone["zametki-o-sborke-pervyi-sneg"]

    assert tour.text.tags == ("field-notes", "code")
    assert snow.text.tags == ("заметки", "notes")
    assert (tour.author_name, snow.author_name) == ("Admin", "Мария Второва")
    assert "Only the first author came over; left out: Мария Второва." in notes_of(tour)
    assert "Internal tags were left out: #series." in notes_of(tour)


def test_words_about_the_post_come_along(alone: dict[str, FoundItem]) -> None:
    text = alone["tour-of-cards"].text

    assert text.description == 'A custom excerpt: cards, "quotes" & an ampersand.'
    assert (text.meta_title, text.meta_description) == ("Tour (meta title)", "Meta description of the tour")
    assert text.canonical_url == "https://example.org/original/"
    assert alone["tour-of-cards"].old_paths == ("/tour-of-cards",)
    assert "Code put into its page was left out." in notes_of(alone["tour-of-cards"])
    assert "The cover's caption was left out: Feature caption" in notes_of(alone["tour-of-cards"])


def test_every_card_has_its_words(with_pictures: dict[str, FoundItem]) -> None:
    body = with_pictures["tour-of-cards"].text.body

    for part in (
        "This post uses **bold**, *italic*, ***both***, ~~struck~~, `code` and an emoji 🚲",
        '![The harbour at noon](import:content/images/2026/11/harbour.jpg "Photo: example (https://example.org/photo)")',
        '```php\n<?php\n// escape me: <b> & "quotes" ]]>\necho $a["x"] ?? \'none\';\n\treturn;\n```\n\n*A code',
        "- one\n- two\n  - nested\n\n1. first\n2. second",
        "> A quotation.\n\n> An aside (second quote style).",
        "A markdown card with a table and a footnote.[^1]\n\n| Tool | Year | Price |\n|:-----|:----:|------:|\n",
        "- [x] done\n- [ ] not done",
        "[^1]: The footnote text, with a [link](https://example.org/note).",
        "[An article elsewhere](https://example.org/article) — What it is about.\n\n*Bookmark caption*",
        "[Big Buck Bunny](https://www.youtube.com/watch?v=aqz-KE-bpKQ)\n\n*A video*",
        "| City | Population |\n| --- | --- |\n| Тверь | 416\u00a0000 |\n| rows & cells |  |".replace("\u00a0", " "),
        "HTML card with `Ctrl`, an [internal link](/post-3/)",
        "> [!NOTE]\n> 💡 A callout with **bold**.",
        "**A toggle**\n\nHidden text.",
        "[Press](/about/)",
        "[Notes](/content/files/2026/11/notes.pdf) — A file card",
        "The last paragraph\\\nwith a line break.",
    ):
        assert part.replace("import:", "import:backup/") in body
    assert "never run me" not in body
    assert "alert(1)" not in body
    assert "__GHOST_URL__" not in body


def test_the_old_editor_is_read_as_well(with_pictures: dict[str, FoundItem]) -> None:
    assert with_pictures["old-editor"].text.body == (
        "A post of the old editor: **bold** and [a link](/post-4/).\n\n"
        '![old card](import:backup/content/images/2026/11/bridge.png "Mobiledoc image")\n\n'
        "## Heading\n\n```python\nprint('old')\n```\n\n- item one\n- item two\n\n"
        "Old **markdown** card\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n\nOld html card\n"
    )


def test_links_between_posts_lead_to_where_they_stand_now(alone: dict[str, FoundItem]) -> None:
    assert "[обзор карточек](/blog/tour-of-cards)" in alone["zametki-o-sborke-pervyi-sneg"].text.body
    assert "[a link](/blog/tour-of-cards)" in alone["unfinished-draft"].text.body
    assert "[the front page](/)" in alone["contact"].text.body
    assert notes_of(alone["contact"])[0].startswith("The picture")


def test_a_link_to_what_did_not_come_is_told(alone: dict[str, FoundItem]) -> None:
    notes = notes_of(alone["tour-of-cards"])

    for address in ("/post-1/", "/post-2/#part", "/post-3/", "/about/", "/content/files/2026/11/notes.pdf"):
        assert f"A link leads to {address}, which is not in the archive; it was left as it is." in notes


def test_pictures_are_found_beside_the_export(with_pictures: dict[str, FoundItem]) -> None:
    tour = with_pictures["tour-of-cards"]

    assert {picture.filename for picture in tour.pictures} == set(IMAGES)
    assert tour.text.cover == "backup/content/images/2026/11/feature.jpg"
    assert tour.text.cover_alt == "Feature alt text"
    assert all(item.missing == () for item in with_pictures.values())
    harbour = next(picture for picture in tour.pictures if picture.filename == "harbour.jpg")
    assert harbour == PictureReference(name="backup/content/images/2026/11/harbour.jpg", alt="The harbour at noon")


def test_an_export_alone_tells_its_missing_pictures(alone: dict[str, FoundItem]) -> None:
    tour = alone["tour-of-cards"]

    assert {address.rpartition("/")[2] for address in tour.missing} == set(IMAGES)
    assert len({address for item in alone.values() for address in item.missing}) == 5
    assert tour.text.cover is None
    assert "![" not in tour.text.body
    assert "[The harbour at noon](/content/images/2026/11/harbour.jpg)" in tour.text.body


def test_what_is_no_post_is_told() -> None:
    assert skipped(ghost(OneFile(SAMPLES / "ghost.json"))) == {
        "Ghost tag #series": "Internal tags of Ghost are not shown to readers and stay behind.",
        "Ghost navigation Home": "Menus are not imported: /.",
        "Ghost navigation About": "Menus are not imported: /about/.",
        "Ghost navigation Sign up": "Menus are not imported: #/portal/.",
    }


def test_an_archive_says_the_same_twice() -> None:
    archive = ghost(OneFile(SAMPLES / "ghost.json"))

    assert list(archive.items()) == list(archive.items())


@pytest.mark.parametrize(
    ("post", "meta"),
    [({"visibility": "members"}, {}), ({"visibility": "paid"}, {}), ({"visibility": "tiers"}, {}),
     ({"status": "sent"}, {}), ({}, {"email_only": 1})],
)  # fmt: skip
def test_what_was_not_for_everybody_is_not_public(tmp_path: Path, post: dict[str, Any], meta: dict[str, Any]) -> None:
    row = {"slug": "a", "title": "A", "html": "<p>a</p>", "published_at": "2024-05-01T10:00:00.000Z", **post}
    export = ghost_export(row, posts_meta=[{"post_id": "0", **meta}])

    item = found(ghost(in_folder(tmp_path, {"ghost.json": export})))["a"]

    assert (item.is_public, item.published_at) == (False, None)
    assert "comes as a draft" in notes_of(item)[0]


def test_what_is_too_much_is_trimmed_and_told(tmp_path: Path) -> None:
    tags: list[Mapping[str, Any]] = [{"id": f"t{number}", "name": f"Tag {number} & co_"} for number in range(14)]
    joins: list[Mapping[str, Any]] = [
        {"post_id": "0", "tag_id": f"t{number}", "sort_order": number} for number in range(14)
    ]
    row = {"slug": "2024", "title": "word " * 60, "html": "<p>" + "a b " * 130_000 + "</p>",
           "canonical_url": "nonsense", "custom_excerpt": "x" * 501}  # fmt: skip
    files = in_folder(tmp_path, {"ghost.json": ghost_export(row, row, tags=tags, posts_tags=joins)})

    first, second = found(ghost(files)).values()

    assert [problem.field for problem in first.text.problems()] == ["lang"]
    assert first.text.tags[0] == "tag-0-co"
    assert (first.text.slug, second.text.slug) == ("post-2024", "post-2024-2")
    assert [note.split(":")[0].split(" ")[0] for note in notes_of(first)] == [
        "The", "title", "body", "description", "Only", "The",
    ]  # fmt: skip


def test_cards_without_html_are_read_from_their_source(tmp_path: Path) -> None:
    def text(words: str, style: int = 0) -> dict[str, Any]:
        return {"type": "extended-text", "text": words, "format": style}

    children = [
        {"type": "extended-heading", "tag": "h2", "children": [text("A <b>")]},
        {"type": "paragraph", "children": [text("x", 3), {"type": "linebreak"}, text("y"), {"type": "tab"}]},
        {"type": "list", "tag": "ol", "start": 3, "children": [{"type": "listitem", "children": [text("i")]}]},
        {"type": "paragraph", "children": [{"type": "link", "url": "__GHOST_URL__/b/", "children": [text("l")]}]},
        {
            "type": "image",
            "src": "__GHOST_URL__/content/images/size/w600/a.png",
            "alt": "A",
            "href": "https://a.example",
        },
        {"type": "gallery", "images": [{"src": "__GHOST_URL__/content/images/a.png"}], "caption": "c"},
        {"type": "bookmark", "url": "https://a.example/b", "metadata": {"title": "T", "description": "D"}},
        {"type": "embed", "url": "https://a.example/e"},
        {"type": "button", "buttonUrl": "https://a.example/c", "buttonText": "Go"},
        {"type": "video", "src": "__GHOST_URL__/content/media/v.mp4", "fileName": "v.mp4", "fileCaption": "w"},
        {"type": "callout", "calloutText": "hint", "calloutEmoji": "!"},
        {"type": "toggle", "heading": "H", "content": "<p>C</p>"},
        {"type": "markdown", "markdown": "n[^1] ![A](__GHOST_URL__/content/images/a.png)\n\n[^1]: one"},
        {"type": "markdown", "markdown": "m[^1]\n\n[^1]: two"},
        {"type": "paywall"},
    ]
    row = {"slug": "a", "title": "A", "lexical": json.dumps({"root": {"children": children}})}
    files = in_folder(tmp_path, {"ghost.json": ghost_export(row, {"slug": "b"}), "content/images/a.png": PICTURE})

    assert found(ghost(files))["a"].text.body == (
        "## A \\<b>\n\n***x***\\\ny\n\n3. i\n\n[l](/blog/b)\n\n[![A](import:content/images/a.png)](https://a.example)\n\n"
        '![](import:content/images/a.png "c")\n\n[T](https://a.example/b) — D\n\n<https://a.example/e>\n\n'
        "[Go](https://a.example/c)\n\n[v.mp4](/content/media/v.mp4) — w\n\n> [!NOTE]\n> ! hint\n\n**H**\n\nC\n\n"
        "n[^13-1] ![A](import:content/images/a.png)\n\n[^13-1]: one\n\nm[^14-1]\n\n[^14-1]: two\n"
    )


@pytest.mark.parametrize(
    "lexical",
    [
        "{",
        '{"root": {"children": [{"type": "signup"}, {"type": "markdown"}]}}',
        '{"root": 1, "x": "markdown"}',
        "[" * 9_000,
    ],
)
def test_an_unknown_card_leaves_the_finished_html(tmp_path: Path, lexical: str) -> None:
    row = {"slug": "a", "title": "A", "html": "<p>finished</p>", "lexical": f'{lexical} "markdown"'}
    other = {"slug": "b", "title": "B", "lexical": lexical}

    items = found(ghost(in_folder(tmp_path, {"ghost.json": ghost_export(row, other)})))

    assert items["a"].text.body == "finished\n"
    assert notes_of(items["b"]) == ["Its text cannot be read: neither HTML nor a known source of it is in the export."]


def test_other_tools_leave_the_wrapping_out_and_old_ones_name_pages_by_a_number(tmp_path: Path) -> None:
    data = {"posts": [{"id": 1, "slug": "a", "page": 1, "title": None, "html": 5}, {"id": "2", "type": "story"}, "x"]}
    archive = ghost(in_folder(tmp_path, {"ghost.json": json.dumps({"meta": {}, "data": data}), "b.json": "{}"}))

    assert [(item.kind, item.text.title) for item in found(archive).values()] == [(PostKind.PAGE, "")]
    assert set(skipped(archive).values()) == {
        "It is neither a post nor a page.", "This file is no part of the export that is read.",
    }  # fmt: skip


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"db": []}', '{"data": {"posts": {}}}', "[" * 200_000, "\ufeff{}", "nul"]
)
def test_what_is_no_export_is_refused_with_a_reason(tmp_path: Path, content: str) -> None:
    files = in_folder(tmp_path, {"ghost.json": content})

    with pytest.raises(BadArchive) as refused:
        ghost(files)

    assert "ghost.json" in str(refused.value.problems[0].params["name"])


def test_a_picture_is_read_from_the_archive_and_no_larger_than_a_picture_may_be(tmp_path: Path) -> None:
    archive = ghost(in_folder(tmp_path, {"ghost.json": ghost_export({"slug": "a"}), "content/images/a.png": PICTURE}))
    with (tmp_path / "content/images/b.png").open("wb") as huge:
        huge.truncate(65 * 1024**2)
    again = ghost(FolderFiles(tmp_path))

    assert archive.picture("content/images/a.png") == PICTURE
    assert again.picture("content/images/b.png") is None
