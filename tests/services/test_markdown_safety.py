"""Whatever is typed, only harmless HTML comes out, and soon."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bench.prove import corpus
from services.markdown_html import MarkdownHtml
from services.markup.cleaning import clean

TAGS = re.compile(
    "html|head|body|p|h[2-6]|blockquote|ul|ol|li|pre|code|hr|br|em|strong|s|a|img|picture|source|figure|figcaption|div|"
    "span|table|thead|tbody|tr|th|td|sup|section|input|label|math|menclose|mfrac|mi|mmultiscripts|mn|mo|mover|mpadded|"
    "mphantom|mprescripts|mroot|mrow|mspace|msqrt|msub|msubsup|msup|mtable|mtd|mtext|mtr|munder|munderover"
)
ATTRIBUTES = re.compile(
    "href|title|rel|id|src|srcset|sizes|width|height|alt|loading|decoding|start|class|data-language|type|checked|disabled|"
    "role|display|alttext|displaystyle|scriptlevel|mathvariant|stretchy|fence|separator|movablelimits|symmetric|largeop|"
    "lspace|rspace|minsize|maxsize|accent|accentunder|linethickness|notation|voffset"
)
CLASSES = re.compile(
    r"[a-z][a-z0-9]{0,3}|highlight|code-(head|title|language)|table-wrap|ta-(left|center|right)|contains-task-list|"
    r"task-list-item|task-list-item-checkbox|footnote(s|-ref|s-sep|s-list|-item|-backref)|heading-link|math-(wrap|source)|"
    r"admonition(-title|-kind)?|note|tip|important|warning|caution|tone-[0-3]{3}|"
    r"m-(left|right|joined-left|joined-right|rule-right|rule-above|wide|half|back)"
)
IDS = re.compile(r"h-[a-z0-9-]+|fn(ref)?[0-9]+(:[0-9]+)?")
HREF = re.compile(r"[\x00-\x20]*(?:(?:https?|mailto|tel):|(?![a-z][a-z0-9+.\x00-\x20-]*:))", re.IGNORECASE)
SRC = re.compile(r"/media/\w[\w.-]*([?#]\S*)?")
SRCSET = re.compile(r"/media/\S+ [0-9]+w(, /media/\S+ [0-9]+w)*")
LENGTH = re.compile(r"-?[0-9]{0,5}(\.[0-9]+)?(em)?")
markdown = MarkdownHtml()


def assert_harmless(html: str) -> None:
    for node in LexborHTMLParser(html).css("*"):
        assert TAGS.fullmatch(node.tag or ""), node.html
        for name, value in node.attributes.items():
            assert ATTRIBUTES.fullmatch(name), node.html
            assert is_harmless(name, value or ""), node.html


def is_harmless(name: str, value: str) -> bool:
    patterns = {"id": IDS, "href": HREF, "src": SRC, "srcset": SRCSET, "width": LENGTH, "height": LENGTH}
    if name == "class":
        return all(CLASSES.fullmatch(word) for word in value.split())
    if name in patterns:
        matched = patterns[name].match(value) if name == "href" else patterns[name].fullmatch(value)
        return matched is not None
    return True


NASTY = [
    "<script>alert(1)</script>",
    "<script type='text/hyperscript'>on load log 1</script>",
    "<img src=x onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<div _='on load alert(1)' hx-get=/x hx-on:load=alert(1) data-hx-get=/x data-script='x'>",
    "<style>*{}</style>",
    "<iframe src=//x>",
    "<svg onload=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](vbscript:x)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](/media/x"onerror="alert(1))',
    "![x](/media/x 'a\" onerror=\"alert(1)')",
    '[x](/ "a\\" onmouseover=\\"alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    '```"onload="alert(1)\nx\n```',
    "```<script>\n</code></pre><script>alert(1)</script>\n```",
    "```html\n<script>alert(1)</script>\n```",
    "# <img src=x onerror=alert(1)>",
    "| <script> |\n|---|\n| <b onclick=x> |",
    "^[<script>alert(1)</script>]",
    "[^<b>]\n\n[^<b>]: x",
    "- [x] <input onfocus=alert(1) autofocus>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a\nhref='x'\nhx-get='/admin'>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "$\\href{javascript:alert(1)}{x}$ $\\text{<script>alert(1)</script>}$",
    "$$\n\\style{background:url(//x)}{x} \\class{btn}{y}\n$$",
    '[[post:x|<script>alert(1)</script>]] [[page:x"onclick=alert(1)]]',
    "> [!NOTE] <script>alert(1)</script>\n> <img src=x onerror=alert(1)>",
    '```python {1} title="<script>alert(1)</script>"\nx\n```',
]


@pytest.mark.parametrize("source", NASTY)
async def test_no_known_attack_survives(source: str) -> None:
    html = (await markdown.render(source, lang="en")).html

    assert_harmless(html)
    assert_harmless((await markdown.render(f"> - {source}\n\ntext {source} text", lang="en")).html)


@pytest.mark.parametrize("source", NASTY)
def test_the_last_gate_stands_alone(source: str) -> None:
    assert_harmless(clean(source))


def test_of_thousands_of_attacks_none_survives_the_last_gate() -> None:
    attacks = corpus.html()

    assert len(attacks) > 3_000
    for attack in attacks:
        cleaned = clean(attack)
        assert_harmless(cleaned)
        assert clean(cleaned) == cleaned


def test_of_thousands_of_attacks_none_survives_the_renderer() -> None:
    """Each fourth of them; `make prove` opens all in a browser."""
    attacks = corpus.markdown()

    assert len(attacks) > 5_000
    for attack in attacks[::4]:
        assert_harmless(markdown._rendered(attack, "en").html)


def test_the_last_gate_knows_what_mathematics_needs() -> None:
    kept = '<math display="block" alttext="x"><mo lspace="0.2em" stretchy="false">+</mo></math>'
    assert clean(kept) == kept
    assert clean('<math href="/x" style="x"><mo lspace="1em;x" onclick="y">+</mo></math>') == "<math><mo>+</mo></math>"
    assert clean('<math><mtable><mtr><mtd class="m-left evil" style="x">y</mtd></mtr></mtable></math>') == (
        '<math><mtable><mtr><mtd class="m-left">y</mtd></mtr></mtable></math>'
    )
    assert clean("<math><annotation-xml><p>x</p></annotation-xml><mglyph></mglyph></math>") == "<math></math><p>x</p>"


def test_the_last_gate_keeps_ids_classes_and_addresses_apart() -> None:
    assert clean('<h2 id="main" class="modal">x</h2>') == "<h2>x</h2>"
    assert clean('<a href="/x" id="fn1" class="btn" hx-get="/y">x</a>') == '<a href="/x" id="fn1" class="">x</a>'
    assert clean('<img src="http://x.example/y" alt="z">') == '<img alt="z">'
    assert clean('<input type="text" autofocus>') == "<input>"


pieces = st.sampled_from([*NASTY, *"[]()!*_~`<>|#-+:\"'\\&^ \n", "\n\n", "    ", "](", "[^", "```", "- [x] ", "|-|\n"])


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces | st.text(max_size=8), max_size=30).map("".join))
def test_no_text_gives_forbidden_markup(source: str) -> None:
    rendered = markdown._rendered(source, "en")

    assert_harmless(rendered.html)
    assert rendered.words >= 0


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_no_text_is_too_odd(source: str) -> None:
    assert_harmless(markdown._rendered(source, "en").html)


N = 100_000
MONSTERS = {
    "brackets": "[" * N,
    "closed brackets": "[[]" * N,
    "picture marks": "![" * N,
    "unfinished links": "[a](" * N,
    "quotes": "> " * N,
    "quotation marks": "'a " * N + 'a" ' * N,
    "lists": "- " * N,
    "quotes in lists": "> - " * N,
    "numbers": "1. " * N,
    "emphasis": "*a **a " * (N // 2),
    "emphasis inside out": "*a" * N + "b*" * N,
    "backticks": " ".join("`" * count for count in range(900)),
    "inline notes": "^[" * N,
    "references": "[^1]" * N + "\n\n[^1]: x",
    "notes": "".join(f"[^{number}]" for number in range(20_000))
    + "\n\n"
    + "\n".join(f"[^{n}]: x" for n in range(20_000)),
    "a wide table": f"|{'a|' * N}\n|{'-|' * N}\n|{'b|' * N}\n",
    "a long table": "|a|b|\n|-|-|\n" + "|x|y|\n" * (N // 2),
    "headings": "# a\n" * N,
    "lines": "a\n" * N * 2,
    "code": "```python\nx=(1+2)\n```\n" * (N // 5),
    "pictures": "![a](/media/x)" * (N // 4),
    "steps": "".join("  " * depth + "- a\n" for depth in range(600)),
    "angles": "<" * N,
    "zeros": "\x00" * N,
    "dollars": "$" * N,
    "unfinished formulas": "$a " * N,
    "formulas": "$\\frac{a}{b}$ " * N,
    "unfinished blocks of formulas": "$$a\n" * N,
    "an endless formula": "$$\n" + "\\sqrt{" * N,
    "nested formulas": "$$" + "{" * 3_000 + "}" * 3_000 + "$$\n\n$" + "\\sqrt" * 900 + "$",
    "hidden nesting": "$\\def\\a#1{" + "{" * 200 + "#1" + "}" * 200 + "}" + "\\a{" * 100 + "}" * 100 + "$",
    "escaped dollars": "$" + "\\$" * N,
    "alerts": "> [!NOTE] a\n> b\n\n" * (N // 5),
    "alerts in alerts": "".join("> " * depth + "[!NOTE] a\n" for depth in range(1, 300)),
    "wiki links": "[[post:a]]" * (N // 3),
    "unfinished wiki links": "[[post:a|" * N,
    "marked lines": "```python {1-99999,1-99999,1-99999}\nx\n```\n" * (N // 10),
    "own pictures": f"![](/media/{'a' * 32}.webp)\n" * (N // 4),
    "links of ours": "[a](/blog/a)" * (N // 3),
}


@pytest.mark.parametrize("name", MONSTERS)
def test_no_monster_takes_long(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.markdown_html.PARSING_SECONDS", 0.15)
    begin = time.thread_time()

    rendered = markdown._rendered(MONSTERS[name][:500_000], "en")

    assert time.thread_time() - begin < 1.5
    assert len(rendered.html) < 5_000_000
    assert "<script" not in rendered.html


def test_a_text_that_is_too_much_appears_as_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.markdown_html.PARSING_SECONDS", 0.1)
    rendered = markdown._rendered("one <b>\n\n" + "[[]" * N + "\n\nthree", "en")

    assert rendered.html.startswith("<p>one &lt;b&gt;</p>\n<p>[[][[]")
    assert rendered.html.endswith("<p>three</p>")


def test_half_a_character_does_no_harm() -> None:
    assert markdown._rendered("a \ud800 b", "en").html == "<p>a ? b</p>\n"
