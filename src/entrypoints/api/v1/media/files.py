"""One picture: what is known of it, where it is shown, another in its place."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath

from core.access import Action
from core.errors import Invalid, Problem
from core.media.entities import MediaKey
from core.media.use_cases.delete_media import DeleteMedia
from core.media.use_cases.edit_media import EditMedia
from core.media.use_cases.locate_media import LocateMedia
from core.media.use_cases.replace_media import ReplaceMedia
from core.media.use_cases.show_media import ShowMedia
from core.text import N_
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone
from entrypoints.api.bodies import MERGE_PATCH, patched
from entrypoints.api.etags import optional_version, required_version, version_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.uploads import FORM, upload_of
from entrypoints.api.v1.media.answers import STORING_SECONDS, file_answer, file_model
from entrypoints.api.v1.media.models import (
    DeletionQuery,
    MediaPlaceShown,
    MediaPlacesShown,
    MediaShown,
    MediaWanted,
    ReplacementWanted,
)
from entrypoints.http.watchdog import be_patient

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
REPLACE = Operation(
    summary="Replace a picture",
    tag="media",
    use_case=ReplaceMedia,
    body=ReplacementWanted,
    body_types=(FORM,),
    shows=MediaShown,
    refusals=(404, 422, 503),
    precondition=Precondition.REQUIRED,
    note="The variants get other addresses; old ones lead to the new picture.",
)
PLACES = Operation(
    summary="List where a file is shown",
    tag="media",
    use_case=LocateMedia,
    shows=MediaPlacesShown,
    refusals=(404,),
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
    note="The problem of a 409 lists the `places` that show it, as `GET /media/{key}/places` does; `force=true` "
    "deletes it all the same.",
)


@reads("/media/{key:str}", READ)
@inject
async def read_media(request: ApiRequest, key: FromPath[str], show: FromDishka[ShowMedia]) -> Answer:
    media = await show(MediaKey(key))
    return reading.one(request, file_model(request, media), tag=version_tag(media.version))


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
    return file_answer(request, changed)


@writes(HttpMethod.PUT, "/media/{key:str}/content", REPLACE)
@inject
async def replace_media(
    request: ApiRequest,
    key: FromPath[str],
    admission: FromDishka[Admission],
    show: FromDishka[ShowMedia],
    replace: FromDishka[ReplaceMedia],
) -> Answer:
    await admission.admit(Action.REPLACE_MEDIA)
    expected = required_version(request)
    media = await show(MediaKey(key))
    upload = await upload_of(request)
    if upload.alt:
        raise Invalid(Problem.of("alt", N_("There is no such field.")))
    be_patient(request.scope, STORING_SECONDS)
    wanted = media.version if expected is None else expected
    replaced = await replace(media.key, upload.content, filename=upload.filename, expected=wanted)
    return file_answer(request, replaced)


@reads("/media/{key:str}/places", PLACES)
@inject
async def list_media_places(request: ApiRequest, key: FromPath[str], locate: FromDishka[LocateMedia]) -> Answer:
    located = await locate(MediaKey(key))
    items = tuple(MediaPlaceShown.of(place) for place in located.places)
    return reading.one(request, MediaPlacesShown(items=items))


@writes(HttpMethod.DELETE, "/media/{key:str}", DELETE)
@inject
async def delete_media(request: ApiRequest, key: FromPath[str], delete: FromDishka[DeleteMedia]) -> Answer:
    wanted = query_of(request, DeletionQuery)
    await delete(MediaKey(key), expected=optional_version(request), even_if_used=wanted.force)
    return gone()


HANDLERS = (read_media, change_media, replace_media, list_media_places, delete_media)
