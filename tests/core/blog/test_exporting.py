"""Names of pictures outside, and texts that use them."""

import pytest

from core.blog.exporting import NAME_LENGTH, NamedPicture, named, names_by_stem, portable_body, portable_cover
from core.blog.exports import ExportedPicture
from core.pictures import LibraryPicture
from services.slugs import TransliteratedSlugs

SLUGS = TransliteratedSlugs()
CAT, DOG = "a" * 32, "b" * 32
NAMES = {CAT: "cat.webp", DOG: "dog.webp"}


def in_library(filename: str, digest: str = "", *, key: str = "", alt: str = "") -> LibraryPicture:
    key = key or f"{filename}.webp"
    return LibraryPicture(key=key, stored_key=key, filename=filename, alt=alt, digest=digest or filename)


def names(*pictures: LibraryPicture) -> list[str]:
    return [picture.exported.name for picture in named(pictures, SLUGS)]


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("IMG_0001.JPG", "img-0001.webp"),
        ("Мой кот.png", "moi-kot.webp"),
        ("../../etc/passwd", "etc-passwd.webp"),
        ("", "picture.webp"),
        ("!!!.png", "picture.webp"),
        ("photo", "photo.webp"),
        ("a.b.c", "a-b.webp"),
        ("con trol\n.webp", "con-trol.webp"),
    ],
)
def test_names_are_plain(filename: str, name: str) -> None:
    assert names(in_library(filename)) == [name]


def test_two_of_one_name_are_numbered_by_their_bytes() -> None:
    one, two, three = in_library("photo.jpg", "1"), in_library("photo.png", "2"), in_library("photo-2.jpg", "0")

    assert names(one, two, three) == names(three, two, one) == ["photo-2.webp", "photo-3.webp", "photo.webp"]
    assert {picture.source.digest: picture.exported.name for picture in named([one, two, three], SLUGS)} == {
        "0": "photo-2.webp",
        "1": "photo.webp",
        "2": "photo-3.webp",
    }


@pytest.mark.parametrize("filename", ["photo.jpg", "x" * 200, f"{'x' * (NAME_LENGTH - 2)}-y.jpg"])
def test_names_stay_when_they_are_given_again(filename: str) -> None:
    first = names(*(in_library(filename, f"{number:02}") for number in range(12)))
    again = names(*(in_library(name, f"{99 - number}") for number, name in enumerate(first)))

    assert again == first
    assert len(set(first)) == 12
    assert max(map(len, first)) <= NAME_LENGTH + len(".webp")


def test_the_same_bytes_are_one_picture() -> None:
    one = in_library("b.jpg", "1", key="x.webp", alt="")
    two = in_library("a.jpg", "1", key="y.webp", alt="Later")
    three = in_library("c.jpg", "1", key="z.webp", alt="A")

    (found,) = named([one, two, three], SLUGS)

    assert found == NamedPicture(
        exported=ExportedPicture(name="a.webp", alt="A"), source=one, keys=("x.webp", "y.webp", "z.webp")
    )
    assert names_by_stem([found]) == {"x": "a.webp", "y": "a.webp", "z": "a.webp"}


def test_a_cover_is_called_by_its_name() -> None:
    assert portable_cover(f"{CAT}.webp", NAMES) == "cat.webp"
    assert portable_cover("gone.webp", NAMES) is None
    assert portable_cover(None, NAMES) is None


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        (f"![A](/media/{CAT}.webp)", "![A](media/cat.webp)"),
        (f"![A](/media/{CAT}.webp 'T')", "![A](media/cat.webp 'T')"),
        (f"![A](</media/{CAT}.webp>)", "![A](media/cat.webp)"),
        (
            f"[A](/media/{CAT}-480w.avif) ![B](/media/{DOG}-960wr0a1b2c3d.jpg)",
            "[A](media/cat.webp) ![B](media/dog.webp)",
        ),
        (f"[a]: /media/{CAT}.webp\n", "[a]: media/cat.webp\n"),
        (f"[a]: /media/{CAT}.webp", "[a]: media/cat.webp"),
        (f"![A](/media/{'c' * 32}.webp)", f"![A](/media/{'c' * 32}.webp)"),
        (f"![A](/media/{CAT}.webp#x)", f"![A](/media/{CAT}.webp#x)"),
        (f"/media/{CAT}.webp", f"/media/{CAT}.webp"),
        ("![A](media/cat.webp)", "![A](./media/cat.webp)"),
        ("![A](media/other.webp)", "![A](media/other.webp)"),
        ("![A](import:media/cat.webp)", "![A](./import:media/cat.webp)"),
        ("a\r\n\tb\n\n", "a\r\n\tb\n\n"),
    ],
)
def test_only_what_is_shown_is_called_by_its_name(body: str, outside: str) -> None:
    assert portable_body(body, NAMES) == outside
