"""What lies in `src/static`: is it what its lists say, and can it be read?"""

import hashlib
import json
import re
from pathlib import Path

import pytest
import tinycss2

from core.palette import DARK_BACKGROUND, DARK_SURFACE, LIGHT_BACKGROUND, LIGHT_SURFACE, contrast
from dev import fonts

STATIC = Path(__file__).resolve().parents[2] / "src" / "static"
CSS = STATIC / "css"
LISTED = ("vendor", "fonts")
GROUNDS = {
    "light": {"--t-bg": LIGHT_BACKGROUND, "--t-surface": LIGHT_SURFACE},
    "dark": {"--t-bg": DARK_BACKGROUND, "--t-surface": DARK_SURFACE},
}
CODE = ("comment", "keyword", "name", "string", "number", "type", "inserted", "deleted")


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--t-[a-z-]+): (#[0-9a-f]{6});", block))


def blocks() -> dict[str, list[dict[str, str]]]:
    sheet = (CSS / "site.css").read_text(encoding="utf-8")
    found = re.findall(r"(:root[^{]*)\{([^{}]*--t-bg: [^{}]*)\}", sheet)
    whole = [(selector.strip(), tokens(block)) for selector, block in found]
    return {
        "light": [block for selector, block in whole if selector == ":root"],
        "dark": [block for selector, block in whole if selector != ":root"],
    }


@pytest.mark.parametrize("folder", LISTED)
def test_committed_copies_are_what_the_list_says(folder: str) -> None:
    listed = json.loads((STATIC / folder / "VERSIONS.json").read_text(encoding="utf-8"))["files"]
    for row in listed:
        content = (STATIC / folder / row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"], row["file"]
    there = {path.relative_to(STATIC / folder).as_posix() for path in (STATIC / folder).rglob("*") if path.is_file()}
    assert there - {"VERSIONS.json"} == {row["file"] for row in listed}
    packages = {row["package"] for row in listed}
    assert packages == {row["package"] for row in listed if "LICENSE" in row["source"]}


def test_the_face_of_rare_signs_is_fetched_for_the_letters_that_it_has_and_no_others() -> None:
    faces = [rule for rule in (CSS / "prose.css").read_text(encoding="utf-8").split("@font-face") if "math-" in rule]
    ranges = re.findall(r"unicode-range: ([^;]+);", faces[0])
    assert ranges[0].replace(" ", "") == fonts.RARE_IN_FORMULAS
    assert not letters(fonts.FORMULAS) & letters(fonts.RARE_IN_FORMULAS)


def letters(ranges: str) -> set[int]:
    ends = [part.removeprefix("U+").partition("-") for part in ranges.split(",")]
    return {letter for first, _, last in ends for letter in range(int(first, 16), int(last or first, 16) + 1)}


def test_the_libraries_are_of_the_lines_that_the_pages_speak() -> None:
    listed = json.loads((STATIC / "vendor" / "VERSIONS.json").read_text(encoding="utf-8"))["files"]
    lines = {row["package"]: row["version"].rpartition(".")[0] for row in listed}
    assert lines == {"bootstrap": "5.3", "htmx.org": "2.0", "hyperscript.org": "0.9"}


def test_the_dark_values_are_the_same_followed_or_chosen() -> None:
    followed, chosen = blocks()["dark"]
    assert followed == chosen
    assert len(followed) > 15


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_read(theme: str) -> None:
    for block in blocks()[theme]:
        grounds = (block["--t-bg"], block["--t-surface"])
        assert {"--t-bg": grounds[0], "--t-surface": grounds[1]} == GROUNDS[theme]
        for name in ("--t-text", "--t-muted", "--t-accent-strong"):
            assert min(contrast(block[name], ground) for ground in grounds) >= 7, name
        assert min(contrast(block["--t-accent"], ground) for ground in grounds) >= 4.5
        assert contrast(block["--t-danger"], grounds[0]) >= 4.5
        assert contrast(block["--t-accent"], block["--t-accent-contrast"]) >= 4.5
        assert min(contrast(block["--t-line-strong"], ground) for ground in grounds) >= 3
        assert contrast(block["--t-code-text"], block["--t-code-bg"]) >= 7
        for name in CODE:
            assert contrast(block[f"--t-code-{name}"], block["--t-code-bg"]) >= 4.5, name


@pytest.mark.parametrize("name", ["site.css", "prose.css", "desk.css", "editor.css", "matrix.css", "plain.css"])
def test_sheets_parse_and_ask_only_for_files_that_are_there(name: str) -> None:
    sheet = (CSS / name).read_text(encoding="utf-8")
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    assert not [rule for rule in rules if rule.type == "error"]
    for target in re.findall(r"url\(\"?([^\")]+)", sheet):
        assert (CSS / target).is_file(), target


def test_no_sheet_needs_what_the_policy_of_content_refuses() -> None:
    for sheet in STATIC.rglob("*.css"):
        assert "data:" not in sheet.read_text(encoding="utf-8"), sheet.name
        assert "@import" not in sheet.read_text(encoding="utf-8"), sheet.name


def test_behaviours_hold_no_block_of_javascript() -> None:
    for behaviours in (STATIC / "hyperscript").glob("*._hs"):
        assert not re.search(r"^\s*js\b", behaviours.read_text(encoding="utf-8"), re.MULTILINE)


def test_first_paint_is_light() -> None:
    first = (
        *("vendor/bootstrap/bootstrap.min.css", "css/site.css", "css/prose.css"),
        *("fonts/serif-latin.woff2", "fonts/sans-latin.woff2"),
    )
    assert sum((STATIC / name).stat().st_size for name in first) < 180_000
