from pathlib import Path

from tests.cli.conftest import Operator, WriteSite

SHEET = """
key = "python"
name = "Python"
[[sections]]
name = "Language"
subsections = ["Functions"]
"""
QUESTION = """---
slug: default-argument
question: Why is a list as a default argument a trap?
section: Language
subsection: Functions
grade: Junior
frequency: often
hint: Ask when it is made.
expectation: That it is made once.
resources:
  - {name: The FAQ, url: "https://docs.python.org/3/faq/programming.html", why: Short.}
evidence: [first, gone]
---
It is made **once**.
"""
POST = "---\ntitle: First\nslug: first\ndate: 2026-01-01\n---\nHello\n"


def write_matrix(root: Path, *, sheet: str = SHEET, question: str = QUESTION) -> None:
    folder = root / "content" / "matrix" / "python"
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / "python.toml").write_text(sheet, encoding="utf-8")
    (folder / "default-argument.md").write_text(question, encoding="utf-8")


def test_a_matrix_comes_with_its_folder_once(terrace: Operator, site: WriteSite, slug: str, tmp_path: Path) -> None:
    write_matrix(site(slug, posts={"first": POST}))

    first = terrace("tenants", "apply", tmp_path, "--json").data["sites"][0]
    again = terrace("tenants", "apply", tmp_path, "--json").data["sites"][0]

    assert (first["questions_added"], first["questions_kept"], first["error"]) == (1, 0, None)
    assert (again["questions_added"], again["questions_kept"], again["error"]) == (0, 1, None)
    schema = terrace("tenants", "show", slug, "--json").data["schema"]
    (row,) = terrace.asks("SELECT slug, grade, is_public, cardinality(evidence) FROM {}.questions", names=(schema,))
    assert row == ("default-argument", "junior", True, 1)
    assert terrace.asks("SELECT name FROM {}.resources", names=(schema,)) == [("The FAQ",)]


def test_what_is_wrong_with_a_file_is_told_with_its_name(
    terrace: Operator, site: WriteSite, slug: str, tmp_path: Path
) -> None:
    root = site(slug)
    for changed, told in (
        ({"sheet": "key = "}, "python.toml:"),
        ({"sheet": SHEET + 'colour = "red"'}, "python.toml: sections.0.colour"),
        ({"question": QUESTION.replace("grade: Junior", "grade: Wizard")}, "default-argument.md: grade"),
        ({"question": QUESTION.replace("often", "sometimes")}, "default-argument.md: frequency"),
        ({"question": QUESTION.replace("hint:", "clue:")}, "default-argument.md: clue"),
        ({"question": "---\n: [\n---\n"}, "default-argument.md:"),
    ):
        write_matrix(root, **changed)
        row = terrace("tenants", "apply", tmp_path, "--json").data["sites"][0]
        assert told in str(row["error"]), told
