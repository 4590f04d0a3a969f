"""What the site knows of what a text mentions, and what a reader would miss."""

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.markdown import Finding, FindingKind, LinkTarget, Rendered, ShownPicture, Surroundings, Variant
from services.markdown_html import MarkdownHtml

STEM, OTHER = "0123456789abcdef" * 2, "fedcba9876543210" * 2
KEY = f"{STEM}.webp"
markdown = MarkdownHtml()


def variant(width: int, kind: str, suffix: str = "") -> Variant:
    return Variant(key=f"{STEM}-{width}w.{suffix or kind}", content_type=f"image/{kind}", width=width)


PICTURE = ShownPicture(
    width=2000,
    height=1000,
    colour="#80C01f",
    variants=(
        variant(960, "avif"),
        variant(480, "avif"),
        variant(480, "webp"),
        variant(960, "webp"),
        variant(1600, "jpeg", "jpg"),
    ),
)
AROUND = Surroundings(
    pictures={KEY: PICTURE},
    targets={
        "post:here": LinkTarget(url="/blog/here-now", title='Here & "now"'),
        "matrix:dns": LinkTarget(url="/matrix/net/dns", title="What is DNS?"),
        "page:hidden": LinkTarget(url="/pages/hidden", title="Hidden", is_public=False),
    },
)


def rendered(source: str, around: Surroundings | None = AROUND) -> Rendered:
    return markdown._rendered(source, "none", around)


def nodes(source: str, selector: str, around: Surroundings | None = AROUND) -> list[LexborNode]:
    return LexborHTMLParser(rendered(source, around).html).css(selector)


def found(source: str) -> list[tuple[int, FindingKind, str]]:
    return [(finding.line, finding.kind, finding.subject) for finding in rendered(source).findings]


def test_a_picture_comes_in_the_size_and_format_that_fits() -> None:
    [picture] = nodes(f"![A boat](/media/{KEY})", "figure > picture")
    avif, webp, img = picture.css("source, img")

    assert avif.attributes["type"] == "image/avif"
    assert avif.attributes["srcset"] == f"/media/{STEM}-480w.avif 480w, /media/{STEM}-960w.avif 960w"
    assert webp.attributes["srcset"] == (
        f"/media/{STEM}-480w.webp 480w, /media/{STEM}-960w.webp 960w, /media/{KEY} 2000w"
    )
    assert avif.attributes["sizes"] == webp.attributes["sizes"] != ""
    assert img.attributes == {
        "src": f"/media/{STEM}-1600w.jpg",
        "alt": "A boat",
        "width": "2000",
        "height": "1000",
        "class": "tone-230",
        "decoding": "async",
    }


def test_a_picture_without_variants_has_its_size() -> None:
    around = Surroundings(pictures={KEY: ShownPicture(width=30, height=20)})

    [picture] = nodes(f"![x](/media/{KEY})", "img", around)

    assert (picture.attributes["src"], picture.attributes["width"]) == (f"/media/{KEY}", "30")


def test_all_pictures_but_the_first_may_come_late() -> None:
    pictures = nodes(f"![a](/media/{KEY})\n\ntext ![b](/media/{KEY})\n\n![c](/media/{KEY})", "img")

    assert [picture.attributes.get("loading") for picture in pictures] == [None, "lazy", "lazy"]


@pytest.mark.parametrize(
    ("picture", "tone"),
    [
        (ShownPicture(width=1, height=1, colour="#000000"), "tone-000"),
        (ShownPicture(width=1, height=1, colour="#ffffff"), "tone-333"),
        (ShownPicture(width=1, height=1, colour="#3f40c0"), "tone-013"),
        (ShownPicture(width=1, height=1), ""),
        (ShownPicture(width=1, height=1, colour="red"), ""),
        (ShownPicture(width=1, height=1, colour="#000000", variants=(variant(1, "png"),)), ""),
    ],
)
def test_a_colour_stands_in_unless_one_could_see_through(picture: ShownPicture, tone: str) -> None:
    assert picture.tone == tone


def test_pictures_are_told_by_line() -> None:
    source = f"![ ](/media/{KEY})\n\nwords\n![x](/media/{OTHER}.webp)\n\n| a |\n|---|\n| ![](/media/{KEY}) |"

    assert found(source) == [
        (1, FindingKind.MISSING_ALT, f"/media/{KEY}"),
        (4, FindingKind.MISSING_PICTURE, f"/media/{OTHER}.webp"),
        (8, FindingKind.MISSING_ALT, f"/media/{KEY}"),
    ]


@pytest.mark.parametrize("words", ["-", " - ", "`-`"])
def test_a_hyphen_says_that_a_picture_says_nothing(words: str) -> None:
    source = f"![{words}](/media/{KEY})"
    assert found(source) == []
    assert nodes(source, "img")[0].attributes["alt"] == ""


def test_a_picture_of_another_site_without_words_is_a_link_by_its_address() -> None:
    assert nodes("![-](https://example.org/a.png)", "a")[0].text() == "https://example.org/a.png"


def test_words_of_a_picture_may_stand_in_code_or_in_another_picture() -> None:
    assert found(f"![`x`](/media/{KEY}) ![![y](/media/{KEY})](/media/{KEY}) ![\\*](/media/{KEY})") == []


def test_a_wiki_link_leads_to_where_its_target_is_now() -> None:
    named, labelled, other = nodes("[[post:here]], [[ post : here | so *said* ]] and [[matrix:dns]]", "a")

    assert (named.attributes, named.text()) == ({"href": "/blog/here-now"}, 'Here & "now"')
    assert (labelled.attributes["href"], labelled.text()) == ("/blog/here-now", "so *said*")
    assert (other.attributes["href"], other.text()) == ("/matrix/net/dns", "What is DNS?")


