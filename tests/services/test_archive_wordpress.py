from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.blog.archives import BadArchive, FoundItem
from core.blog.entities import PostKind
from services.archives.files import OneFile
from services.archives.fitting import Notes
from services.archives.wordpress_text import Attachment, WordPressTexts
from tests.services.packing import (
    PICTURE,
    SAMPLES,
    found,
    in_folder,
    in_zip,
    notes_of,
    skipped,
    wordpress,
    wxr,
    wxr_item,
)  # fmt: skip

UPLOADS = "wp-content/uploads/sites/2/2026/04"
IMAGES = ("harbour.jpg", "bridge.png", "Зимний-лес.jpg", "feature.jpg")


@pytest.fixture(scope="module")
def alone() -> dict[str, FoundItem]:
    return found(wordpress(OneFile(SAMPLES / "wordpress.xml")))


@pytest.fixture(scope="module")
def with_pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FoundItem]:
    files: dict[str, str | bytes] = {f"{UPLOADS}/{name}": PICTURE for name in IMAGES}
    files["wordpress.xml"] = (SAMPLES / "wordpress.xml").read_bytes()
    return found(wordpress(in_zip(tmp_path_factory.mktemp("wp") / "a.zip", files)))


def test_the_sample_comes_over_whole(alone: dict[str, FoundItem]) -> None:
    assert Counter((item.kind, item.is_public) for item in alone.values()) == {
        (PostKind.POST, True): 3,
        (PostKind.POST, False): 1,
        (PostKind.PAGE, True): 1,
    }
    assert list(alone) == [
        "classic-post", "a-draft-that-is-not-finished", "contact", "tour-of-blocks", "zametki-o-sborke",
    ]  # fmt: skip
    assert [slug for slug, item in alone.items() if item.text.is_pinned] == ["tour-of-blocks"]
    assert [item.text.problems()[0].field for item in alone.values()] == ["lang"] * 5
    assert skipped(wordpress(OneFile(SAMPLES / "wordpress.xml"))) == {
        "WordPress attachment 106 feature": "Files come with the posts that show them.",
    }


def test_its_dates_are_those_of_greenwich(alone: dict[str, FoundItem]) -> None:
    assert alone["classic-post"].published_at == datetime(2019, 7, 15, 15, tzinfo=UTC)
    assert alone["tour-of-blocks"].published_at == datetime(2026, 4, 1, 21, 30, tzinfo=UTC)
    assert alone["contact"].updated_at == datetime(2026, 4, 1, 8, tzinfo=UTC)
    draft = alone["a-draft-that-is-not-finished"]
    assert (draft.published_at, draft.created_at) == (None, datetime(2026, 11, 23, 5, 40, 16, tzinfo=UTC))


def test_slugs_are_decoded_and_the_old_addresses_lead_here(alone: dict[str, FoundItem]) -> None:
    assert alone["zametki-o-sborke"].old_paths == ("/заметки-о-сборке", "/?p=111")
    assert alone["contact"].old_paths == ("/contact", "/?page_id=120")
    assert alone["a-draft-that-is-not-finished"].old_paths == ("/?p=112",)
    assert "The address “заметки-о-сборке” became “zametki-o-sborke”." in notes_of(alone["zametki-o-sborke"])


def test_tags_categories_and_authors_come_along(alone: dict[str, FoundItem]) -> None:
    assert alone["tour-of-blocks"].text.tags == ("field-notes", "notes", "travel-notes", "карелия")
    assert alone["zametki-o-sborke"].text.tags == ("заметки", "снег", "карелия")
    assert (alone["contact"].author_name, alone["zametki-o-sborke"].author_name) == ("admin", "Мария Второва")
    text = alone["tour-of-blocks"].text
    assert text.title == 'A tour of the blocks & "quotes"'
    assert text.description == "A hand-written excerpt with HTML & an ampersand."
    assert text.meta_description == "Meta description of the tour"


