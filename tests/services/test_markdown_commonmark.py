"""All examples of the CommonMark spec through the renderer as it is, and what we do otherwise, each with its reason."""

import json
from pathlib import Path

import pytest

from services.markdown_html import MarkdownHtml
from tests.services.commonmark.reading import in_our_house, without_decorations

FOLDER = Path(__file__).parent / "commonmark"
EXAMPLES = json.loads((FOLDER / "spec-0.31.2.json").read_text(encoding="utf-8"))
NO_TYPOGRAPHY = "none"
OTHERWISE = {
    "raw HTML is text": {
        *(21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643),
        *range(148, 192),
        *(613, 614, 615, 616, 617, 623, 625, 626, 627, 628, 629, 630, 631),
    },
    "links lead to http, https, mailto and tel only": {596, 598, 599, 601},
}
markdown = MarkdownHtml()


@pytest.fixture(scope="module")
def unlike() -> set[int]:
    """The numbers of the examples that come out otherwise than the spec says."""
    return {
        example["example"]
        for example in EXAMPLES
        if without_decorations(markdown._rendered(example["markdown"], NO_TYPOGRAPHY).html)
        != in_our_house(example["html"])
    }


def test_all_652_examples_are_here() -> None:
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))


def test_every_example_is_as_the_spec_says_or_on_the_list(unlike: set[int]) -> None:
    assert unlike - set.union(*OTHERWISE.values()) == set()


def test_nothing_is_on_the_list_without_need(unlike: set[int]) -> None:
    assert set.union(*OTHERWISE.values()) - unlike == set()


def test_raw_html_is_there_to_be_read() -> None:
    """What the spec lets through, a reader sees as it was typed."""
    for number in OTHERWISE["raw HTML is text"]:
        html = markdown._rendered(EXAMPLES[number - 1]["markdown"], NO_TYPOGRAPHY).html
        assert "&lt;" in html, number


def test_the_comparison_sees_a_difference() -> None:
    assert without_decorations("<p>a <em>b</em></p>") != in_our_house("<p>a <strong>b</strong></p>")
    assert without_decorations("<ul><li>a</li></ul>") != in_our_house("<ol><li>a</li></ol>")
    assert without_decorations("<h3>a</h3>") != in_our_house("<h1>a</h1>")
    assert without_decorations('<p><a href="/x">a</a></p>') != in_our_house('<p><a href="/y">a</a></p>')
    assert without_decorations("<pre><code>a\n b</code></pre>") != in_our_house("<pre><code>a\nb</code></pre>")