@pytest.mark.parametrize(
    ("source", "text", "kind"),
    [
        ("[[post:gone]]", "gone", FindingKind.BROKEN_LINK),
        ("[[post:gone|words]]", "words", FindingKind.BROKEN_LINK),
        ("[[page:hidden]]", "hidden", FindingKind.HIDDEN_LINK),
        ("[[page:hidden|words]]", "words", FindingKind.HIDDEN_LINK),
    ],
)
def test_a_wiki_link_to_nothing_is_its_words(source: str, text: str, kind: FindingKind) -> None:
    made = rendered(f"see\n{source}")

    assert made.html == f"<p>see\n{text}</p>\n"
    assert made.findings == (Finding(kind=kind, line=2, subject=source.strip("[]").partition("|")[0]),)


@pytest.mark.parametrize(
    "source",
    ["`[[post:here]]`", "    [[post:here]]", "```\n[[post:here]]\n```", "\\[[post:here]]", "[[user:x]]", "[[post:]]"],
)
def test_what_is_no_wiki_link_stays(source: str) -> None:
    made = rendered(source)

    assert "[[" in made.html
    assert (made.mentions, made.findings) == ((), ())


def test_a_wiki_link_within_a_link_wins_as_any_link_does_and_within_a_picture_it_is_its_words() -> None:
    assert [link.attributes["href"] for link in nodes("[a [[post:here]] b](/x)", "a")] == ["/blog/here-now"]
    assert [picture.attributes["alt"] for picture in nodes(f"![a [[post:here|b]]](/media/{KEY})", "img")] == ["a b"]


def test_a_wiki_link_in_a_heading_and_in_a_table() -> None:
    assert nodes("# On [[matrix:dns]]", "h2")[0].attributes["id"] == "h-on-what-is-dns"
    assert nodes("| a |\n|---|\n| [[post:here\\|b]] |", "td > a")[0].text() == "b"


def test_with_nothing_known_nothing_is_missed() -> None:
    made = rendered(f"[[post:here|a]] [[page:b]] [c](/blog/gone) ![d](/media/{OTHER}.webp)", None)

    assert made.html.startswith('<p>a b <a href="/blog/gone">c</a> <img')
    assert made.findings == ()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/blog/gone", FindingKind.BROKEN_LINK),
        ("/blog/gone#there", FindingKind.BROKEN_LINK),
        ("/pages/gone/?x=1", FindingKind.BROKEN_LINK),
        ("/pages/hidden", FindingKind.HIDDEN_LINK),
        (f"/media/{OTHER}.webp", FindingKind.BROKEN_LINK),
        ("/blog/here", None),
        (f"/media/{KEY}", None),
        ("/blog", None),
        ("/blog/tags", None),
        ("/blog/2026", None),
        ("/blog/tags/gone", None),
        ("/blog/feed.atom", None),
        ("https://a.example/blog/gone", None),
    ],
)
def test_a_link_of_ours_stays_a_link_and_is_told_when_it_leads_to_nothing(
    address: str, told: FindingKind | None
) -> None:
    made = rendered(f"[x]({address})")

    assert [link.attributes["href"] for link in nodes(f"[x]({address})", "a")] == [address]
    assert made.findings == ((Finding(kind=told, line=1, subject=address),) if told else ())


def test_what_a_text_mentions_is_what_it_shows() -> None:
    source = (
        f"[[post:here]] [b](/pages/about) [[matrix:dns]] [c](/media/{KEY}) ![d](/media/{OTHER}.webp?x)\n\n"
        "`[[post:code]]` [e](https://a.example/blog/far) [[post:here]]\n\nx[^1]\n\n"
        "[^1]: [[post:note]]\n\n[^2]: [[post:unread]]"
    )

    assert rendered(source).mentions == (
        "matrix:dns",
        f"media:{KEY}",
        f"media:{OTHER}.webp",
        "page:about",
        "post:here",
        "post:note",
    )


def test_findings_in_notes_are_told_where_they_are_written() -> None:
    source = "a^[b\n[[post:one]]]\nc[^1]\n\n[^1]: d\n    [[post:two]]\n\n> e\n> - [[post:three]]"

    assert [(line, subject) for line, _, subject in found(source)] == [
        (2, "post:one"),
        (6, "post:two"),
        (9, "post:three"),
    ]


def test_links_in_notes_are_marked_like_others() -> None:
    [link, _] = nodes("a^[[x](https://a.example)]", "li a")

    assert link.attributes["rel"] == "noopener"


def test_findings_in_advice_are_told_where_they_are_written() -> None:
    source = "a\n\n> [!NOTE] b [[post:one]]\n> c\n> [[post:two]]"

    assert [(line, subject) for line, _, subject in found(source)] == [(3, "post:one"), (5, "post:two")]


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("# A *b*\n\nc  \nd `e`\n\n```\nnot this\n```\n\n- f\n- [g](/x)", "A b c d e f g"),
        (f'![alt](/media/{KEY} "Caption")', "Caption"),
        ("> [!NOTE] Title\n> body", "Title body"),
        ("a $x^2$ b", "a b"),
        ("[[post:here]] [[page:gone|words]]", 'Here & "now" words'),
        ("<b>x</b> &amp; y", "<b>x</b> & y"),
    ],
)
def test_plain_words_for_the_search(source: str, plain: str) -> None:
    assert rendered(source).plain == plain


def test_what_is_too_much_has_its_words_and_mentions_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.markdown_html.HTML_LENGTH", 10)
    made = rendered("[[post:gone]]  *two*")

    assert (made.plain, made.mentions, made.findings) == ("[[post:gone]] *two*", (), ())
