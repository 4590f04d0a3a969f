"""Archives that want something: each is refused, and says why."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from core.blog.archives import BadArchive
from services.archives import files as files_module
from services.archives import zips as zips_module
from services.archives.files import FolderFiles, read_at_most
from services.archives.zips import ZipFiles
from tests.services.packing import in_folder, zipped


def reason_for(path: Path) -> str:
    with pytest.raises(BadArchive) as refused:
        ZipFiles(path) if path.is_file() else FolderFiles(path)
    problem = refused.value.problems[0]
    return problem.message % problem.params


def packed(path: Path, info: zipfile.ZipInfo | str, content: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(info, content)
    return path


@pytest.mark.parametrize(
    "name", ["../a.md", "a/../../b.md", "/etc/passwd", "C:\\a.md", "..\\a.md", "a\nb.md", "x/" * 40 + "a.md", "n" * 500]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    assert "leads out of it or cannot be used" in reason_for(packed(tmp_path / "a.zip", name))


def test_links_devices_and_pipes_are_refused(tmp_path: Path) -> None:
    for mode in (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFBLK):
        info = zipfile.ZipInfo("a.md")
        info.external_attr = (mode | 0o777) << 16
        assert "is a link or no plain file" in reason_for(packed(tmp_path / "a.zip", info, b"/etc/passwd"))


def test_encrypted_entries_are_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.md": "x"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)

    assert "is encrypted" in reason_for(tmp_path / "a.zip")


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", "a.md", bytes(9 * 1024**2))

    assert "zip bomb" in reason_for(path)


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.md": "x" * 10_000}))
    central = content.index(b"PK\x01\x02")
    content[central + 24 : central + 28] = struct.pack("<L", 10)
    (tmp_path / "a.zip").write_bytes(content)
    archive = ZipFiles(tmp_path / "a.zip")

    with pytest.raises(BadArchive, match="marked fields"):
        read_at_most(archive, "a.md", 1_000)
    archive.close()


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "TOTAL_BYTES", 100)
    (tmp_path / "a.zip").write_bytes(zipped({"a": "x" * 60, "b": "x" * 60}))

    assert "is larger than" in reason_for(tmp_path / "a.zip")


def test_too_many_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "ENTRIES", 3)
    (tmp_path / "a.zip").write_bytes(zipped({str(number): "x" for number in range(4)}))
    in_folder(tmp_path / "folder", {str(number): "x" for number in range(3)})
    (tmp_path / "folder" / "more").write_text("x")

    assert "more than 3 files" in reason_for(tmp_path / "a.zip")
    assert "more than 3 files" in reason_for(tmp_path / "folder")


@pytest.mark.parametrize("large", [False, True])
def test_a_huge_directory_is_refused_before_it_is_read(tmp_path: Path, large: bool) -> None:
    content = zipped({"a.md": "x"})
    end = content.index(b"PK\x05\x06")
    claim = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_000, 65_000, 99 * 1024**2, 0, 0)
    if large:
        end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, 10**9, 0)
        claim = end64 + struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1) + content[end:]
    (tmp_path / "a.zip").write_bytes(content[:end] + claim)

    assert "more than 20000 files" in reason_for(tmp_path / "a.zip")


def test_the_length_of_the_directory_counts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips_module, "DIRECTORY_BYTES", 10)
    (tmp_path / "a.zip").write_bytes(zipped({"a.md": "x"}))

    assert "Please split it" in reason_for(tmp_path / "a.zip")


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + bytes(100), zipped({"a": "x" * 99})[:-30], bytes(200)])
def test_what_is_no_whole_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)

    assert "not complete" in reason_for(tmp_path / "a.zip")


def test_a_directory_in_pieces_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.md": "x"}))
    content[content.index(b"PK\x01\x02") : content.index(b"PK\x01\x02") + 4] = b"????"
    (tmp_path / "a.zip").write_bytes(content)

    assert "The zip is broken" in reason_for(tmp_path / "a.zip")


def test_damaged_content_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.md": os.urandom(500)}))
    content[60] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(content)
    archive = ZipFiles(tmp_path / "a.zip")

    with pytest.raises(BadArchive) as refused:
        read_at_most(archive, "a.md", 1_000)

    assert "cannot be read" in refused.value.problems[0].message
    archive.close()


def test_other_ways_of_packing_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.md", "x")

    assert "ordinary zip" in reason_for(tmp_path / "a.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.md", "x")
        archive.writestr("a.md", "y")

    assert "twice" in reason_for(tmp_path / "a.zip")


@pytest.mark.parametrize(
    ("raw", "name"),
    [("Зима.md".encode(), "Зима.md"), ("Зима.md".encode("cp866"), "Зима.md"), ("café.md".encode("cp437"), "café.md"),
     (b"a\\b.md", "a/b.md")],
)  # fmt: skip
def test_names_without_a_mark_are_read_as_they_were_meant(tmp_path: Path, raw: bytes, name: str) -> None:
    content = zipped({"n" * len(raw): "x"})
    (tmp_path / "a.zip").write_bytes(content.replace(b"n" * len(raw), raw))
    archive = ZipFiles(tmp_path / "a.zip")

    assert list(archive.names) == [name]
    assert read_at_most(archive, name, 10) == b"x"
    archive.close()


def test_leftovers_do_not_count_and_archives_within_stay_closed(tmp_path: Path) -> None:
    names = ["a.md", "__MACOSX/._a.md", ".git/config", "b/.DS_Store", "more.zip", "d/e.TAR.gz"]
    (tmp_path / "a.zip").write_bytes(zipped({**dict.fromkeys(names, "x"), "folder/": ""}))
    archive, folder = ZipFiles(tmp_path / "a.zip"), in_folder(tmp_path / "f", dict.fromkeys(names, "x"))

    assert list(archive.names) == list(folder.names) == ["a.md"]
    assert list(archive.nested) == list(folder.nested) == ["d/e.TAR.gz", "more.zip"]
    assert archive.size("a.md") == 1
    archive.close()
    folder.close()


def test_links_out_of_a_folder_are_refused(tmp_path: Path) -> None:
    for number, target in enumerate(("/etc/passwd", "/etc", "a.md", "nowhere")):
        root = tmp_path / str(number)
        in_folder(root, {"a.md": "x"})
        (root / "link.md").symlink_to(target)
        assert "is a link or no plain file" in reason_for(root)


def test_a_pipe_in_a_folder_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")

    assert "is a link or no plain file" in reason_for(tmp_path)


def test_a_folder_that_became_a_link_meanwhile_is_not_followed(tmp_path: Path) -> None:
    files = in_folder(tmp_path / "site", {"posts/a.md": "x"})
    (tmp_path / "site/posts/a.md").unlink()
    (tmp_path / "site/posts").rmdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/a.md").write_text("secret")
    (tmp_path / "site/posts").symlink_to(tmp_path / "secret")

    with pytest.raises(BadArchive, match="marked fields"):
        files.open("posts/a.md")


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    files = in_folder(tmp_path, {"a.md": "12345"})

    assert read_at_most(files, "a.md", 5) == b"12345"
    assert read_at_most(files, "a.md", 4) is None
    (tmp_path / "a.md").write_text("123456789")  # it grew after it was looked at
    assert read_at_most(files, "a.md", 6) is None


def test_an_entry_is_an_ordinary_stream(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.md": "one\ntwo"}))
    archive = ZipFiles(tmp_path / "a.zip")
    stream = archive.open("a.md")

    assert stream.readable()
    assert io.TextIOWrapper(stream).read() == "one\ntwo"
    archive.close()
