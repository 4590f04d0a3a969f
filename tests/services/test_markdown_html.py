"""What writers get for what they type."""

import asyncio

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.errors import Unavailable
from core.markdown import Rendered
from services.markdown_html import VERSION, MarkdownHtml

markdown = MarkdownHtml()


async def html(source: str) -> str:
    return (await markdown.render(source, lang="en")).html


async def tree(source: str) -> LexborHTMLParser:
    return LexborHTMLParser(await html(source))


async def one(source: str, selector: str) -> LexborNode:
    found = (await tree(source)).css(selector)
    assert len(found) == 1, found
    return found[0]


async def test_nothing_is_nothing() -> None:
    assert await markdown.render("", lang="en") == Rendered(html="", version=VERSION, words=0)


async def test_the_version_is_the_renderers() -> None:
    assert markdown.version == VERSION


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a *b* **c** `d` ~~e~~", "<p>a <em>b</em> <strong>c</strong> <code>d</code> <s>e</s></p>\n"),
        ("> wise", "<blockquote>\n<p>wise</p>\n</blockquote>\n"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>\n'),
        ("a  \nb\n\n---", "<p>a<br>\nb</p>\n<hr>\n"),
        ("<b>raw</b> & <!-- x -->", "<p>&lt;b&gt;raw&lt;/b&gt; &amp; &lt;!-- x --&gt;</p>\n"),
    ],
)
async def test_commonmark(source: str, expected: str) -> None:
    assert await html(source) == expected


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ("# a\n## b\n### c", ["h2", "h3", "h4"]),
        ("## a\n### b\n## c", ["h2", "h3", "h2"]),
        ("### a\n#### b", ["h2", "h3"]),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", ["h2", "h3", "h4", "h5", "h6", "h6"]),
        ("a\n===\nb\n---", ["h2", "h3"]),
    ],
)
async def test_headings_begin_below_the_pages_own(source: str, tags: list[str]) -> None:
    assert [node.tag for node in (await tree(source)).css("h1, h2, h3, h4, h5, h6")] == tags


async def test_headings_have_addresses_that_no_page_has() -> None:
    source = "# Hello *World*\n## Привет `мир`\n## Hello World\n## Hello World 2\n## Hello World\n## !!!\n## !!!"

    ids = [node.attributes["id"] for node in (await tree(source)).css("h2, h3")]

    assert ids[:2] == ["h-hello-world", "h-privet-mir"]
    assert ids[5:] == ["h-section", "h-section-2"]
    assert len(set(ids)) == len(ids)
    assert all(identifier and identifier.startswith("h-") for identifier in ids)


async def test_code_is_coloured_by_classes() -> None:
    box = await one('```Python title="x"\ndef f(): return "<b>"\n```', "div.highlight")

    assert box.attributes["data-language"] == "python"
    assert box.css_first("pre > code > span.k") is not None
    assert [pre.text() for pre in box.css("pre")] == ['def f(): return "<b>"\n']


@pytest.mark.parametrize("source", ["```\na < b\n```", "    a < b", "```c`x\na < b\n```", '```"onload=\na < b\n```'])
async def test_code_of_no_language_is_left_alone(source: str) -> None:
    assert "<pre><code>a &lt; b\n</code></pre>" in await html(source) or "`" in source[3:]


async def test_code_of_an_unknown_language_keeps_its_name() -> None:
    box = await one("```quux\na < b\n```", "div.highlight")

    assert box.attributes["data-language"] == "quux"
    assert box.css("pre span") == []


async def test_long_code_stays_black_and_white() -> None:
    box = await one("```python\n" + "x = 1\n" * 5_000 + "```", "div.highlight")

    assert box.css("pre span") == []


async def test_a_picture_alone_is_a_figure() -> None:
    figure = await one('![A boat](/media/boat.webp "Day four")', "figure")
    picture = figure.css_first("img")

    assert picture is not None
    assert picture.attributes == {"src": "/media/boat.webp", "alt": "A boat", "decoding": "async"}
    assert [caption.text() for caption in figure.css("figcaption")] == ["Day four"]
    assert (await tree("![A boat](/media/boat.webp)")).css("figcaption") == []


async def test_a_picture_that_links_is_a_figure_too() -> None:
    await one('[![A boat](/media/boat.webp "Day four")](/media/boat.webp)', "figure > a > img")
    await one('[![A boat](/media/boat.webp "Day four")](/media/boat.webp)', "figure > figcaption")


async def test_a_picture_among_words_stays_there() -> None:
    await one("See ![A boat](/media/boat.webp) here", "p > img")


