import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from core.errors import Invalid
from services import markdown_writer
from services.markdown_writer import HTML_LENGTH, HtmlToMarkdown, written

READER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
MARKS = "*_`~[]()<>!#-+=|\\\"'&;:.1$ \n"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def read_again(markdown: str) -> str:
    return BeautifulSoup(READER.render(markdown), "lxml").get_text(" ")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h1>One</h1><h3>Three</h3>", "# One\n\n### Three"),
        ("<p>a <b>b</b> <i>c</i> <del>d</del> <code>e`f</code> g</p>", "a **b** *c* ~~d~~ ``e`f`` g"),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("<p>a<br><br>b<br></p>", "a\n\nb"),
        ("one<p>two</p>three", "one\n\ntwo\n\nthree"),
        ("<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>", "- a\n  1. b\n  2. c\n- d"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ('<ol start="9"><li>a</li><li><p>b</p><p>c</p></li></ol>', "9. a\n10. b\n\n    c"),
        ('<ul><li><input type="checkbox" checked> a</li><li>[ ] b</li></ul>', "- [x] a\n- [ ] b"),
        ('<p><a href="/a b(c)" title=\'t"t\'>x]</a></p>', '[x\\]](/a%20b%28c%29 "t\\"t")'),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "<https://a.example/>"),
        ('<p>wow!<a href="/x">y</a></p>', "wow\\![y](/x)"),
        ("<blockquote><p>a</p><p>b</p><cite>c</cite></blockquote>", "> a\n>\n> b\n>\n> — c"),
        ('<pre><code class="language-py">a &lt; b\n\n    c</code></pre>', "```py\na < b\n\n    c\n```"),
        ('<pre class="brush: js; gutter: false">x ```</pre>', "````js\nx ```\n````"),
        ('<div class="highlight-source-shell"><pre>ls</pre></div>', "```shell\nls\n```"),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb"),
        ("<dl><dt>Term</dt><dd>What it is</dd></dl>", "**Term**\n\nWhat it is"),
        ("<details><summary>More</summary><p>inside</p></details>", "**More**\n\ninside"),
        ("<p>H<sub>2</sub>O, x<sup>2</sup>, <mark>m</mark>, <u>u</u>, <q>q</q></p>", "H2O, x2, m, u, “q”"),
        ('<figure><img src="/a.png" alt="A"><figcaption>Say "hi"</figcaption></figure>', '![A](/a.png "Say \\"hi\\"")'),
        ('<figure><a href="/big"><img src="/a.png" alt="A"></a></figure>', "[![A](/a.png)](/big)"),
        ("<figure><pre>x</pre><figcaption>c</figcaption></figure>", "```\nx\n```\n\n*c*"),
        ('<iframe src="https://www.youtube.com/embed/abc?x=1"></iframe>', "<https://www.youtube.com/watch?v=abc>"),
        ('<video><source src="https://a.example/v.mp4"></video>', "<https://a.example/v.mp4>"),
        ('<object data="//a.example/o" title="O"></object>', "[O](https://a.example/o)"),
        ('<h2>T <a href="#t" class="anchor">#</a></h2>', "## T"),
        ('<div class="admonition tip"><p class="admonition-title">Tip</p><p>a</p></div>', "> [!TIP]\n> a"),
        ('<table><tr><td><p>only</p></td></tr><tr><td><p>layout</p></td></tr></table>', "only\n\nlayout"),
        ('<img src="data:image/png;base64,AAAA" alt="words">', "words"),
        ("<p>a</p><form><input value=x><select><option>o</select><button>b</button><p>c</p></form>", "a\n\nc"),
    ],
)  # fmt: skip
def test_html_has_its_words_in_markdown(html: str, markdown: str) -> None:
    assert written(html) == f"{markdown}\n"


def test_a_table_keeps_its_alignment_and_its_bars() -> None:
    html = (
        "<table><caption>Cities</caption><thead><tr><th>City</th><th style='text-align: right'>People</th></tr></thead>"
        "<tbody><tr><td>a | b</td><td align='right'>1</td></tr><tr><td colspan=2><b>x</b><br>y</td></tr></table>"
    )

    assert written(html) == "*Cities*\n\n| City | People |\n| --- | ---: |\n| a \\| b | 1 |\n| **x** y |  |\n"


def test_a_table_without_a_head_gets_an_empty_one() -> None:
    assert written("<table><tr><td>a</td><td>b</td></tr></table>") == "|  |  |\n| --- | --- |\n| a | b |\n"


def test_footnotes_come_back_as_footnotes() -> None:
    html = (
        '<p>One<sup><a href="#fn2">2</a></sup> two<sup><a href="#fn1">1</a></sup></p><hr class="footnotes-sep">'
        '<section class="footnotes"><ol><li id="fn1"><p>First <a href="#fnref1">↩</a></p></li>'
        '<li id="fn2"><p>Second</p><p>more</p></li></ol></section><p>End</p>'
    )

    assert written(html) == "One[^1] two[^2]\n\nEnd\n\n[^1]: Second\n\n    more\n\n[^2]: First\n"


