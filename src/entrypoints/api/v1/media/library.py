"""The library as a whole."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod

from core.access import Action
from core.media.use_cases.list_media import ListMedia
from core.media.use_cases.measure_media import MeasureMedia
from core.media.use_cases.upload_media import UploadMedia
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.uploads import FORM, upload_of
from entrypoints.api.v1.media.answers import BASE, STORING_SECONDS, file_answer, file_model
from entrypoints.api.v1.media.models import MediaListShown, MediaQuery, MediaShown, MediaUsageShown, UploadWanted
from entrypoints.http.watchdog import be_patient

LIST = Operation(summary="List files", tag="media", use_case=ListMedia, query=MediaQuery, shows=MediaListShown)
UPLOAD = Operation(
    summary="Upload a picture",
    tag="media",
    use_case=UploadMedia,
    body=UploadWanted,
    body_types=(FORM,),
    shows=MediaShown,
    status=201,
    refusals=(422, 503),
)
USAGE = Operation(
    summary="Read how much the files take",
    tag="media",
    use_case=MeasureMedia,
    shows=MediaUsageShown,
)


@reads("/media", LIST)
@inject
async def list_media(request: ApiRequest, list_files: FromDishka[ListMedia]) -> Answer:
    wanted = query_of(request, MediaQuery)
    found = await list_files(limit=wanted.limit, cursor=wanted.cursor, query=wanted.q, only_unused=wanted.unused)
    items = tuple(file_model(request, media) for media in found.items)
    return reading.many(request, MediaListShown(items=items, next_cursor=found.next_cursor), found.next_cursor)


@writes(HttpMethod.POST, "/media", UPLOAD)
@inject
async def upload_media(
    request: ApiRequest,
    admission: FromDishka[Admission],
    store: FromDishka[UploadMedia],
    repeats: FromDishka[Repeats],
) -> Answer:
    await admission.admit(Action.UPLOAD_MEDIA)
    upload = await upload_of(request)
    be_patient(request.scope, STORING_SECONDS)

    async def write() -> Answer:
        media = await store(upload.content, filename=upload.filename, alt=upload.alt)
        return file_answer(request, media, status=201, location=f"{BASE}/{media.key}")

    return await repeats.once(request, upload.identity, write)


@reads("/media-usage", USAGE)
@inject
async def read_media_usage(request: ApiRequest, measure: FromDishka[MeasureMedia]) -> Answer:
    usage = await measure()
    return reading.one(request, MediaUsageShown(files=usage.files, size=usage.size, limit=usage.limit))


HANDLERS = (list_media, upload_media, read_media_usage)
