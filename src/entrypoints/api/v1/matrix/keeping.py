"""Work on many questions: changes of several at once, doubles, what there is to do, what the matrix is like."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod

from core.access import Action
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.use_cases.change_question_states import ChangeQuestionStates
from core.competency_matrix.use_cases.change_questions import ChangeQuestions
from core.competency_matrix.use_cases.check_double import CheckDouble
from core.competency_matrix.use_cases.count_work import CountWork
from core.competency_matrix.use_cases.edit_matrix import EditMatrix
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.errors import Invalid, Problem
from core.text import N_
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, shown
from entrypoints.api.bodies import json_body
from entrypoints.api.etags import required_version, version_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.matrix.card_models import DoublesQuery, DoublesShown, cards_shown
from entrypoints.api.v1.matrix.keeping_models import (
    ChangedShown,
    ChangesWanted,
    QuestionStatesWanted,
    WorkQuery,
    WorkShown,
)
from entrypoints.api.v1.matrix.sheet_models import MatrixSettingsShown, MatrixSettingsWanted

CHANGES = Operation(
    summary="Give several questions another grade or place",
    tag="matrix",
    use_case=ChangeQuestions,
    body=ChangesWanted,
    shows=ChangedShown,
    refusals=(404, 409),
    has_etag=False,
)
STATES = Operation(
    summary="Publish, withdraw, delete or restore several questions",
    tag="matrix",
    use_case=ChangeQuestionStates,
    body=QuestionStatesWanted,
    shows=ChangedShown,
    refusals=(404, 409),
    has_etag=False,
    note="A refusal with 409 `some_not_ready` tells what each lacks as `questions`.",
)
DOUBLES = Operation(
    summary="See which questions resemble one",
    tag="matrix",
    use_case=CheckDouble,
    query=DoublesQuery,
    shows=DoublesShown,
)
WORK = Operation(
    summary="Count what there is to do", tag="matrix", use_case=CountWork, query=WorkQuery, shows=WorkShown
)
READ_SETTINGS = Operation(
    summary="Read the grades and settings of the matrix",
    tag="matrix",
    use_case=ShowMatrix,
    shows=MatrixSettingsShown,
    is_public=True,
    note="Here: its settings.",
)
REPLACE_SETTINGS = Operation(
    summary="Replace the grades and settings of the matrix",
    tag="matrix",
    use_case=EditMatrix,
    body=MatrixSettingsWanted,
    shows=MatrixSettingsShown,
    refusals=(409, 422),
    precondition=Precondition.REQUIRED,
)


@writes(HttpMethod.POST, "/matrix/questions/changes", CHANGES)
@inject
async def change_questions(
    request: ApiRequest,
    admission: FromDishka[Admission],
    change: FromDishka[ChangeQuestions],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.EDIT_QUESTION)
    wanted, raw = await json_body(request, ChangesWanted)
    if wanted.grade is None and wanted.subsection_id is None:
        raise Invalid(Problem.of("grade", N_("Say what shall change: grade, subsection_id or both.")))

    async def write() -> Answer:
        grade = GradeKey(wanted.grade) if wanted.grade is not None else None
        changed = await change(wanted.questions, grade=grade, subsection_id=wanted.subsection_id)
        return shown(ChangedShown(changed=changed))

    return await repeats.once(request, raw, write)


@writes(HttpMethod.POST, "/matrix/questions/states", STATES)
@inject
async def change_question_states(
    request: ApiRequest,
    admission: FromDishka[Admission],
    change: FromDishka[ChangeQuestionStates],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.READ_UNPUBLISHED_QUESTION)
    wanted, raw = await json_body(request, QuestionStatesWanted)

    async def write() -> Answer:
        return shown(ChangedShown(changed=await change(wanted.questions, wanted.state)))

    return await repeats.once(request, raw, write)


@reads("/matrix/questions/doubles", DOUBLES)
@inject
async def list_doubles(request: ApiRequest, check: FromDishka[CheckDouble]) -> Answer:
    wanted = query_of(request, DoublesQuery)
    found = await check(wanted.question, own=wanted.own)
    return reading.one(request, DoublesShown(is_exact=found.is_exact, items=cards_shown(found.cards)))


@reads("/matrix/work", WORK)
@inject
async def count_matrix_work(request: ApiRequest, count: FromDishka[CountWork]) -> Answer:
    return reading.one(request, WorkShown.of(await count(sheet_id=query_of(request, WorkQuery).sheet)))


@reads("/matrix/settings", READ_SETTINGS)
@inject
async def read_matrix_settings(request: ApiRequest, show: FromDishka[ShowMatrix]) -> Answer:
    settings = (await show()).settings
    return reading.one(request, MatrixSettingsShown.of(settings), tag=version_tag(settings.version))


@writes(HttpMethod.PUT, "/matrix/settings", REPLACE_SETTINGS)
@inject
async def replace_matrix_settings(
    request: ApiRequest, admission: FromDishka[Admission], edit: FromDishka[EditMatrix]
) -> Answer:
    await admission.admit(Action.EDIT_MATRIX)
    expected = required_version(request)
    wanted, _ = await json_body(request, MatrixSettingsWanted)
    settings = await edit(wanted.wishes(), expected=expected)
    return shown(MatrixSettingsShown.of(settings), tag=version_tag(settings.version))


HANDLERS = (
    change_questions,
    change_question_states,
    list_doubles,
    count_matrix_work,
    read_matrix_settings,
    replace_matrix_settings,
)
