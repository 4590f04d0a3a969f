"""Headings that lead to themselves, advice, code with a head, formulas."""

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.markdown import FindingKind
from services.markdown_html import MarkdownHtml
from services.markup import math
from services.markup.math import Formulas

markdown = MarkdownHtml()


def html(source: str, lang: str = "en") -> str:
    return markdown._rendered(source, lang).html


def one(source: str, selector: str, lang: str = "en") -> LexborNode:
    found = LexborHTMLParser(html(source, lang)).css(selector)
    assert len(found) == 1, found
    return found[0]


def words(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    assert found is not None, selector
    return " ".join(found.text().split())


def test_a_heading_leads_to_itself() -> None:
    link = one("# Hello *World*", "h2 > a.heading-link")

    assert link.attributes["href"] == "#h-hello-world"
    assert link.text() == "Hello World"


@pytest.mark.parametrize("source", ["# [x](/y)", "# x^[note]", "# see <https://a.example>"])
def test_a_heading_that_leads_elsewhere_does_not(source: str) -> None:
    assert "heading-link" not in html(source)


@pytest.mark.parametrize(("source", "lines"), [("a\n\n##\n\n# b", [3]), ("#", [1]), ("# ![a](/media/x)", [])])
def test_an_empty_heading_is_told(source: str, lines: list[int]) -> None:
    findings = markdown._rendered(source, "en").findings

    assert [finding.line for finding in findings if finding.kind is FindingKind.EMPTY_HEADING] == lines


@pytest.mark.parametrize(
    ("typed", "kind", "english", "russian"),
    [
        ("NOTE", "note", "Note", "Примечание"),
        ("tip", "tip", "Tip", "Совет"),
        ("Important", "important", "Important", "Важно"),
        ("WARNING", "warning", "Warning", "Внимание"),
        ("CAUTION", "caution", "Caution", "Осторожно"),
    ],
)
def test_an_alert_says_what_it_is(typed: str, kind: str, english: str, russian: str) -> None:
    source = f"> [!{typed}]\n> Take *care*.\n>\n> - one"

    box = one(source, f"div.admonition.{kind}[role=note]")

    assert words(box, "p.admonition-title") == english
    assert box.css_first("p + p > em") is not None
    assert box.css_first("ul > li") is not None
    assert one(source, ".admonition-kind", "ru-RU").text() == russian


def test_an_alert_may_have_a_title_of_its_own() -> None:
    title = one("> [!WARNING] Mind *the* gap\n> It is wide.", "div.warning > p.admonition-title")

    assert " ".join(title.text().split()) == "Warning: Mind the gap"
    assert title.css_first("em") is not None


@pytest.mark.parametrize(
    "source", ["> [!NOTE]", "> [!OTHER]\n> x", "> x\n> [!NOTE]", "[!NOTE]\nx", "> - [!NOTE]\n>   x"]
)
def test_what_is_no_alert_stays_a_quote(source: str) -> None:
    assert "admonition" not in html(source)


def test_alerts_within_alerts_end_where_they_should() -> None:
    found = LexborHTMLParser(html("> [!NOTE] a\n> > [!TIP] b\n> > c\n>\n> d\n\n> e"))

    assert len(found.css("div.note > div.tip > p")) == 2
    assert [node.text() for node in found.css("div.note > p:last-child")] == ["d"]
    assert [node.text(strip=True) for node in found.css("blockquote")] == ["e"]


def test_an_alert_with_a_title_only() -> None:
    box = one("> [!TIP] Short\n\nafter", "div.tip")

    assert len(box.css("p")) == 1


def test_code_says_its_file_and_its_language() -> None:
    head = one('```cpp title="a <b>.cpp" {1}\nx\n```', "div.highlight > div.code-head")

    assert words(head, ".code-title") == "a <b>.cpp"
    assert words(head, ".code-language") == "C++"


@pytest.mark.parametrize("source", ["```\nx\n```", "    x", "```{1}\nx\n```", "~~~ =x\nx\n~~~"])
def test_code_without_a_name_has_no_head(source: str) -> None:
    assert "code-head" not in html(source)


@pytest.mark.parametrize(
    ("lines", "marked"),
    [
        ("{2}", ["b"]),
        ("{1,3-4}", ["a", "c", "d"]),
        ("{ 1, 3 - 9 }", ["a", "c", "d"]),
        ("{3-2}", []),
        ("{0}", []),
        ("{99999}", []),
        ("{x}", []),
    ],
)
@pytest.mark.parametrize("language", ["python", "quux", ""])
def test_lines_of_code_are_marked(language: str, lines: str, marked: list[str]) -> None:
    pre = one(f"```{language} {lines}\na\nb\nc\nd\n```", "pre")

    assert [node.text().strip() for node in pre.css(".hll")] == marked
    assert pre.text() == "a\nb\nc\nd\n"


def test_a_formula_in_a_line_and_one_on_its_own() -> None:
    said = one("The $E = mc^2$ of it", "p > math")
    shown = one("$$\n\\begin{aligned}\na &= b \\\\\n= c\n\\end{aligned}\n$$", "div.math-wrap > math")

    assert (said.attributes["alttext"], said.attributes.get("display")) == ("E = mc^2", None)
    assert words(said, "msup > mn") == "2"
    assert shown.attributes["display"] == "block"
    assert len(shown.css("mtr")) == 2


@pytest.mark.parametrize(
    "source",
    ["$$x^2$$", "a\n$$\nx\n$$\nb", "> $$\n> x\n> $$", "- $$\n  x\n  $$", "a $$x$$ b", "x^[$$y$$]", "$$x\n+ y$$"],
)
def test_shown_formulas_stand_in_many_places(source: str) -> None:
    one(source, "math[display=block]")


@pytest.mark.parametrize("source", ["$x$ is 5", "($x$)", "**$x$**", "|$x$|\n|-|", "$a_1$, $b$"])
def test_formulas_in_lines_stand_in_many_places(source: str) -> None:
    assert "<math" in html(source)


@pytest.mark.parametrize(
    "source",
    [
        "$5 and $6",
        "US$5 and US$6",
        "$HOME/$USER",
        "a$b$c",
        "\\$x$",
        "$ x $",
        "$x $",
        "$$",
        "$$$$",
        "$$\n\n$$",
        "`$x$`",
        "$x",
        "$$\nx",
    ],
)
def test_money_and_shells_are_no_formulas(source: str) -> None:
    assert "<math" not in html(source)
    assert "math-source" not in html(source)


@pytest.mark.parametrize(
    "tex",
    [
        "\\frac{",
        "\\unknown",
        "{",
        "\\href{javascript:x}{y}",
        "\\newcommand{\\a}{x}\\a",
        "\\def\\a{x}\\a",
        "x" * 4_001,
        "{}" * 401,
    ],
)
def test_what_cannot_be_set_is_shown_as_typed(tex: str) -> None:
    assert one(f"a ${tex}$ b", "code.math-source").text() == f"${tex}$"
    assert one(f"$$\n{tex}\n$$", "p > code.math-source").text() == f"$$\n{tex}\n$$"


def test_a_library_that_panics_is_forgiven_and_an_end_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    class Broken:
        error: BaseException = PanicException()

        def convert_with_local_state(self, tex: str, *, displaystyle: bool) -> str:
            raise self.error

    formulas = Formulas()
    monkeypatch.setattr(formulas, "_converter", Broken())
    assert formulas.mathml("x", is_display=False) is None

    monkeypatch.setattr(Broken, "error", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        formulas.mathml("x", is_display=False)


def test_styles_of_formulas_become_classes() -> None:
    source = "$$\\begin{array}{l|r} a & b \\\\ \\hline c & d \\end{array} \\color{red}{x} \\! y$$"

    assert " style=" not in html(source)
    assert one(source, "mtd.m-left.m-rule-right.m-rule-above").text() == "c"


def test_references_of_formulas_lead_nowhere() -> None:
    shown = html("$$\\begin{equation}x\\label{main}\\end{equation} \\eqref{main}$$")

    assert "(1)" in shown
    assert "main" not in shown.replace("label{main}", "").replace("eqref{main}", "")


@pytest.mark.parametrize("nesting", ["\\sqrt{", "{", "x_{", "\\left(", "\\hat", "\\frac", "\\begin{matrix}", "\\text{"])
def test_no_nesting_is_too_deep(nesting: str) -> None:
    """What gets through ends; the library would end the process at a few thousand levels."""
    deepest = nesting * (math.WEIGHT // max(1, nesting.count("{") + nesting.count("\\")))

    assert deepest in (one(f"${deepest}$", "code, math[alttext]").text(), deepest)
