"""A whole site on real database and store, taken along and brought in elsewhere."""

import json
import re
import shutil
import zipfile
from pathlib import Path
from secrets import token_hex

import pytest

from tests.cli.conftest import Answer, Operator, WriteSite

DEMO = Path(__file__).parents[2] / "tenants" / "anna"


@pytest.fixture(scope="module")
def demo(terrace: Operator, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A site with all that a site can have; its slug."""
    slug, root = f"s{token_hex(4)}", tmp_path_factory.mktemp("demo")
    shutil.copytree(DEMO, root / slug)
    toml = root / slug / "tenant.toml"
    toml.write_text(toml.read_text().replace('"anna"', f'"{slug}"').replace("anna.", f"{slug}."))
    scheduled = root / slug / "content" / "blog" / "reading-list-2026.md"
    scheduled.write_text(re.sub(r"(?m)^date: .*$", "date: 2199-01-01", scheduled.read_text()))
    assert terrace("tenants", "apply", root).code == 0
    schema = terrace("tenants", "show", slug, "--json").data["schema"]
    ids = [post_id for (post_id,) in terrace.asks("SELECT id FROM {}.posts ORDER BY kind, slug", names=(schema,))]
    withdraw, rename, trash = ids[:3]
    terrace.asks("UPDATE {}.posts SET is_public = false WHERE id = %s", withdraw, names=(schema,))
    terrace.asks("UPDATE {}.posts SET trashed_at = now() WHERE id = %s", trash, names=(schema,))
    pointing = (
        "INSERT INTO {}.redirects (path, post_id, created_at) VALUES ('/?p=12', %s, now()), ('/blog/старое', %s, now())"
    )
    terrace.asks(pointing, rename, rename, names=(schema,))
    return slug


def empty_site(terrace: Operator, slug: str) -> None:
    site = ("--host", f"{slug}.example", "--title", "Другой", "--owner", f"o@{slug}.example", "--locale", "ru")
    assert terrace("tenants", "create", slug, *site).code == 0


def export(terrace: Operator, slug: str, path: Path, *words: str) -> Answer:
    return terrace("content", "export", slug, path, "--json", *words)


def test_a_site_moves_whole_and_comes_out_the_same(terrace: Operator, demo: str, slug: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    told = export(terrace, demo, first)
    empty_site(terrace, slug)
    came = terrace("content", "import", slug, first, "--yes", "--json")
    assert export(terrace, slug, second).code == 0
    again = terrace("content", "import", slug, first, "--yes", "--json")
    own = terrace("content", "import", demo, second, "--yes", "--json")

    assert (told.code, came.code) == (0, 0), (told, came)
    assert second.read_bytes() == first.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
    assert set(manifest["files"]) == set(names) - {"manifest.json"}
    assert {"pictures": told.data["pictures"]} == {"pictures": sum(name.startswith("media/") for name in names)}
    assert told.data["posts"] > 3
    assert told.data["pages"] >= 1
    assert told.data["pictures"] >= 2
    found = came.data["totals"]
    assert found["found"] == found["added"] == again.data["totals"]["present"] == own.data["totals"]["present"]
    assert export(terrace, demo, tmp_path / "third.zip").code == 0
    assert (tmp_path / "third.zip").read_bytes() == first.read_bytes()


def test_a_folder_is_an_export_and_the_content_of_a_site(
    terrace: Operator, demo: str, slug: str, site: WriteSite, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    told = export(terrace, demo, folder).data
    site(slug)
    shutil.copytree(folder, tmp_path / slug / "content", dirs_exist_ok=True)
    answer = terrace("tenants", "apply", tmp_path / slug)
    copy = export(terrace, slug, tmp_path / "copy").data

    assert answer.code == 0, answer
    assert [copy[name] for name in ("posts", "pages")] == [told[name] for name in ("posts", "pages")]
    for path in (tmp_path / "copy" / "media").iterdir():
        assert path.read_bytes() == (folder / "media" / path.name).read_bytes()
    assert sorted(path.name for path in (tmp_path / "copy" / "blog").iterdir()) == sorted(
        path.name for path in (folder / "blog").iterdir()
    )


def test_nothing_is_written_over_without_a_word(terrace: Operator, demo: str, tmp_path: Path) -> None:
    folder, archive = tmp_path / "out", tmp_path / "out.zip"
    folder.mkdir()
    assert export(terrace, demo, folder).code == export(terrace, demo, archive).code == 0
    whole = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    (folder / "blog" / "mine.md").write_text("mine")
    (folder / "manifest.json").write_text(
        json.dumps({"format": "terrace-content", "files": {"blog/old.md": "", "../out.zip": "", "blog/../x.md": ""}})
    )
    (folder / "blog" / "old.md").write_text("of an earlier export")

    refused = [export(terrace, demo, path) for path in (folder, archive)]
    kept = (folder / "blog" / "old.md").is_file()
    sure = [export(terrace, demo, path, "--yes") for path in (folder, archive)]

    assert [answer.code for answer in refused] == [4, 4]
    assert "--yes" in refused[0].err
    assert kept
    assert [answer.code for answer in sure] == [0, 0]
    assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == sorted([*whole, Path("blog/mine.md")])
    assert archive.is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.zip"]


def test_what_cannot_be_written_is_told(terrace: Operator, demo: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "file").write_text("")

    assert export(terrace, demo, tmp_path / "no" / "folder").code == 2
    assert export(terrace, demo, tmp_path / "a.zip").code == 2
    assert export(terrace, demo, tmp_path / "file", "--yes").code == 2
    assert export(terrace, "nobody", tmp_path / "x").code == 3


def test_a_dash_is_standard_input_and_output(terrace: Operator, demo: str, slug: str, tmp_path: Path) -> None:
    empty_site(terrace, slug)

    went = terrace("content", "export", demo, "-")
    file = terrace("content", "export", demo, tmp_path / "file.zip", "--json")
    came = terrace.saying(went.raw)("content", "import", slug, "-", "--yes", "--json")

    assert (went.code, file.code, came.code) == (0, 0, 0)
    assert went.raw == (tmp_path / "file.zip").read_bytes()
    assert came.data["totals"]["added"] >= file.data["posts"] + file.data["pages"] > 0
    assert came.data["totals"]["refused"] == 0
    assert not Path("-").exists()