def test_a_document_of_google_is_not_bold_all_through() -> None:
    html = (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr">'
        '<span style="font-weight:400">plain </span><span style="font-weight:700">bold</span>'
        '<span style="font-style:italic"> slanted</span></p></b>'
    )

    assert written(html) == "plain **bold** *slanted*\n"


def test_a_document_of_word_keeps_its_lists() -> None:
    html = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style><!-- p {margin:0} --></style>"
        "<!--[if gte mso 9]><xml><o:x>Settings</o:x></xml><![endif]--></head><body><!--StartFragment-->"
        "<p class=MsoNormal>Before<o:p></o:p></p>"
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>·  </span><![endif]>one</p>"
        "<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1. </span>two</p>"
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>three</p><!--EndFragment--></body></html>"
    )

    assert written(html) == "Before\n\n- one\n  1. two\n- three\n"


def test_formulas_keep_their_source() -> None:
    html = (
        '<p>So <span class="katex"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation>'
        '</semantics></math><span aria-hidden="true">x2</span></span>.</p><p><math><mi>y</mi></math></p>'
    )

    assert written(html) == "So $x^2$.\n\ny\n"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>a{}</style><svg><script>alert(1)</script></svg><noscript>n</noscript><!-- alert(1) -->",
        "<p style='display:none'>alert(1)</p><p hidden>alert(1)</p>",
        "<template><p>alert(1)</p></template><textarea>alert(1)</textarea>",
    ],
)
def test_what_acts_or_hides_is_gone(html: str) -> None:
    assert written(f"<p>a</p>{html}<p>b</p>") == "a\n\nb\n"


@pytest.mark.parametrize("address", ["javascript:alert(1)", " jAvAsCript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_an_address_that_acts_is_dropped_and_the_words_stay(address: str) -> None:
    assert (
        written(f'<p onclick="alert(1)"><a href="{address}">words</a> <img src="{address}" alt="p"></p>') == "words p\n"
    )


@pytest.mark.parametrize(
    "text",
    ["# no heading", "- no item", "1. no item", "2) no item", "> no quote", "---", "===", "* * *", "`no code`",
     "**no**", "~~no~~", "_no_ a_b_c", "[no](/link)", "![no](/p.png)", "<b>no</b>", "&amp; &copy;", "a | b",
     "[[post:no]]", "[^1]", "[^1]: no", "$no$", "\\", "a\\", ":::", "+ no", "```", "~~~", "<http://a.example>", ":---"],
)  # fmt: skip
def test_words_that_look_like_marks_stay_words(text: str) -> None:
    html = f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>"

    read = BeautifulSoup(READER.render(written(html)), "lxml")

    assert read.get_text().strip() == text
    assert [tag.name for tag in read.find_all(True)] == ["html", "body", "p"]


INLINE = st.sampled_from(["b", "i", "em", "strong", "s", "code", "span", "u", "a"])
BLOCK = st.sampled_from(["p", "div", "li", "blockquote", "h2", "ul", "ol", "td", "table", "tr", "pre", "figure"])
TEXT = st.text(st.sampled_from("abё" + MARKS), max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
TREES = st.recursive(
    TEXT,
    lambda inner: st.one_of(
        st.tuples(INLINE, TEXT).map(lambda t: f'<{t[0]} href="/x">{t[1]}</{t[0]}>'),
        st.tuples(st.one_of(INLINE, BLOCK), st.lists(inner, max_size=4)).map(
            lambda t: f"<{t[0]}>{''.join(t[1])}</{t[0]}>"
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf"]), max_size=40),
        max_size=5,
    )
)
def test_paragraphs_keep_every_word(paragraphs: list[str]) -> None:
    html = "".join(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>" for text in paragraphs)

    assert words(read_again(written(html))) == words(" ".join(paragraphs))


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_any_nesting_keeps_the_letters(html: str) -> None:
    before = BeautifulSoup(html, "lxml").get_text()

    letters = re.findall("[abё]", read_again(written(html)))

    assert letters == re.findall("[abё]", before)


@pytest.mark.parametrize(
    "html",
    ["<div>" * 50_000 + "end", "<b><i>" * 20_000 + "end", "<table><tr><td>" * 10_000 + "end",
     "<ul><li>" * 20_000 + "end", "<!--" * 100_000, "<a " * 100_000, "<" * 500_000, "<blockquote>" * 30_000,
     "<p>" * 300_000,
     "<script>" * 50_000, "```\n" * 100_000, "&" * 500_000],
    ids=lambda html: html[:8],
)  # fmt: skip
def test_hostile_html_comes_to_an_end(html: str) -> None:
    assert len(written(html)) < 4 * len(html)


def test_what_takes_too_much_work_comes_as_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown_writer, "WRITING_SECONDS", -1.0)

    assert written("<p>one <b>two</b></p>\n\n<script>x < y</script><p>*three*</p>") == "one two\n\n\\*three\\*\n"


def test_too_long_html_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        written("x" * (HTML_LENGTH + 1))

    assert [problem.field for problem in refused.value.problems] == ["html"]


async def test_pasted_html_is_written_off_the_event_loop() -> None:
    writer = HtmlToMarkdown()
    try:
        assert await writer.from_html("<p>a <b>b</b>\x00\ud800</p>") == "a **b**?\n"
    finally:
        writer.close()
