"""What any renderer says of a text beside its HTML."""

import pytest

from core.markdown import FindingKind, LinkTarget, MarkdownRenderer, ShownPicture, Surroundings
from services.markdown_html import MarkdownHtml
from tests.core.fakes.markdown import FakeMarkdown

KEY = "0123456789abcdef0123456789abcdef.webp"
SOURCE = f"One [[post:here]]\n\ntwo [[page:hidden|words]] and [[matrix:gone]]\n\n![Alt](/media/{KEY})"
AROUND = Surroundings(
    targets={
        "post:here": LinkTarget(url="/blog/here", title="Here"),
        "page:hidden": LinkTarget(url="/pages/hidden", title="Hidden", is_public=False),
    }
)


@pytest.fixture(params=[FakeMarkdown, MarkdownHtml])
def markdown(request: pytest.FixtureRequest) -> MarkdownRenderer:
    made: MarkdownRenderer = request.param()
    return made


async def test_it_says_what_a_text_speaks_of(markdown: MarkdownRenderer) -> None:
    rendered = await markdown.render(SOURCE, lang="en")

    assert rendered.version == markdown.version
    assert rendered.mentions == ("matrix:gone", f"media:{KEY}", "page:hidden", "post:here")


async def test_nothing_is_missed_where_nothing_is_known(markdown: MarkdownRenderer) -> None:
    assert (await markdown.render(SOURCE, lang="en")).findings == ()


async def test_what_visitors_would_not_find_is_told_line_by_line(markdown: MarkdownRenderer) -> None:
    findings = (await markdown.render(SOURCE, lang="en", around=AROUND)).findings

    assert sorted((finding.line, finding.kind, finding.subject) for finding in findings) == [
        (3, FindingKind.BROKEN_LINK, "matrix:gone"),
        (3, FindingKind.HIDDEN_LINK, "page:hidden"),
        (5, FindingKind.MISSING_PICTURE, f"/media/{KEY}"),
    ]


async def test_what_is_there_is_not_told(markdown: MarkdownRenderer) -> None:
    around = Surroundings(
        pictures={KEY: ShownPicture(width=3, height=2)}, targets={"post:here": AROUND.targets["post:here"]}
    )

    rendered = await markdown.render(f"[[post:here]]\n\n![Alt](/media/{KEY})", lang="en", around=around)

    assert rendered.findings == ()


async def test_the_words_are_one_line(markdown: MarkdownRenderer) -> None:
    assert (await markdown.render("one\n\n two   three\n", lang="en")).plain == "one two three"
