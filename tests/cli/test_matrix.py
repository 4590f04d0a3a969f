"""A matrix as files, on a real database."""

from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Operator

HEADER = "sheet,sheet_name,section,subsection,grade,slug,question,answer,expectation,frequency,status\r\n"
GOOD = "python,Python,Language,Names,junior,closure,What is a closure?,'- A function,Names,often,published\r\n"
WRONG = (
    "rust,,Types,Traits,junior,trait,What is a trait?,,,,\r\n"
    "python,,Language,Names,guru,guru,Who asks?,,,,\r\n"
    "python,,Language,Names,junior,No slug,Where?,,,,\r\n"
    "python,,Language,Names,junior,when,When?,,,daily,\r\n"
    "python,,Language,Names,junior,why,,,,,\r\n"
    "python,,Language,Names,junior,other,what is  a CLOSURE?,,,,\r\n"
)


def brought(terrace: Operator, slug: str, path: Path, *words: str) -> Answer:
    return terrace("matrix", "import", slug, path, "--json", *words)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "matrix.csv"
    path.write_text(HEADER + GOOD + WRONG, encoding="utf-8", newline="")
    return path


def create(terrace: Operator, slug: str) -> None:
    site = ("--host", f"{slug}.example", "--title", "Anna", "--owner", f"o@{slug}.example", "--locale", "en")
    assert terrace("tenants", "create", slug, *site).code == 0


def test_rows_are_looked_at_and_brought_in_and_what_comes_out_is_the_same(
    terrace: Operator, slug: str, table: Path, tmp_path: Path
) -> None:
    create(terrace, slug)

    foreseen = brought(terrace, slug, table, "--dry-run")
    came = brought(terrace, slug, table, "--yes")
    again = brought(terrace, slug, table, "--yes")

    assert (foreseen.code, came.code, again.code) == (1, 1, 1)
    assert foreseen.data["totals"] == {"new": 1, "double": 1, "wrong": 5}
    told = {row["row"]: [problem.partition(":")[0] for problem in row["problems"]] for row in foreseen.data["rows"]}
    assert told == {2: [], 3: ["sheet"], 4: ["grade"], 5: ["slug"], 6: ["frequency"], 7: ["question"], 8: []}
    assert came.data["totals"] == {"added": 1, "present": 1, "skipped": 0, "refused": 5}
    assert again.data["totals"] == {"added": 0, "present": 2, "skipped": 0, "refused": 5}
    other = f"{slug}b"
    create(terrace, other)
    for number, suffix in enumerate(("csv", "xlsx", "json", "zip")):
        first, second = tmp_path / f"first.{suffix}", tmp_path / f"second.{suffix}"
        assert terrace("matrix", "export", slug, first).code == 0
        moved = brought(terrace, other, first, "--yes")
        assert (moved.code, moved.data["totals"]["added"]) == (0, int(number == 0))
        assert terrace("matrix", "export", other, second, "--json").code == 0
        assert second.read_bytes() == first.read_bytes()
    assert "'- A function" in (tmp_path / "first.csv").read_text(encoding="utf-8")
    assert "'- A function" not in (tmp_path / "first.json").read_text(encoding="utf-8")
    assert terrace("matrix", "export", slug, tmp_path / "first.csv").code != 0


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(terrace: Operator, slug: str, tmp_path: Path) -> None:
    create(terrace, slug)
    bad = tmp_path / "bad.csv"
    bad.write_text("question,colour\r\nWhy?,red\r\n", encoding="utf-8")

    refused = brought(terrace, slug, bad, "--yes")
    missing = brought(terrace, slug, tmp_path / "none.csv", "--yes")

    assert (refused.code, missing.code) == (1, 3)
    assert "colour" in refused.err


def test_a_dash_is_standard_input_and_output(terrace: Operator, slug: str, tmp_path: Path) -> None:
    create(terrace, slug)
    there = terrace.saying((HEADER + GOOD).encode())

    undecided = there("matrix", "import", slug, "-")
    came = there("matrix", "import", slug, "-", "--yes", "--json")
    formless = terrace("matrix", "export", slug, "-")
    went = terrace("matrix", "export", slug, "-", "--format", "csv")
    file = terrace("matrix", "export", slug, tmp_path / "file.csv")

    assert (undecided.code, came.code, formless.code, went.code, file.code) == (2, 0, 2, 0, 0)
    assert came.data["totals"]["added"] == 1
    assert went.raw == (tmp_path / "file.csv").read_bytes()
    assert "bytes" in went.err
    assert not Path("-").exists()
