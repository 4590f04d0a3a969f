"""Sections and subsections: what is the same for both is made once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.sheets import Section, Sheet, Subsection
from core.competency_matrix.use_cases.add_section import AddSection
from core.competency_matrix.use_cases.add_subsection import AddSubsection
from core.competency_matrix.use_cases.delete_place import DeletePlace
from core.competency_matrix.use_cases.merge_places import MergePlaces
from core.competency_matrix.use_cases.move_subsection import MoveSubsection
from core.competency_matrix.use_cases.rename_place import RenamePlace
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone
from entrypoints.api.bodies import MERGE_PATCH, json_body
from entrypoints.api.etags import optional_version, required_version, version_tag
from entrypoints.api.operations import Operation, Precondition, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.matrix.answers import MatrixAnswers
from entrypoints.api.v1.matrix.place_models import IntoQuery, MergeWanted, NameWanted, PlaceWanted
from entrypoints.api.v1.matrix.sheet_models import SheetShown

SHEET = "/matrix/sheets/{sheet_id:str}"
_BY_SHEET = "If-Match takes the sheet's ETag; the answer is the sheet."
"""Sections and subsections have no version of their own."""
Handler = TypeVar("Handler", bound=Callable[..., Awaitable[Answer]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """*noun* is what one of them is called; *find* raises PlaceNotFound for the id of the other kind."""

    noun: str
    find: Callable[[Sheet, str], Section | Subsection]

    @property
    def one(self) -> str:
        """The path of one of them."""
        return f"{SHEET}/{self.noun}s/{{{self.noun}_id:str}}"

    def id_in(self, request: ApiRequest, sheet: Sheet) -> str:
        place_id: str = request.path_params[f"{self.noun}_id"]
        return self.find(sheet, place_id).id

    def named(self, verb: str, handler: Handler) -> Handler:
        handler.__name__ = handler.__qualname__ = f"{verb}_{self.noun}"
        return handler


BOTH = (Places(noun="section", find=Sheet.section), Places(noun="subsection", find=Sheet.subsection))

ADD_SECTION = Operation(
    summary="Add a section",
    tag="matrix",
    use_case=AddSection,
    body=NameWanted,
    shows=SheetShown,
    status=201,
    refusals=(404,),
    precondition=Precondition.OPTIONAL,
    note=_BY_SHEET,
)
ADD_SUBSECTION = replace(ADD_SECTION, summary="Add a subsection", use_case=AddSubsection)
MOVE = Operation(
    summary="Move a subsection to another section or sheet",
    tag="matrix",
    use_case=MoveSubsection,
    body=PlaceWanted,
    shows=SheetShown,
    refusals=(404, 422),
    precondition=Precondition.REQUIRED,
    note="If-Match takes the ETag of the sheet that it leaves, which is the answer.",
)
MERGE = Operation(
    summary="Merge two sections, or two subsections",
    tag="matrix",
    use_case=MergePlaces,
    body=MergeWanted,
    shows=SheetShown,
    refusals=(404,),
    precondition=Precondition.OPTIONAL,
    note=_BY_SHEET,
)


@writes(HttpMethod.POST, f"{SHEET}/sections", ADD_SECTION)
@inject
async def add_section(
    request: ApiRequest,
    sheet_id: FromPath[str],
    admission: FromDishka[Admission],
    add: FromDishka[AddSection],
    answers: FromDishka[MatrixAnswers],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_SHEETS)
    expected = optional_version(request)
    wanted, raw = await json_body(request, NameWanted)

    async def write() -> Answer:
        return answers.sheet_created(await add(sheet_id, wanted.name, expected=expected))

    return await repeats.once(request, raw, write)


@writes(HttpMethod.POST, f"{SHEET}/sections/{{section_id:str}}/subsections", ADD_SUBSECTION)
@inject
async def add_subsection(
    request: ApiRequest,
    sheet_id: FromPath[str],
    section_id: FromPath[str],
    admission: FromDishka[Admission],
    add: FromDishka[AddSubsection],
    answers: FromDishka[MatrixAnswers],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_SHEETS)
    expected = optional_version(request)
    wanted, raw = await json_body(request, NameWanted)

    async def write() -> Answer:
        return answers.sheet_created(await add(sheet_id, section_id, wanted.name, expected=expected))

    return await repeats.once(request, raw, write)


def _rename(places: Places) -> HTTPRouteHandler:
    async def handler(
        request: ApiRequest,
        sheet_id: FromPath[str],
        admission: FromDishka[Admission],
        rename: FromDishka[RenamePlace],
        answers: FromDishka[MatrixAnswers],
    ) -> Answer:
        await admission.admit(Action.EDIT_SHEETS)
        expected = required_version(request)
        wanted, _ = await json_body(request, NameWanted, MERGE_PATCH)
        place_id = places.id_in(request, await answers.sheet(sheet_id))
        return answers.sheet_changed(await rename(sheet_id, place_id, wanted.name, expected=expected))

    told = Operation(
        summary=f"Rename a {places.noun}",
        tag="matrix",
        use_case=RenamePlace,
        body=NameWanted,
        body_types=("application/json", MERGE_PATCH),
        shows=SheetShown,
        refusals=(404, 422),
        precondition=Precondition.REQUIRED,
        note=_BY_SHEET,
    )
    return writes(HttpMethod.PATCH, places.one, told)(inject(places.named("rename", handler)))


def _delete(places: Places) -> HTTPRouteHandler:
    async def handler(
        request: ApiRequest,
        sheet_id: FromPath[str],
        admission: FromDishka[Admission],
        delete: FromDishka[DeletePlace],
        answers: FromDishka[MatrixAnswers],
    ) -> Answer:
        await admission.admit(Action.EDIT_SHEETS)
        into, expected = query_of(request, IntoQuery).into, optional_version(request)
        place_id = places.id_in(request, await answers.sheet(sheet_id))
        sheet = await delete(sheet_id, place_id, into=into, expected=expected)
        return gone(tag=version_tag(sheet.version))

    told = Operation(
        summary=f"Delete a {places.noun}",
        tag="matrix",
        use_case=DeletePlace,
        query=IntoQuery,
        status=204,
        refusals=(404, 409),
        precondition=Precondition.OPTIONAL,
        note="If-Match takes the sheet's ETag, and the answer carries its new one.",
    )
    return writes(HttpMethod.DELETE, places.one, told)(inject(places.named("delete", handler)))


@writes(HttpMethod.PUT, f"{SHEET}/subsections/{{subsection_id:str}}/place", MOVE)
@inject
async def move_subsection(
    request: ApiRequest,
    sheet_id: FromPath[str],
    subsection_id: FromPath[str],
    admission: FromDishka[Admission],
    move: FromDishka[MoveSubsection],
    answers: FromDishka[MatrixAnswers],
) -> Answer:
    await admission.admit(Action.EDIT_SHEETS)
    expected = required_version(request)
    wanted, _ = await json_body(request, PlaceWanted)
    moved = await move(
        sheet_id, subsection_id, section_id=wanted.section_id, to_sheet_id=wanted.sheet_id, expected=expected
    )
    return answers.sheet_changed(moved)


@writes(HttpMethod.POST, f"{SHEET}/merges", MERGE)
@inject
async def merge_places(
    request: ApiRequest,
    sheet_id: FromPath[str],
    admission: FromDishka[Admission],
    merge: FromDishka[MergePlaces],
    answers: FromDishka[MatrixAnswers],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_SHEETS)
    expected = optional_version(request)
    wanted, raw = await json_body(request, MergeWanted)

    async def write() -> Answer:
        return answers.sheet_changed(await merge(sheet_id, wanted.gone, wanted.into, expected=expected))

    return await repeats.once(request, raw, write)


HANDLERS = (
    add_section,
    add_subsection,
    move_subsection,
    merge_places,
    *(make(places) for places in BOTH for make in (_rename, _delete)),
)
