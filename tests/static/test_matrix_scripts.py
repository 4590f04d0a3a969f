"""The scripts of the matrix: small, and asking only for what its pages have."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
FIRST = SOURCE / "static" / "js" / "matrix.js"
SCRIPTS = sorted((SOURCE / "static" / "js" / "matrix").glob("*.js"))
PARTS = ("", "_body", "_found", "_marks", "_progress")
TEMPLATES = (
    *sorted((SOURCE / "templates" / "matrix").glob("*.html")),
    *(SOURCE / "templates" / "partials" / f"matrix{part}.html" for part in PARTS),
)
CSS = SOURCE / "static" / "css" / "matrix.css"


def said() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [*TEMPLATES, SOURCE / "templates" / "base.html"])


def found(pattern: str) -> set[str]:
    return {name for path in SCRIPTS for name in re.findall(pattern, path.read_text(encoding="utf-8"))}


def dashed(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def test_scripts_are_small_and_ask_for_nothing_inline() -> None:
    for path in SCRIPTS:
        source = path.read_text(encoding="utf-8")
        assert len(source.splitlines()) <= 300
        assert not re.search(r"innerHTML|outerHTML|document\.write|\beval\(|new Function|setAttribute\(\"style", source)


def test_every_script_is_loaded() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (FIRST, *SCRIPTS)]
    assert {name for text in texts for name in re.findall(r'"\./(?:matrix/)?(\w+)\.js"', text)} == {
        path.stem for path in SCRIPTS
    }


def test_what_scripts_look_for_is_on_the_pages() -> None:
    ids = found(r'getElementById\("([\w-]+)"\)')
    assert {name for name in ids if f'id="{name}"' not in said()} == set()
    asked = found(r"\[data-([\w-]+)[\]=]")
    assert {name for name in asked if f"data-{name}" not in said()} == set()


def test_every_sentence_that_scripts_say_is_on_the_pages_and_the_other_way_round() -> None:
    assert {dashed(name) for name in found(r"\bsay\.(say\w+)")} == set(re.findall(r"data-(say-[\w-]+)=", said()))


def test_every_deed_has_a_button_and_the_other_way_round() -> None:
    source = (SOURCE / "static" / "js" / "matrix" / "progress.js").read_text(encoding="utf-8")
    block = source[source.index("const deeds = {") : source.index("\n};")]
    assert set(re.findall(r"^  (?:async )?(\w+)[(:]", block, re.MULTILINE)) == set(
        re.findall(r'data-deed="(\w+)"', said())
    )


def test_each_shade_of_a_grade_has_its_colour() -> None:
    sheet = CSS.read_text(encoding="utf-8")
    for shade in range(1, 13):
        assert f".f{shade} {{ fill: var(--m{shade}); }}" in sheet
        assert f".s{shade} {{ --shade: var(--m{shade}); }}" in sheet
        assert f".c{shade} {{ --cell: " in sheet