@pytest.mark.parametrize("list_item", ["- ![A boat](/media/boat.webp)"])
async def test_a_picture_in_a_tight_list_stays_there(list_item: str) -> None:
    await one(list_item, "li > img")


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/x.png",
        "//evil.example/x.png",
        "data:image/png;base64,AAAA",
        "boat.webp",
        "/other",
        "x:y",
        "/media/../logout",
        "/media/%2e%2e/logout",
        "/media/./x/../../logout",
    ],
)
async def test_pictures_come_from_the_site_itself(address: str) -> None:
    found = await tree(f"![A *boat*]({address})")

    assert found.css("img") == []
    assert "boat" in found.text()


@pytest.mark.parametrize(("alt", "shown"), [("A boat", "A boat"), ("", "https://example.org/boat.webp")])
async def test_a_picture_elsewhere_is_a_link_to_it(alt: str, shown: str) -> None:
    link = await one(f"![{alt}](https://example.org/boat.webp)", "a")

    assert link.attributes == {"href": "https://example.org/boat.webp", "rel": "noopener"}
    assert link.text() == shown


async def test_a_picture_elsewhere_within_a_link_is_its_words() -> None:
    link = await one("[![A boat](https://example.org/boat.webp)](/blog)", "a")

    assert (link.attributes["href"], link.text()) == ("/blog", "A boat")


@pytest.mark.parametrize(
    "address", ["/blog/x", "#fn1", "?page=2", "x.html", "https://a.example", "mailto:a@b.example", "tel:+46701234567"]
)
async def test_links_lead_somewhere(address: str) -> None:
    link = await one(f"[there]({address})", "a")

    assert link.attributes["href"] == address


@pytest.mark.parametrize("address", ["https://a.example/", "http://a.example/", "//a.example/", "HTTPS://a.example/"])
async def test_links_elsewhere_give_nothing_away(address: str) -> None:
    assert (await one(f"[there]({address})", "a")).attributes["rel"] == "noopener"
    assert "rel" not in (await one("[here](/blog)", "a")).attributes


async def test_tables_are_aligned_by_classes_in_a_box() -> None:
    source = "| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |"
    cells = (await tree(source)).css("div.table-wrap > table td")

    assert [cell.attributes.get("class") for cell in cells] == ["ta-left", "ta-center", "ta-right", None]
    assert "style" not in await html(source)


async def test_a_table_has_a_hundred_columns_at_most() -> None:
    widths = [len((await tree(f"|{'a|' * width}\n|{'-|' * width}")).css("th")) for width in (100, 101)]

    assert widths == [100, 0]


async def test_task_lists_are_labelled_boxes() -> None:
    boxes = (await tree("- [ ] open\n- [x] **done**\n- plain")).css(
        "ul.contains-task-list > li.task-list-item > label > input"
    )

    assert [box.attributes["type"] for box in boxes] == ["checkbox", "checkbox"]
    assert ["checked" in box.attributes for box in boxes] == [False, True]
    assert all("disabled" in box.attributes for box in boxes)


async def test_footnotes_lead_there_and_back() -> None:
    found = await tree("One[^a], again[^a], two^[inline].\n\n[^a]: The *note*.")
    ids = {node.attributes["id"] for node in found.css("[id]")}

    assert [ref.text() for ref in found.css("sup.footnote-ref > a")] == ["1", "1", "2"]
    assert len(found.css("section.footnotes > ol.footnotes-list > li.footnote-item")) == 2
    assert {(node.attributes["href"] or "")[1:] for node in found.css("sup a, a.footnote-backref")} <= ids


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Three short words", 3),
        ("# Heading\n\nit's well-known, **bold**`code` and [link](/x)", 6),
        ("```python\nnot counted at all\n```\n\none", 1),
        ("Слова считаются тоже", 3),
        ("note^[of two]", 3),
        ("| a | b |\n|---|---|\n| c | d |", 4),
    ],
)
async def test_words_are_what_a_reader_reads(source: str, words: int) -> None:
    assert (await markdown.render(source, lang="en")).words == words


async def test_too_many_texts_at_once_are_refused() -> None:
    crowded = MarkdownHtml()

    answers = await asyncio.gather(
        *(crowded.render("# a\n" * 50, lang="en") for _ in range(30)), return_exceptions=True
    )

    assert 1 <= sum(isinstance(answer, Unavailable) for answer in answers) <= 13
    crowded.close()


async def test_an_empty_corner_of_a_table_is_no_heading() -> None:
    shown = await tree("| | a |\n|---|---|\n| b | c |")
    assert [node.tag for node in shown.css("thead tr > *")] == ["td", "th"]