def test_blocks_become_markdown(with_pictures: dict[str, FoundItem]) -> None:
    body = with_pictures["tour-of-blocks"].text.body

    for part in (
        "Block editor: **bold**, *italic*, `code`, ~~struck~~, an emoji 🚲, [an internal link](https://old.example/post-1/)",
        f'![A harbour](import:{UPLOADS}/harbour.jpg "The harbour at noon")',
        f"![A bridge](import:{UPLOADS}/bridge.png)",
        '%D0%BB%D0%B5%D1%81.jpg "Зимний лес")',
        '```\n<?php\n// escape me: <b> & "quotes" ]]> and raw ]]>\necho $a["x"]',
        "'none';\n\treturn; \\n \\\\ [gallery]\n```",
        "```\ntwo  spaces\nsecond line\n```",
        "| City | Population |\n| --- | ---: |\n| Тверь | 416 000 |\n| a \\| b | 1 |\n\n*A table caption*",
        "> A quotation.\n>\n> — Its author",
        "- one\n- two\n  1. nested",
        "<https://www.youtube.com/watch?v=aqz-KE-bpKQ>\n\n*A video*\n\n---",
        "Left column\n\n[Press](/pages/contact)\n\nCustom HTML block with `Ctrl`",
    ):
        assert part in body.replace("\u00a0", " ")
    assert "never run me" not in body
    assert body.count("![A harbour]") == 2  # the gallery of ids finds what is shown elsewhere


def test_a_classic_text_gets_its_paragraphs(with_pictures: dict[str, FoundItem]) -> None:
    assert with_pictures["classic-post"].text.body == (
        "A classic post: no block comments and **no p tags**,\\\na single newline is a line break.\n\n"
        f"A blank line starts a paragraph. [Attachment link](import:{UPLOADS}/harbour.jpg)"
        " and [a root-relative link](https://old.example/post-2/).\n\n"
        f'![A harbour](import:{UPLOADS}/harbour.jpg "The harbour with a link (https://example.org/)")\n\n'
        "## Gallery\n\n"
        f"![A bridge](import:{UPLOADS}/bridge.png)\n\n"
        f"![Лес](import:{UPLOADS}/%D0%97%D0%B8%D0%BC%D0%BD%D0%B8%D0%B9-%D0%BB%D0%B5%D1%81.jpg)\n\n"
        "```py\ndef f(a, b):\n    return a < b  # kept as it is\n```\n\n"
        "> A quotation.\n\n- one\n- two\n\n<https://www.youtube.com/watch?v=aqz-KE-bpKQ>\n\n<https://vimeo.com/76979871>\n\n"
        "inner text \\[escaped\\]\n\nSecond page of the same post.\n"
    )


def test_what_was_left_out_is_told(alone: dict[str, FoundItem]) -> None:
    tour, classic = notes_of(alone["tour-of-blocks"]), notes_of(alone["classic-post"])

    assert "Comments are not imported; it had 5." in tour
    assert "Comments are not imported; it had 2." in classic
    assert "The block “latest-posts” shows what WordPress itself makes and was left out." in tour
    assert "The reusable block 108 is not in the archive and was left out." in tour
    assert "Picture 107 of a gallery is not in the export and was left out." in classic
    assert any("unknown_plugin" in note for note in classic)
    assert "A link leads to https://old.example/?p=12, which is not in the archive; it was left as it is." in tour


def test_originals_are_taken_and_missing_ones_told(
    alone: dict[str, FoundItem], with_pictures: dict[str, FoundItem]
) -> None:
    assert [picture.filename for picture in with_pictures["tour-of-blocks"].pictures] == [
        "feature.jpg", "harbour.jpg", "bridge.png", "Зимний-лес.jpg",
    ]  # fmt: skip
    assert with_pictures["tour-of-blocks"].text.cover == f"{UPLOADS}/feature.jpg"
    assert with_pictures["zametki-o-sborke"].text.cover_alt == "Лес"
    assert all(item.missing == () for item in with_pictures.values())
    assert len({address for item in alone.values() for address in item.missing}) == 4
    assert (
        "[Лес](https://old.example/wp-content/uploads/sites/2/2026/04/Зимний-лес.jpg)"
        in alone["zametki-o-sborke"].text.body
    )


def test_links_between_items_lead_to_where_they_stand_now(tmp_path: Path) -> None:
    links = "https://old.example/2024/05/item-2/#Part-One /2024/05/item-2 https://old.example/?p=2 http://www.old.example/item-2/"
    html = " ".join(f'<a href="{address}">x</a>' for address in [*links.split(), "?p=2", "https://old.example/"])
    files = in_folder(tmp_path, {"wordpress.xml": wxr(wxr_item(html), wxr_item(number=2))})

    assert found(wordpress(files))["item-1"].text.body == (
        "[x](/blog/item-2#h-part-one) [x](/blog/item-2) [x](/blog/item-2) [x](/blog/item-2) [x](/blog/item-2)"
        " [x](https://old.example/)\n"
    )


