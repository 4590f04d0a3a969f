from dataclasses import replace
from datetime import timedelta

import pytest

from core.blog.import_runs import ImportState
from core.blog.use_cases.list_imports import ListImports
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.blog.imported import an_import
from tests.core.house import House
from tests.core.makers import NOW


def list_imports(house: House) -> ListImports:
    return ListImports(access=house.access, imports=house.imports)


async def test_the_owner_sees_what_was_imported_newest_first(house: House) -> None:
    for hours in range(3):
        done = an_import(ImportState.DONE, name=f"import {hours}")
        house.has_import(replace(done, created_at=NOW + timedelta(hours=hours)))
    house.admits(Role.OWNER)
    first = await list_imports(house)(limit=2)
    rest = await list_imports(house)(limit=2, cursor=first.next_cursor)

    assert [one.id for one in first.items] == ["import 2", "import 1"]
    assert ([one.id for one in rest.items], rest.next_cursor) == (["import 0"], None)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_others_are_refused(house: House, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await list_imports(house)()
