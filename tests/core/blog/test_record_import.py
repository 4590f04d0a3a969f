import pytest

from core.access import Action
from core.blog.imports import Outcome
from core.blog.use_cases.record_import import RecordImport
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.house import House


async def test_an_archive_has_one_line_in_the_log(house: House) -> None:
    house.admits(Role.OWNER)

    await house.make(RecordImport)("posts.zip", {Outcome.ADDED: 3, Outcome.REFUSED: 1})

    [line] = house.kept(house.audit)
    assert (line.action, line.label) == (Action.RUN_IMPORT, "posts.zip")
    assert line.after == {"state": "done", "added": "3", "present": "0", "skipped": "0", "refused": "1"}


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_import_writes_no_line(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(RecordImport)("posts.zip", {})
