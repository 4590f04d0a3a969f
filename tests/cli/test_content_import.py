import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString

import pytest
from PIL import Image

from entrypoints.cli import dash
from tests.cli.conftest import Operator

SAMPLES = Path(__file__).parents[1] / "samples"
TABLES: tuple[LiteralString, ...] = ("posts", "revisions", "redirects", "media", "tasks")
TOTALS = {
    "ghost": {"found": 10, "added": 6, "present": 0, "skipped": 4, "refused": 0},
    "wordpress": {"found": 6, "added": 5, "present": 0, "skipped": 1, "refused": 0},
}
STATES = "SELECT kind, slug, is_public, published_at > now(), author_name FROM {}.posts ORDER BY kind, slug"
HELLO = "---\ntitle: Hello\ndate: 2020-05-01\ntags: [Python]\n---\n\n[later](world.md) ![Boat](boat.jpg)\n"
WORLD = (
    "---\ntitle: World\ndate: 2020-06-01\naliases: [/old/world/]\ncover: boat.jpg\n---\n\n[[post:hello]] is taken.\n"
)
PRIVET = "---\ntitle: Привет\ndate: 2020-05-02\nlang: ru\n---\n\nПривет, мир.\n"


@pytest.fixture
def schema(terrace: Operator, slug: str) -> Iterator[str]:
    """Of an empty site called *slug*; what it leaves to be done is nobody's."""
    made = terrace("tenants", "create", slug, "--host", f"{slug}.example", "--title", "A", "--owner", "o@a.example")
    assert made.code == 0
    found: str = terrace("tenants", "show", slug, "--json").data["schema"]
    yield found
    terrace.asks("DELETE FROM {}.tasks", names=(found,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four items that need each other: a translation stands before its original, a link before its target."""
    path = tmp_path / "posts"
    path.mkdir()
    boat = io.BytesIO()
    Image.new("RGB", (80, 60), "navy").save(boat, "JPEG")
    (path / "boat.jpg").write_bytes(boat.getvalue())
    for name, text in {"hello": HELLO, "hello.ru": PRIVET, "world": WORLD}.items():
        (path / f"{name}.md").write_text(text, encoding="utf-8")
    return path


def kept(terrace: Operator, schema: str) -> list[Any]:
    digest: LiteralString = "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {}.{} t"
    return [terrace.asks(digest, names=(schema, table)) for table in TABLES]


@pytest.mark.parametrize("sample", ["ghost.json", "wordpress.xml"])
def test_what_the_platforms_themselves_exported_comes_whole_and_once(
    terrace: Operator, schema: str, slug: str, sample: str
) -> None:
    form = {"ghost.json": "ghost", "wordpress.xml": "wordpress"}[sample]
    foreseen = terrace("content", "import", slug, SAMPLES / sample, "--dry-run", "--json")
    assert terrace.asks("SELECT count(*) FROM {}.posts", names=(schema,)) == [(0,)]
    answer = terrace("content", "import", slug, SAMPLES / sample, "--yes", "--json")
    terrace.asks("UPDATE {}.posts SET slug = slug || '-mine', trashed_at = now() WHERE kind = 'page'", names=(schema,))
    before = kept(terrace, schema)
    again = terrace("content", "import", slug, SAMPLES / sample, "--yes", "--json")

    assert (foreseen.code, answer.code, again.code) == (0, 0, 0)
    assert foreseen.data["totals"] == answer.data["totals"] == TOTALS[form]
    assert (answer.data["format"], foreseen.data["is_dry_run"], answer.data["is_dry_run"]) == (form, True, False)
    assert [(item["source"], item["path"]) for item in foreseen.data["items"]] == [
        (item["source"], item["path"]) for item in answer.data["items"]
    ]
    added = TOTALS[form]["added"]
    assert again.data["totals"] == {**TOTALS[form], "added": 0, "present": added}
    assert "/pages/contact-mine" in [item["path"] for item in again.data["items"]]
    assert kept(terrace, schema) == before


def test_what_ghost_knew_of_its_posts_is_known_here(terrace: Operator, schema: str, slug: str) -> None:
    assert terrace("content", "import", slug, SAMPLES / "ghost.json", "--yes").code == 0

    assert [row[:4] for row in terrace.asks(STATES, names=(schema,))] == [
        ("page", "contact", True, False),
        ("post", "old-editor", True, False),
        ("post", "scheduled-for-later", True, True),
        ("post", "tour-of-cards", True, False),
        ("post", "unfinished-draft", False, None),
        ("post", "zametki-o-sborke-pervyi-sneg", True, False),
    ]
    paths = "SELECT path FROM {}.redirects r JOIN {}.posts p ON p.id = r.post_id WHERE p.slug = 'tour-of-cards'"
    assert terrace.asks(paths, names=(schema, schema)) == [("/tour-of-cards",)]
    waiting = terrace("tasks", "list", "--tenant", slug, "--json").data["tasks"]
    assert [task["due_at"][:4] > "2026" for task in waiting if task["kind"] == "announce_posts"] == [True]


def test_items_that_need_each_other_find_each_other(
    terrace: Operator, schema: str, slug: str, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "hello.md").write_text("---\ntitle: Mine\ndate: 2019-01-01\n---\n\nI was here first.\n")
    (other / "second.md").write_text("---\ntitle: Second\ndate: 2019-01-01\n---\n\nSo was I.\n")
    assert terrace("content", "import", slug, other, "--yes").code == 0
    answer = terrace("content", "import", slug, folder, "--yes", "--json")
    assert terrace("tasks", "run").code == 0
    checked = terrace("content", "check", slug, "--json").data

    assert answer.data["totals"] == {"found": 3, "added": 3, "present": 0, "skipped": 0, "refused": 0}
    paths = {item["source"]: item["path"] for item in answer.data["items"]}
    assert paths == {"hello.md": "/blog/hello-3", "hello.ru.md": "/blog/hello-2", "world.md": "/blog/world"}
    codes = {item["code"] for site in checked["sites"] for text in site["texts"] for item in text["items"]}
    assert codes == {"no_description", "missing_alt"}
    found: Any = dict(
        terrace.asks("SELECT slug, body FROM {}.posts WHERE published_at > '2020-01-01'", names=(schema,))
    )
    assert "[later](/blog/world)" in found["hello-3"]
    assert "[[post:hello-3]]" in found["world"]
    groups = terrace.asks(
        "SELECT slug, group_id = id FROM {}.posts WHERE starts_with(slug, 'hello-') ORDER BY 1", names=(schema,)
    )
    assert groups == [("hello-2", False), ("hello-3", True)]
    assert terrace.asks("SELECT filename FROM {}.media", names=(schema,)) == [("boat.jpg",)]
    assert ("/old/world",) in terrace.asks("SELECT path FROM {}.redirects", names=(schema,))


def test_without_room_items_are_refused_and_come_when_there_is_some(
    terrace: Operator, schema: str, slug: str, folder: Path
) -> None:
    noise = io.BytesIO()
    Image.effect_noise((1_400, 1_000), 90).save(noise, "JPEG")
    (folder / "boat.jpg").write_bytes(noise.getvalue())
    full = terrace("content", "import", slug, folder, "--yes", MEDIA__SITE_BYTES=str(1024**2))
    then = terrace("content", "import", slug, folder, "--yes")

    assert (full.code, full.out.count("refused"), full.out.count("added")) == (1, 2, 1)
    assert "There is no room for it" in full.out
    assert (then.code, then.out.count("added"), then.out.count("present")) == (0, 2, 1)
    assert "3 found, 2 added, 1 present, 0 skipped, 0 refused" in then.err


def test_who_cannot_be_asked_says_yes_or_looks_first(terrace: Operator, schema: str, slug: str, folder: Path) -> None:
    answer = terrace("content", "import", slug, folder)

    assert (answer.code, answer.out) == (2, "")
    assert "--dry-run" in answer.err
    assert terrace.asks("SELECT count(*) FROM {}.posts", names=(schema,)) == [(0,)]


def test_on_a_terminal_it_is_asked_for_once_and_only_for_something(
    terrace: Operator, schema: str, slug: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dash, "can_ask", lambda: True)
    no = terrace.saying("n\n")("content", "import", slug, folder)
    yes = terrace.saying("y\n")("content", "import", slug, folder)
    nothing = terrace("content", "import", slug, folder)

    assert (no.code, no.out) == (0, "")
    assert "3 found, 3 added" in no.err
    assert (yes.code, len(yes.out.splitlines())) == (0, 3)
    assert (nothing.code, "There is nothing to add." in nothing.err) == (0, True)


def test_what_is_not_there_is_said_to_be_missing(terrace: Operator, schema: str, slug: str, tmp_path: Path) -> None:
    assert terrace("content", "import", "nobody", SAMPLES / "ghost.json", "--yes").code == 3
    answer = terrace("content", "import", slug, tmp_path / "gone.zip", "--yes")

    assert (answer.code, "gone.zip" in answer.err) == (3, True)
    assert terrace("content", "import", slug, SAMPLES / "ghost.json", "--format", "hugo").code == 2


def test_a_broken_or_hostile_archive_is_refused_with_the_reason(
    terrace: Operator, schema: str, slug: str, tmp_path: Path
) -> None:
    climbing = tmp_path / "climbing.zip"
    with zipfile.ZipFile(climbing, "w") as archive:
        archive.writestr("../../etc/passwd.md", "---\ntitle: Gotcha\n---\n")
    (tmp_path / "broken.zip").write_bytes(b"PK nonsense")
    (tmp_path / "broken.xml").write_text('<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item>')
    answers = [
        terrace("content", "import", slug, path, "--yes")
        for path in (climbing, tmp_path / "broken.zip", tmp_path / "broken.xml")
    ]

    assert [answer.code for answer in answers] == [1, 1, 1]
    assert all(answer.err.strip() and "Traceback" not in answer.err for answer in answers)
    assert terrace.asks("SELECT count(*) FROM {}.posts", names=(schema,)) == [(0,)]
