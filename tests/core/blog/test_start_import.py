from collections.abc import AsyncIterator

import pytest

from core.blog.archives import ArchiveFormat
from core.blog.import_errors import ArchiveTooLarge, ImportUnderWay
from core.blog.import_runs import ARCHIVE_BYTES, KEPT_FOR, PART_BYTES, Import, ImportState, format_named
from core.blog.use_cases.start_import import StartImport
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated, Unavailable
from core.filenames import safe_filename
from core.identity import Role
from core.tasks import TaskKind
from tests.core.blog.imported import an_import
from tests.core.fakes.imports import MemoryImports
from tests.core.house import House

ARCHIVE = b"x" * PART_BYTES + b"the rest"


def start_import(house: House) -> StartImport:
    return StartImport(
        access=house.access,
        imports=house.imports,
        deposit=house.deposit,
        tasks=house.tasks,
        clock=house.clock,
        transaction=house.transaction,
    )


async def sent(content: bytes) -> AsyncIterator[bytes]:
    for place in range(0, len(content), 100_000):
        yield content[place : place + 100_000]


async def started(house: House, content: bytes = ARCHIVE, *, size: int | None = None) -> Import:
    house_sends = sent(content)
    wanted = len(content) if size is None else size
    return await start_import(house)(
        house_sends, size=wanted, filename="C:\\me\\old.zip", lang="ru", form=ArchiveFormat.GHOST
    )


async def test_the_owner_uploads_an_archive_that_the_runner_looks_through(house: House) -> None:
    owner = house.admits(Role.OWNER)
    one = await started(house)
    (kept,) = house.kept(house.imports).values()
    run, clean = house.kept(house.tasks).values()

    assert kept.one == one
    assert (one.state, one.filename, one.lang, one.size) == (ImportState.CHECKING, "old.zip", "ru", len(ARCHIVE))
    assert (one.created_by, one.created_by_name, one.format) == (owner.user_id, owner.name, ArchiveFormat.GHOST)
    assert b"".join(house.deposit.kept[name] for name in one.parts) == ARCHIVE
    by_kind = {task.kind: task for task in (run, clean)}
    assert by_kind[TaskKind.RUN_IMPORT].due_at == house.clock.now()
    assert by_kind[TaskKind.DELETE_FILES].due_at == house.clock.now() + KEPT_FOR
    assert set(by_kind[TaskKind.DELETE_FILES].payload) == set(one.parts)
    assert {task.subject for task in (run, clean)} == {one.id}


async def test_nobody_can_guess_where_it_lies(house: House) -> None:
    house.admits(Role.OWNER)
    one = await started(house)

    assert all(len(name) > 40 and one.id not in name for name in one.parts)


async def test_what_lies_in_the_store_is_taken_out_again_whatever_happens(house: House) -> None:
    """Silent store, or a process that dies: the task stands before the first byte does."""
    house.admits(Role.OWNER)
    house.deposit.is_silent = True
    with pytest.raises(Unavailable):
        await started(house)

    (task,) = house.kept(house.tasks).values()
    assert task.kind is TaskKind.DELETE_FILES
    assert house.kept(house.imports) == {}


@pytest.mark.parametrize("state", [ImportState.CHECKING, ImportState.READY, ImportState.RUNNING])
async def test_a_second_one_waits_for_the_first(house: House, state: ImportState) -> None:
    house.has_import(an_import(state))
    house.admits(Role.OWNER)

    with house.refuses(ImportUnderWay):
        await started(house)


class Overtaken(MemoryImports):
    """Somebody else's upload comes first."""

    async def find_open(self) -> Import | None:
        return None


async def test_of_two_at_once_one_is_refused_and_leaves_no_archive(house: House) -> None:
    house.imports = Overtaken()
    first = house.has_import(an_import(ImportState.CHECKING))
    house.admits(Role.OWNER)
    with pytest.raises(ImportUnderWay):
        await started(house)

    assert set(house.deposit.kept) == set(first.parts)


async def test_one_that_nobody_confirmed_within_a_day_is_in_nobodys_way(house: House) -> None:
    left = house.has_import(an_import(ImportState.READY))
    house.admits(Role.OWNER)
    house.clock.pass_(hours=24)
    new = await started(house)

    states = {one.one.id: one.one.state for one in house.kept(house.imports).values()}
    assert states == {left.id: ImportState.CANCELLED, new.id: ImportState.CHECKING}


async def test_no_archive_is_no_import(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await started(house, size=0)


async def test_too_large_an_archive_is_refused(house: House) -> None:
    house.admits(Role.OWNER)

    with house.refuses(ArchiveTooLarge):
        await started(house, size=ARCHIVE_BYTES + 1)


def test_a_format_is_named_or_recognised() -> None:
    assert format_named("ghost") is ArchiveFormat.GHOST
    assert format_named("auto") is format_named("") is None
    with pytest.raises(Invalid):
        format_named("tumblr")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\x00b\n.zip", "ab.zip"),
        ("..", "archive"),
        ("", "archive"),
        ("\ud800x.json", "x.json"),
        ("я" * 300 + ".xml", "я" * 98 + ".xml"),
    ],
)
def test_a_hostile_name_becomes_a_plain_one(given: str, kept: str) -> None:
    assert safe_filename(given) == kept


@pytest.mark.parametrize(
    ("role", "error"), [(Role.EDITOR, Forbidden), (Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)]
)
async def test_others_are_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await started(house)
