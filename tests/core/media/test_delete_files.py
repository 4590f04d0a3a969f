import pytest

from core.errors import Forbidden, TerraceError, Unauthenticated, Unavailable
from core.identity import Role
from core.media.entities import MediaKey
from core.media.use_cases.delete_files import DeleteFiles
from core.tasks import Task, TaskKind, TaskTaken
from tests.core.house import House

KEYS = ("a.webp", "a-480w.webp")


def delete_files(house: House) -> DeleteFiles:
    return DeleteFiles(access=house.access, files=house.files, tasks=house.tasks, transaction=house.transaction)


def asked(house: House) -> Task:
    for key in (*KEYS, "b.webp"):
        house.files.kept[MediaKey(key)] = b"0123456789"
    return house.has_task(TaskKind.DELETE_FILES, subject=KEYS[0], **dict.fromkeys((*KEYS, "gone.webp"), ""))


async def test_the_runner_deletes_what_the_task_names(house: House) -> None:
    task = asked(house)
    house.admits(Role.OPERATOR)
    await delete_files(house)(task)

    assert list(house.files.kept) == ["b.webp"]
    assert house.kept(house.tasks) == {}


async def test_a_silent_store_leaves_the_task_to_be_tried_again(house: House) -> None:
    task = asked(house)
    house.admits(Role.OPERATOR)
    house.files.is_silent = True

    with house.refuses(Unavailable):
        await delete_files(house)(task)
    assert task.id in house.tasks.kept


async def test_a_task_that_was_taken_over_is_not_finished(house: House) -> None:
    task = house.has_task(TaskKind.DELETE_FILES)
    await house.tasks.begin(TaskKind.DELETE_FILES, now=house.clock.now())
    house.transaction.settle()
    house.admits(Role.OPERATOR)

    with house.refuses(TaskTaken):
        await delete_files(house)(task)
    assert task.id in house.tasks.kept


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_anybody_of_the_site_is_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    task = asked(house)
    house.admits(role)

    with house.refuses(error):
        await delete_files(house)(task)
