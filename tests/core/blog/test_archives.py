import pytest

from core.blog.archives import BadArchive, Note, PictureReference, picture_mark, settle

HARBOUR = PictureReference(name="img/a b(1).jpg", alt="A", address="https://old.example/a.jpg")
LOCAL = PictureReference(name="img/c.png")
PICTURES = (HARBOUR, LOCAL)
KEY = "0" * 32 + ".webp"


def test_a_mark_is_an_address_without_blanks_or_brackets() -> None:
    assert picture_mark(HARBOUR.name) == "import:img/a%20b%281%29.jpg"


@pytest.mark.parametrize(
    ("body", "settled"),
    [
        ('![A](import:img/a%20b%281%29.jpg "C")', f'![A](/media/{KEY} "C")'),
        ("[![A](import:img/a%20b%281%29.jpg)](https://a.example)", f"[![A](/media/{KEY})](https://a.example)"),
        ("[see](import:img/a%20b%281%29.jpg)", f"[see](/media/{KEY})"),
        ("![A][x]\n\n[x]: import:img/a%20b%281%29.jpg", f"![A][x]\n\n[x]: /media/{KEY}"),
    ],
)
def test_a_kept_picture_stands_at_its_address(body: str, settled: str) -> None:
    assert settle(body, PICTURES, {HARBOUR.name: KEY}) == settled


@pytest.mark.parametrize(
    ("body", "settled"),
    [
        ("![A](import:img/a%20b%281%29.jpg 'C')", "[A](https://old.example/a.jpg)"),
        ('![](import:img/c.png "C")', "c.png"),
        ("![a \\] b](import:img/c.png)", "a \\] b"),
        ("[see](import:img/a%20b%281%29.jpg)", "[see](https://old.example/a.jpg)"),
        ("[see](import:img/c.png)", "[see](#)"),
    ],
)
def test_of_a_lost_picture_the_words_stay(body: str, settled: str) -> None:
    assert settle(body, PICTURES, {}) == settled


def test_what_merely_looks_like_a_mark_is_left_alone() -> None:
    body = "import:img/c.png, ![x](import:other.png) and [y](import:other.png)"

    assert settle(body, PICTURES, {LOCAL.name: KEY, "other.png": KEY}) == body


def test_a_note_is_a_sentence() -> None:
    assert str(Note.of("100 % of it")) == "100 % of it"
    assert str(Note.of("%(count)d of it", count=3)) == "3 of it"


def test_a_bad_archive_names_its_field() -> None:
    problems = BadArchive("No %(what)s.", what="zip").problems

    assert [(problem.field, problem.message % problem.params) for problem in problems] == [("archive", "No zip.")]
