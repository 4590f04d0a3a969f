"""QuestionImports, in memory and in the store of this run."""

from dataclasses import replace

import pytest

from clients.object_store import ObjectStore
from clients.question_imports import BucketQuestionImports
from core.competency_matrix.files import FILE_BYTES, MatrixFormat
from core.competency_matrix.importing import RowOutcome
from core.competency_matrix.question_imports import (
    ImportedRow,
    QuestionImport,
    QuestionImportGone,
    QuestionImportId,
    QuestionImports,
    new_question_import,
)
from core.errors import Problem, Unavailable
from core.identity import Role
from tests.core.fakes.files import MemoryFiles
from tests.core.fakes.matrix_files import MemoryQuestionImports
from tests.core.house import somebody
from tests.core.makers import NOW
from tests.fixtures.bucket import OwnBucket

ROW = ImportedRow(
    number=7,
    source="python/names.md",
    question="Ünïcode?\n“Yes”",
    outcome=RowOutcome.REFUSED,
    slug="names",
    question_id="ab",
    problems=(Problem.of("grade", "There is no grade “%(name)s”, %(number)d.", name="guru", number=3),),
    missing=("a-post",),
)


@pytest.fixture(params=["memory", "store"])
def imports(request: pytest.FixtureRequest) -> QuestionImports:
    if request.param == "memory":
        return MemoryQuestionImports()
    bucket: OwnBucket = request.getfixturevalue("bucket")
    store: ObjectStore = request.getfixturevalue("store")
    return BucketQuestionImports(store.files(bucket.name, bucket.key))


def new() -> QuestionImport:
    form, owner = MatrixFormat.XLSX, somebody(Role.OWNER)
    return new_question_import(filename="a.xlsx", form=form, lang="en", total=7, by=owner, at=NOW)


async def test_it_comes_back_with_its_file(imports: QuestionImports) -> None:
    one = new()
    await imports.add(one, b"\x00bytes" * 1000)

    assert await imports.get(one.id) == one
    assert await imports.content(one) == b"\x00bytes" * 1000


async def test_the_largest_file_fits(imports: QuestionImports) -> None:
    one = new()
    await imports.add(one, b"x" * FILE_BYTES)

    assert len(await imports.content(one)) == FILE_BYTES


async def test_what_became_of_it_is_kept(imports: QuestionImports) -> None:
    one = new()
    await imports.add(one, b"file")
    failed = replace(one.confirmed([7, 2], NOW), rows=(ROW,), sheets=("rust",)).failed(Problem.of("file", "No."), NOW)
    await imports.save(failed)

    assert await imports.get(one.id) == failed
    assert await imports.content(failed) == b"file"


async def test_a_word_that_stops_it_is_found_whatever_is_saved_meanwhile(imports: QuestionImports) -> None:
    one, other = new(), new()
    await imports.add(one, b"file")
    await imports.add(other, b"file")
    assert not await imports.is_stopped(one)

    await imports.stop(one)
    await imports.save(one.confirmed(None, NOW))

    assert await imports.is_stopped(one)
    assert not await imports.is_stopped(other)


@pytest.mark.parametrize("name", ["0" * 32, "", "../x", "A" * 32, "0" * 31 + "ё", "0" * 500])
async def test_what_is_not_there_is_gone(imports: QuestionImports, name: str) -> None:
    with pytest.raises(QuestionImportGone):
        await imports.get(QuestionImportId(name))
    with pytest.raises(QuestionImportGone):
        await imports.content(new())


async def test_nothing_stays_of_what_was_stored_by_half() -> None:
    files = MemoryFiles()
    files.takes = 1

    with pytest.raises(Unavailable):
        await BucketQuestionImports(files).add(new(), b"file")

    assert files.kept == {}
