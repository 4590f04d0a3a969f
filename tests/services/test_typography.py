"""Quotes and dashes as a language sets them."""

import pytest

from services.markdown_html import MarkdownHtml

markdown = MarkdownHtml()


async def paragraph(source: str, lang: str) -> str:
    html = (await markdown.render(source, lang=lang)).html.strip()
    return html.removeprefix("<p>").removesuffix("</p>").replace("&nbsp;", "\u00a0")


@pytest.mark.parametrize(
    ("typed", "english", "russian"),
    [
        ('say "hi"', "say “hi”", "say «hi»"),
        ('"a "b" c"', "“a ‘b’ c”", "«a „b“ c»"),
        ("it's 'so'", "it’s ‘so’", "it’s „so“"),
        ("the dogs' bowl", "the dogs’ bowl", "the dogs’ bowl"),
        ('("x", "y")', "(“x”, “y”)", "(«x», «y»)"),
        ('"*em*" and "`code`"', "“<em>em</em>” and “<code>code</code>”", "«<em>em</em>» and «<code>code</code>»"),
        ("one -- two", "one\u00a0– two", "one\u00a0— two"),
        ("one --- two", "one\u00a0— two", "one\u00a0— two"),
        ("pages 10--20", "pages 10–20", "pages 10–20"),
        ("word--word", "word—word", "word—word"),
        ("wait...", "wait…", "wait…"),
        ("«ёлки» — “so” …", "«ёлки» — “so” …", "«ёлки» — “so” …"),
    ],
)
async def test_a_text_is_set_as_its_language_wants(typed: str, english: str, russian: str) -> None:
    assert (await paragraph(typed, "en"), await paragraph(typed, "ru")) == (english, russian)


@pytest.mark.parametrize(
    "typed",
    [
        '`"x" -- it\'s...`',
        "run make --dry-run -x",
        'a 19" screen',
        'an "unclosed one',
        "----- and ....",
    ],
)
async def test_what_is_no_prose_stays_as_typed(typed: str) -> None:
    shown = await paragraph(typed, "en")

    assert shown.replace("<code>", "`").replace("</code>", "`") == typed


async def test_an_escaped_sign_and_an_address_stay() -> None:
    shown = await paragraph('\\"as is\\" <https://a.example/--x>', "en")

    assert shown == '"as is" <a href="https://a.example/--x" rel="noopener">https://a.example/--x</a>'


async def test_blocks_of_code_stay() -> None:
    assert 'x = "y" -- z' in (await markdown.render('    x = "y" -- z\n', lang="ru")).html


async def test_an_unknown_language_is_left_alone() -> None:
    assert await paragraph('"x" -- y', "xx") == '"x" -- y'


async def test_lines_and_cells_belong_together_or_not() -> None:
    assert await paragraph('"over\nlines"', "en") == "“over\nlines”"
    table = (await markdown.render('| "a | b" |\n|---|---|\n| "c" | -- |', lang="en")).html
    assert ('"a' in table, 'b"' in table, "“c”" in table) == (True, True, True)