@pytest.mark.parametrize(
    ("said", "is_public", "note"),
    [
        ({"post_password": "sample"}, False, "It was behind a password and comes as a draft."),
        ({"status": "private"}, False, "It was private and comes as a draft."),
        ({"status": "pending"}, False, "It waited for approval and comes as a draft."),
        ({"status": "draft"}, False, None),
        ({"status": "future", "post_date_gmt": "2030-01-15 09:00:00"}, True, None),
    ],
)
def test_only_what_everybody_could_read_is_public(
    tmp_path: Path, said: dict[str, str], is_public: bool, note: str | None
) -> None:
    item = found(wordpress(in_folder(tmp_path, {"wordpress.xml": wxr(wxr_item("x", number=1, more="", **said))})))[
        "item-1"
    ]

    assert item.is_public is is_public
    assert (item.published_at is not None) is is_public
    assert notes_of(item) == ([note] if note else [])


def test_every_other_kind_of_item_is_told(tmp_path: Path) -> None:
    kinds = ("nav_menu_item", "wp_block", "attachment", "product", "")
    items = [wxr_item(number=number, post_type=kind) for number, kind in enumerate(kinds, start=1)]
    trash = wxr_item(number=9, status="trash", post_name="x__trashed")

    archive = wordpress(in_folder(tmp_path, {"wordpress.xml": wxr(*items, trash), "other.xml": "<a/>"}))

    assert not found(archive)
    assert list(skipped(archive).values()) == [
        "Menus are not imported.",
        "Reusable blocks come within the posts that use them.",
        "Files come with the posts that show them.",
        "“product” is neither a post nor a page.",
        "“” is neither a post nor a page.",
        "It was in the trash.",
        "This file is no part of the export that is read.",
    ]


def test_a_reusable_block_stands_where_it_is_used_and_never_in_itself(tmp_path: Path) -> None:
    block = '<p>shared</p><!-- wp:block {"ref":7} /-->'
    items = wxr_item('<!-- wp:block {"ref":7} /-->'), wxr_item(block, number=7, post_type="wp_block")

    item = found(wordpress(in_folder(tmp_path, {"wordpress.xml": wxr(*items)})))["item-1"]

    assert item.text.body == "shared\n\nshared\n\nshared\n"


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("[1] and [sic] stay", "<p>[1] and [sic] stay</p>"),
        ("a <code>[gallery ids='1']</code>", "<p>a <code>[gallery ids='1']</code></p>"),
        ("[gallery]", ""),
        ('[gallery ids="1"]', '<figure><img src="/a.png" alt="A"><figcaption>C</figcaption></figure>'),
        (
            '[audio mp3="https://a.example/a.mp3"]',
            '<p><a href="https://a.example/a.mp3">https://a.example/a.mp3</a></p>',
        ),
        ('[code language="php"]a < b[/code]', '<pre class="language-php">a &lt; b</pre>'),
        ("[php]a &lt; b[/php]", '<pre class="language-php">a &lt; b</pre>'),
        ("[box color='x']a [b k=1]c[/b] d[/box]", "<p>a c d</p>"),
        ("<ul>\n<li>a</li>\n</ul>\nb\nc", "<ul>\n<li>a</li>\n</ul>\n<p>b<br>\nc</p>"),
        ("<!-- wp:nextpage /-->a", "a"),
        ("<!-- wp:x/y {broken} /-->a", "a"),
    ],
)
def test_shortcodes_and_paragraphs(content: str, html: str) -> None:
    texts = WordPressTexts({"1": Attachment("/a.png", "A", "C")}, {})

    assert texts.html(content, Notes()).replace("\n", "") == html.replace("\n", "")


def test_characters_that_xml_forbids_are_dropped(tmp_path: Path) -> None:
    files = in_folder(tmp_path, {"wordpress.xml": wxr(wxr_item("a\x08b\x0cc"))})

    assert found(wordpress(files))["item-1"].text.body == "abc\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><a>&b;</a>', "declares entities"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "declares entities"),
        ("<a>" * 100_000, "no XML"),
        (wxr(wxr_item("a"))[:-30], "no XML"),
        ("", "no XML"),
        ('<?xml version="1.0" encoding="nonsense"?><a/>', "no XML"),
        ("<rss><channel><item><title>x</title></item></channel></rss>", "no export of WordPress"),
    ],
)
def test_hostile_and_broken_xml_is_refused_with_a_reason(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(BadArchive) as refused:
        wordpress(in_folder(tmp_path, {"wordpress.xml": content}))

    assert reason in refused.value.problems[0].message
