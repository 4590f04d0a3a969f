from dataclasses import replace

from core.access import Action
from core.competency_matrix.errors import SheetNotFound
from core.competency_matrix.texts import Attachment
from core.competency_matrix.use_cases.show_sheet_data import ShowSheetData
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.makers import draft, published
from tests.core.matrix_makers import SENIOR, public_question, question, resource, sheet


async def test_programs_get_a_whole_sheet_in_its_order(house: House) -> None:
    house.has_sheet(sheet(former_keys=("snake",)))
    house.has_resource(resource("manual"))
    house.has_resource(resource("unused"))
    house.has_post(published("shown"))
    house.has_post(draft("hidden"))
    attached = (Attachment(resource_id="manual"),)
    house.has_question(public_question("last", subsection="files"))
    house.has_question(replace(public_question("second"), grade=SENIOR, evidence=("shown", "hidden")))
    house.has_question(replace(public_question("first"), resources=attached))
    house.has_question(question("draft"))

    found = await house.make(ShowSheetData)("snake")

    assert [one.slug for one in found.questions] == ["first", "second", "last"]
    assert set(found.resources) == {"manual"}
    assert set(found.evidence) == {"shown"}
    assert found.sheet.key == "python"
    assert await house.make(ShowSheetData)(found.sheet.id) == found


async def test_a_sheet_that_there_is_not_is_not_found(house: House) -> None:
    with house.refuses(SheetNotFound):
        await house.make(ShowSheetData)("python")


async def test_a_refused_visitor_gets_nothing_where_the_matrix_is_closed(house: House) -> None:
    house.forbids(Action.READ_MATRIX)

    with house.refuses(Unauthenticated):
        await house.make(ShowSheetData)("python")
