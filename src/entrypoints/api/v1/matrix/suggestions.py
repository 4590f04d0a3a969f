"""What visitors propose, and what becomes of it."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.competency_matrix.suggestions import Suggestion
from core.competency_matrix.use_cases.accept_suggestion import AcceptSuggestion
from core.competency_matrix.use_cases.list_suggestions import ListSuggestions
from core.competency_matrix.use_cases.reject_suggestion import RejectSuggestion
from core.competency_matrix.use_cases.show_suggestion import ShowSuggestion
from core.competency_matrix.use_cases.suggest_question import SuggestQuestion
from core.limits import Client
from core.pagination import NumberedPage
from core.site.entities import SiteSettings
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, shown
from entrypoints.api.bodies import json_body, no_body
from entrypoints.api.numbered import part_of
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.refusals import AlikeThere
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.matrix.answers import BASE, MatrixAnswers
from entrypoints.api.v1.matrix.card_models import cards_shown
from entrypoints.api.v1.matrix.question_models import QuestionShown
from entrypoints.api.v1.matrix.suggestion_models import (
    AcceptanceWanted,
    SuggestionDetailShown,
    SuggestionShown,
    SuggestionsQuery,
    SuggestionsShown,
    SuggestionWanted,
)

ALL = "/matrix/suggestions"
ONE = f"{ALL}/{{suggestion_id:str}}"

SUGGEST = Operation(
    summary="Propose a question",
    tag="matrix",
    use_case=SuggestQuestion,
    body=SuggestionWanted,
    shows=SuggestionShown,
    status=201,
    refusals=(404, 409, 422, 429),
    has_etag=False,
    is_public=True,
    note="When there are questions like it the answer is 409 `alike` with these, and nothing is kept until `is_sure`.",
)
LIST = Operation(
    summary="List suggestions",
    tag="matrix",
    use_case=ListSuggestions,
    query=SuggestionsQuery,
    shows=SuggestionsShown,
)
READ = Operation(
    summary="Read a suggestion",
    tag="matrix",
    use_case=ShowSuggestion,
    shows=SuggestionDetailShown,
    refusals=(404,),
)
ACCEPT = Operation(
    summary="Make a draft of a suggestion",
    tag="matrix",
    use_case=AcceptSuggestion,
    body=AcceptanceWanted,
    shows=QuestionShown,
    status=201,
    refusals=(404, 409),
    note="Location leads to the question.",
)
REJECT = Operation(
    summary="Put a suggestion aside",
    tag="matrix",
    use_case=RejectSuggestion,
    shows=SuggestionShown,
    refusals=(404, 409),
    has_etag=False,
)


@writes(HttpMethod.POST, ALL, SUGGEST)
@inject
async def suggest_question(
    request: ApiRequest,
    admission: FromDishka[Admission],
    suggest: FromDishka[SuggestQuestion],
    client: FromDishka[Client],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.SUGGEST_QUESTION)
    wanted, raw = await json_body(request, SuggestionWanted)

    async def write() -> Answer:
        proposal = await suggest(wanted.proposed(), client=client, is_sure=wanted.is_sure)
        if proposal.suggestion is None:
            raise AlikeThere(proposal.alike)
        location = f"{BASE}/suggestions/{proposal.suggestion.id}"
        return shown(SuggestionShown.of(proposal.suggestion), status=201, location=location)

    return await repeats.once(request, raw, write)


@reads(ALL, LIST)
@inject
async def list_suggestions(request: ApiRequest, list_all: FromDishka[ListSuggestions]) -> Answer:
    wanted = query_of(request, SuggestionsQuery)

    async def ask(number: int, size: int) -> NumberedPage[Suggestion]:
        return await list_all(wanted.wanted_state, number=number, size=size)

    part = await part_of(wanted, ask)
    items = tuple(SuggestionShown.of(suggestion) for suggestion in part.items)
    return reading.many(request, SuggestionsShown(items=items, next_cursor=part.next_cursor), part.next_cursor)


@reads(ONE, READ)
@inject
async def read_suggestion(
    request: ApiRequest, suggestion_id: FromPath[str], show: FromDishka[ShowSuggestion]
) -> Answer:
    found = await show(suggestion_id)
    return reading.one(request, SuggestionDetailShown.whole(found.suggestion, cards_shown(found.alike)))


@writes(HttpMethod.POST, f"{ONE}/acceptance", ACCEPT)
@inject
async def accept_suggestion(
    request: ApiRequest,
    suggestion_id: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowSuggestion],
    accept: FromDishka[AcceptSuggestion],
    site: FromDishka[SiteSettings],
    answers: FromDishka[MatrixAnswers],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.DECIDE_SUGGESTION)
    wanted, raw = await json_body(request, AcceptanceWanted)

    async def write() -> Answer:
        suggestion = (await show(suggestion_id)).suggestion
        return await answers.created(await accept(suggestion_id, wanted.text_for(suggestion), lang=site.locale))

    return await repeats.once(request, raw, write)


@writes(HttpMethod.POST, f"{ONE}/rejection", REJECT)
@inject
async def reject_suggestion(
    request: ApiRequest,
    suggestion_id: FromPath[str],
    admission: FromDishka[Admission],
    reject: FromDishka[RejectSuggestion],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.DECIDE_SUGGESTION)
    raw = await no_body(request)

    async def write() -> Answer:
        return shown(SuggestionShown.of(await reject(suggestion_id)))

    return await repeats.once(request, raw, write)


HANDLERS = (suggest_question, list_suggestions, read_suggestion, accept_suggestion, reject_suggestion)
