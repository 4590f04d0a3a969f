"""SheetStorage."""

from dataclasses import replace

import pytest

from core.competency_matrix.errors import KeyTaken, NotEmpty, OrderChanged, PlaceNotFound, SheetNotFound
from core.competency_matrix.grades import Grade, GradeKey, MatrixSettings
from core.errors import StaleVersion
from tests.contracts.conftest import Storages
from tests.contracts.matrix import a_question, a_sheet, add

CHOSEN = MatrixSettings(
    grades=(Grade(key=GradeKey("one"), name="Первый", colour="#c2410c"), Grade(key=GradeKey("two"), name="Two")),
    accepts_suggestions=True,
    shows_coverage=True,
)


async def fill(storages: Storages, *keys: str) -> list[str]:
    """Their ids."""
    kept = [await storages.sheets.add(a_sheet(key)) for key in keys]
    await storages.transaction.commit()
    return [str(sheet.id) for sheet in kept]


async def standing(storages: Storages) -> list[str]:
    return [sheet.key for sheet in await storages.sheets.list_sheets()]


async def test_settings_are_the_defaults_until_somebody_saves_some(storages: Storages) -> None:
    assert await storages.sheets.settings() == MatrixSettings()

    saved = await storages.sheets.save_settings(CHOSEN)

    assert saved == replace(CHOSEN, version=2)
    assert await storages.sheets.settings() == saved
    again = await storages.sheets.save_settings(replace(saved, accepts_suggestions=False))
    assert (again.version, await storages.sheets.settings()) == (3, again)


@pytest.mark.parametrize("version", [1, 3])
async def test_settings_that_somebody_saved_in_between_stay(storages: Storages, version: int) -> None:
    saved = await storages.sheets.save_settings(CHOSEN)

    with pytest.raises(StaleVersion) as refused:
        await storages.sheets.save_settings(replace(MatrixSettings(), version=version))

    assert refused.value.current == 2
    assert await storages.sheets.settings() == saved


async def test_the_defaults_have_no_second_version(storages: Storages) -> None:
    with pytest.raises(StaleVersion) as refused:
        await storages.sheets.save_settings(replace(CHOSEN, version=2))

    assert refused.value.current == 1
    assert await storages.sheets.settings() == MatrixSettings()


async def test_a_sheet_comes_back_as_it_went(storages: Storages) -> None:
    sheet = a_sheet("python", ("core", ("types", "functions")), ("empty", ()), description="О языке")
    sheet = replace(sheet, former_keys=("py", "python3"))
    kept = await storages.sheets.add(sheet)

    assert kept == replace(sheet, position=1)
    assert await storages.sheets.get(sheet.id) == kept
    assert await storages.sheets.get_by_key("python") == kept
    for ask in (storages.sheets.get, storages.sheets.get_by_key):
        with pytest.raises(SheetNotFound):
            await ask("nobody")


async def test_sheets_stand_one_behind_the_other(storages: Storages) -> None:
    await fill(storages, "web", "python", "databases")

    assert await standing(storages) == ["web", "python", "databases"]
    assert [sheet.position for sheet in await storages.sheets.list_sheets()] == [1, 2, 3]


async def test_an_address_is_taken_once_and_the_transaction_goes_on(storages: Storages) -> None:
    await fill(storages, "web")

    with pytest.raises(KeyTaken):
        await storages.sheets.add(replace(a_sheet("other"), key="web"))

    await fill(storages, "other")
    assert await standing(storages) == ["web", "other"]


async def test_nobody_takes_another_sheets_address(storages: Storages) -> None:
    await fill(storages, "web", "python")

    with pytest.raises(KeyTaken):
        await storages.sheets.save(replace(await storages.sheets.get_by_key("python"), key="web"))


async def test_saving_keeps_the_place_and_counts(storages: Storages) -> None:
    await fill(storages, "web", "python")
    sheet = await storages.sheets.get_by_key("web")

    saved = await storages.sheets.save(replace(sheet, name="The web", position=9).with_section("New"))

    assert (saved.position, saved.version) == (1, 2)
    assert await storages.sheets.get(sheet.id) == saved
    with pytest.raises(StaleVersion) as refused:
        await storages.sheets.save(replace(sheet, name="Other"))
    assert refused.value.current == 2
    with pytest.raises(SheetNotFound):
        await storages.sheets.save(a_sheet("nobody"))


async def test_sheets_are_put_in_order(storages: Storages) -> None:
    web, python, databases = await fill(storages, "web", "python", "databases")

    await storages.sheets.order([databases, web, python], expected=[web, python, databases])

    assert await standing(storages) == ["databases", "web", "python"]
    assert [sheet.version for sheet in await storages.sheets.list_sheets()] == [1, 1, 1]


async def test_an_order_that_does_not_stand_changes_nothing(storages: Storages) -> None:
    web, python = await fill(storages, "web", "python")

    for wanted, expected in (
        ([python, web], [python, web]),
        ([python, web], [web]),
        ([python], [web, python]),
        ([python, python], [web, python]),
        ([python, web, "more"], [web, python, "more"]),
        ([], []),
    ):
        with pytest.raises(OrderChanged):
            await storages.sheets.order(wanted, expected=expected)

    assert await standing(storages) == ["web", "python"]


async def test_only_an_empty_sheet_is_deleted(storages: Storages) -> None:
    python = await storages.sheets.add(a_sheet("python"))
    await add(storages, a_question(), a_question("other"))

    with pytest.raises(NotEmpty) as refused:
        await storages.sheets.delete(python)
    assert refused.value.count == 2
    empty = await storages.sheets.add(a_sheet("empty"))
    with pytest.raises(StaleVersion):
        await storages.sheets.delete(replace(empty, version=2))

    await storages.sheets.delete(empty)

    assert await standing(storages) == ["python"]
    with pytest.raises(SheetNotFound):
        await storages.sheets.delete(empty)


async def test_a_place_can_be_held_that_there_is(storages: Storages) -> None:
    sheet = await storages.sheets.add(a_sheet("python"))
    await storages.transaction.commit()

    await storages.sheets.hold(sheet.id, sheet.subsections[0].id)
    for sheet_id, place_id in ((sheet.id, "0" * 32), ("0" * 32, sheet.subsections[0].id)):
        with pytest.raises(PlaceNotFound):
            await storages.sheets.hold(sheet_id, place_id)
