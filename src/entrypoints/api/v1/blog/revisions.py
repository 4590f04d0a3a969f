"""What posts and pages were: the same operations under both."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from core.access import Action
from core.blog.errors import RevisionNotFound
from core.blog.use_cases.compare_revisions import CompareRevisions
from core.blog.use_cases.list_revisions import ListRevisions
from core.blog.use_cases.restore_revision import RestoreRevision
from core.blog.use_cases.show_revision import ShowRevision
from core.revisions import revision_number
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest
from entrypoints.api.bodies import no_body
from entrypoints.api.etags import optional_version
from entrypoints.api.models import Paging
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.v1.blog.answers import PostAnswers
from entrypoints.api.v1.blog.history_models import (
    ComparisonQuery,
    ComparisonShown,
    DifferenceShown,
    RevisionListed,
    RevisionShown,
    RevisionsShown,
)
from entrypoints.api.v1.blog.kinds import BOTH, Texts
from entrypoints.api.v1.blog.models import PostShown


def _list(texts: Texts) -> HTTPRouteHandler:
    async def handler(request: ApiRequest, list_revisions: FromDishka[ListRevisions]) -> Answer:
        wanted = query_of(request, Paging)
        found = await list_revisions(texts.id_in(request), limit=wanted.limit, cursor=wanted.cursor, kind=texts.kind)
        items = tuple(RevisionListed.of(revision) for revision in found.revisions.items)
        cursor = found.revisions.next_cursor
        return reading.many(request, RevisionsShown(items=items, next_cursor=cursor), cursor)

    told = Operation(
        summary=f"List what a {texts.noun} was",
        tag=texts.tag,
        use_case=ListRevisions,
        query=Paging,
        shows=RevisionsShown,
        refusals=(404, 422),
    )
    return reads(f"{texts.one}/revisions", told)(inject(texts.named("list_%_revisions", handler)))


def _read(texts: Texts) -> HTTPRouteHandler:
    async def handler(request: ApiRequest, number: FromPath[str], show: FromDishka[ShowRevision]) -> Answer:
        found = await show(texts.id_in(request), _number(number), kind=texts.kind)
        return reading.one(request, RevisionShown.of(found.revision))

    told = Operation(
        summary=f"Read what a {texts.noun} was",
        tag=texts.tag,
        use_case=ShowRevision,
        shows=RevisionShown,
        refusals=(404,),
    )
    return reads(f"{texts.one}/revisions/{{number:str}}", told)(inject(texts.named("read_%_revision", handler)))


def _compare(texts: Texts) -> HTTPRouteHandler:
    async def handler(request: ApiRequest, compare: FromDishka[CompareRevisions]) -> Answer:
        wanted = query_of(request, ComparisonQuery)
        found = await compare(texts.id_in(request), old=wanted.old, new=wanted.new, kind=texts.kind)
        differences = tuple(DifferenceShown.of(difference) for difference in found.differences)
        return reading.one(request, ComparisonShown(old=wanted.old, new=wanted.new, differences=differences))

    told = Operation(
        summary=f"See what changed in a {texts.noun}",
        tag=texts.tag,
        use_case=CompareRevisions,
        query=ComparisonQuery,
        shows=ComparisonShown,
        refusals=(404, 422),
    )
    return reads(f"{texts.one}/comparison", told)(inject(texts.named("compare_%_revisions", handler)))


def _restore(texts: Texts) -> HTTPRouteHandler:
    async def handler(
        request: ApiRequest,
        number: FromPath[str],
        admission: FromDishka[Admission],
        restore: FromDishka[RestoreRevision],
        answers: FromDishka[PostAnswers],
        repeats: FromDishka[Repeats],
    ) -> Answer:
        await admission.admit(Action.EDIT_POST)
        raw, expected = await no_body(request), optional_version(request)

        async def write() -> Answer:
            wanted = _number(number)
            return answers.created(await restore(texts.id_in(request), wanted, expected=expected, kind=texts.kind))

        return await repeats.once(request, raw, write)

    return writes(HttpMethod.POST, f"{texts.one}/revisions/{{number:str}}/restoration", _restoration(texts))(
        inject(texts.named("restore_%_revision", handler))
    )


def _restoration(texts: Texts) -> Operation:
    return Operation(
        summary=f"Make an earlier text of a {texts.noun} the newest",
        tag=texts.tag,
        use_case=RestoreRevision,
        shows=PostShown,
        status=201,
        refusals=(404, 409),
        precondition=Precondition.OPTIONAL,
        note=f"If-Match takes the {texts.noun}'s ETag. Location leads to the {texts.noun}.",
    )


def _number(text: str) -> int:
    number = revision_number(text)
    if number is None:
        raise RevisionNotFound
    return number


HANDLERS = tuple(make(texts) for texts in BOTH for make in (_list, _read, _compare, _restore))
