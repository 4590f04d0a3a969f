"""The editor's scripts: small, and asking only for what the page has."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
SCRIPTS = sorted((SOURCE / "static" / "js" / "editor").glob("*.js"))
TEMPLATES = ("admin/blog/edit.html", "admin/_saved.html", "desk.html", "base.html")


def page() -> str:
    templates = SOURCE / "templates"
    paths = [*(templates / name for name in TEMPLATES), *sorted((templates / "partials").glob("editor_*.html"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def found(pattern: str) -> set[str]:
    return {name for path in SCRIPTS for name in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_scripts_are_small_and_ask_for_nothing_inline() -> None:
    assert len(SCRIPTS) == 7
    for path in SCRIPTS:
        source = path.read_text(encoding="utf-8")
        assert len(source.splitlines()) <= 300
        assert not re.search(
            r"innerHTML|outerHTML|document\.write|\beval\(|new Function|setAttribute\(\"style", source
        ), path


def test_every_script_is_loaded_by_the_first() -> None:
    first = (SOURCE / "static" / "js" / "editor.js").read_text(encoding="utf-8")
    texts = [first, *(path.read_text(encoding="utf-8") for path in SCRIPTS)]
    loaded = {name for text in texts for name in re.findall(r'"\./(?:editor/)?(\w+)\.js"', text)}
    assert loaded == {path.stem for path in SCRIPTS}


def test_what_scripts_look_for_is_on_the_page() -> None:
    ids = found(r'getElementById\("([\w-]+)"\)')
    assert {name for name in ids if f'id="{name}"' not in page()} == set()


def test_every_sentence_that_scripts_say_is_on_the_page_and_the_other_way_round() -> None:
    said = {re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name) for name in found(r"\bsay\.(say\w+)")}
    assert said == set(re.findall(r"data-(say-[\w-]+)=", page()))


def test_every_button_of_the_toolbar_has_a_mark() -> None:
    toolbar = (SOURCE / "templates" / "partials" / "editor_toolbar.html").read_text(encoding="utf-8")
    offered = set(re.findall(r'tool\("(\w+)"', toolbar)) | set(re.findall(r'\("(\w+)", _\(', toolbar))
    marks = (SOURCE / "static" / "js" / "editor" / "marks.js").read_text(encoding="utf-8")
    block = marks[marks.index("const marks = {") : marks.index("};")]
    assert offered == set(re.findall(r"^  (\w+)[,:]", block, re.MULTILINE))
