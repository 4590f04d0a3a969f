from typing import Annotated

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from core.access import Action
from core.media.entities import ALT_LENGTH, MediaFile, MediaKey
from core.media.use_cases.delete_media import DeleteMedia
from core.media.use_cases.edit_media import EditMedia
from core.media.use_cases.list_media import ListMedia
from core.media.use_cases.show_media import ShowMedia
from core.media.use_cases.upload_media import UploadMedia
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown
from entrypoints.api.bodies import MERGE_PATCH, patched
from entrypoints.api.etags import optional_version, required_version, version_tag
from entrypoints.api.models import MomentShown, Paging, Shown, Wanted
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.api.uploads import FORM, upload_of
from entrypoints.http.context import facts_of
from entrypoints.http.watchdog import be_patient

BASE = "/api/v1/media"
STORING_SECONDS = 20.0
EXAMPLE: JsonDict = {
    "key": "8e2d6c1f0a9b4c3d8e7f6a5b4c3d2e1f.webp",
    "filename": "latency.png",
    "content_type": "image/webp",
    "width": 1600,
    "height": 900,
    "size": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "alt": "Latency over a day",
    "uploaded_by": "0d9f1c2b3a4e5f60718293a4b5c6d7e8",
    "created_at": "2026-03-01T09:00:00Z",
    "version": 1,
    "url": "https://anna.example/media/8e2d6c1f0a9b4c3d8e7f6a5b4c3d2e1f.webp",
}


class MediaShown(Shown):
    """A picture as it is stored: decoded, checked and encoded anew. *url* is where readers get it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    key: str
    filename: str
    content_type: str
    width: int
    height: int
    size: int
    sha256: str
    alt: str
    uploaded_by: str | None
    created_at: MomentShown
    version: int
    url: str

    @classmethod
    def of(cls, media: MediaFile, *, site_url: str) -> "MediaShown":
        return cls(
            key=media.key,
            filename=media.filename,
            content_type=media.content_type,
            width=media.width,
            height=media.height,
            size=media.size,
            sha256=media.digest,
            alt=media.alt,
            uploaded_by=media.uploaded_by,
            created_at=media.created_at,
            version=media.version,
            url=f"{site_url}/media/{media.key}",
        )


class MediaListShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [EXAMPLE], "next_cursor": None}]})

    items: tuple[MediaShown, ...]
    next_cursor: str | None


class MediaWanted(Wanted):
    """What can be said of a file that is there: its alternative text, for those who do not see the picture."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"alt": "Latency over a day, with two spikes"}]})

    alt: Annotated[str, Field(json_schema_extra={"maxLength": ALT_LENGTH})] = ""


class UploadWanted(BaseModel):
    """A form with the picture (JPEG, PNG, WebP, GIF or AVIF, at most 20 MB) and its alternative text."""

    model_config = ConfigDict(extra="forbid")

    file: Annotated[str, Field(json_schema_extra={"format": "binary"})]
    alt: Annotated[str, Field(json_schema_extra={"maxLength": ALT_LENGTH})] = ""


class DeletionQuery(BaseModel):
    """*even_if_used* deletes a file that a post or the site's settings still show."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    even_if_used: Annotated[bool, Field(description="Also when a post or the site's settings show it.")] = False


LIST = Operation(summary="List files", tag="media", use_case=ListMedia, query=Paging, shows=MediaListShown)
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
READ = Operation(summary="Read about a file", tag="media", use_case=ShowMedia, shows=MediaShown, refusals=(404,))
CHANGE = Operation(
    summary="Describe a file",
    tag="media",
    use_case=EditMedia,
    body=MediaWanted,
    body_types=(MERGE_PATCH, "application/json"),
    example={"alt": "Latency over a day, with two spikes"},
    shows=MediaShown,
    refusals=(404, 422),
    precondition=Precondition.REQUIRED,
    note="The body is a JSON merge patch (RFC 7396).",
)
DELETE = Operation(
    summary="Delete a file",
    tag="media",
    use_case=DeleteMedia,
    query=DeletionQuery,
    status=204,
    refusals=(404, 409),
    precondition=Precondition.OPTIONAL,
    has_etag=False,
)


@reads("/media", LIST)
@inject
async def list_media(request: ApiRequest, list_files: FromDishka[ListMedia]) -> Answer:
    wanted = query_of(request, Paging)
    found = await list_files(limit=wanted.limit, cursor=wanted.cursor)
    items = tuple(_model(request, media) for media in found.items)
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
        return _answer(request, media, status=201, location=f"{BASE}/{media.key}")

    return await repeats.once(request, upload.identity, write)


@reads("/media/{key:str}", READ)
@inject
async def read_media(request: ApiRequest, key: FromPath[str], show: FromDishka[ShowMedia]) -> Answer:
    media = await show(MediaKey(key))
    return reading.one(request, _model(request, media), tag=version_tag(media.version))


@writes(HttpMethod.PATCH, "/media/{key:str}", CHANGE)
@inject
async def change_media(
    request: ApiRequest,
    key: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowMedia],
    edit: FromDishka[EditMedia],
) -> Answer:
    await admission.admit(Action.EDIT_MEDIA)
    expected = required_version(request)
    media = await show(MediaKey(key))
    wanted = await patched(request, MediaWanted(alt=media.alt))
    changed = await edit(media.key, alt=wanted.alt, expected=media.version if expected is None else expected)
    return _answer(request, changed)


@writes(HttpMethod.DELETE, "/media/{key:str}", DELETE)
@inject
async def delete_media(request: ApiRequest, key: FromPath[str], delete: FromDishka[DeleteMedia]) -> Answer:
    wanted = query_of(request, DeletionQuery)
    await delete(MediaKey(key), expected=optional_version(request), even_if_used=wanted.even_if_used)
    return gone()


def _model(request: ApiRequest, media: MediaFile) -> MediaShown:
    return MediaShown.of(media, site_url=facts_of(request.scope).base_url)


def _answer(request: ApiRequest, media: MediaFile, *, status: int = 200, location: str | None = None) -> Answer:
    return shown(_model(request, media), tag=version_tag(media.version), status=status, location=location)


HANDLERS = (list_media, upload_media, read_media, change_media, delete_media)
