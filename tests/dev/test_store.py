"""Which store is chosen, and that the choice is kept."""

from pathlib import Path

import pytest

from dev import store
from dev.memory import Memory
from dev.store import StoreKind, choose
from dev.trouble import Trouble


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Memory:
    for name in ("TERRACE_DEV_STORE", "TERRACE_STORAGE__ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    return Memory(tmp_path / "state.json")


def with_minio(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, is_there: bool) -> None:
    """A machine of our own: PATH and Go's folders, with or without the program."""
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    program = folder / "minio"
    program.unlink(missing_ok=True)
    if is_there:
        program.touch(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("GOBIN", "GOPATH"):
        monkeypatch.delenv(name, raising=False)


def test_minio_serves_where_it_is_installed(memory: Memory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with_minio(monkeypatch, tmp_path, is_there=True)
    assert choose(memory) is StoreKind.MINIO


def test_minio_is_found_where_go_installs_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with_minio(monkeypatch, tmp_path, is_there=False)
    (tmp_path / "go" / "bin").mkdir(parents=True)
    (tmp_path / "go" / "bin" / "minio").touch(0o755)
    assert store.find_minio() == tmp_path / "go" / "bin" / "minio"


def test_swift_serves_elsewhere_and_stays_when_minio_comes(
    memory: Memory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_minio(monkeypatch, tmp_path, is_there=False)
    assert choose(memory) is StoreKind.SWIFT
    with_minio(monkeypatch, tmp_path, is_there=True)
    assert choose(Memory(memory.path)) is StoreKind.SWIFT


def test_a_store_that_went_away_is_explained(memory: Memory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with_minio(monkeypatch, tmp_path, is_there=True)
    choose(memory)
    with_minio(monkeypatch, tmp_path, is_there=False)
    with pytest.raises(Trouble, match="are kept in minio, this start would use swift: bring minio back"):
        choose(memory)


def test_the_choice_can_be_forced_but_not_against_the_data(
    memory: Memory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_minio(monkeypatch, tmp_path, is_there=True)
    monkeypatch.setenv("TERRACE_DEV_STORE", "swift")
    assert choose(memory) is StoreKind.SWIFT
    monkeypatch.setenv("TERRACE_DEV_STORE", "minio")
    with pytest.raises(Trouble, match="are kept in swift"):
        choose(memory)


def test_an_endpoint_from_outside_needs_its_keys(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERRACE_STORAGE__ENDPOINT", "http://store.example")
    assert choose(memory) is StoreKind.EXTERNAL
    with pytest.raises(Trouble, match="without TERRACE_STORAGE__ROOT_ACCESS_KEY"):
        store.external({"TERRACE_STORAGE__ENDPOINT": "http://store.example"})
