"""Tags and series of a site."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.params import FromPath
from pydantic import BaseModel, ConfigDict, Field

from core.access import Action
from core.blog.storage import Shelf, Shelves
from core.blog.texts import SERIES_LENGTH, TAG_LENGTH
from core.blog.use_cases.delete_tags import DeleteTags
from core.blog.use_cases.dissolve_series import DissolveSeries
from core.blog.use_cases.list_desk_shelves import ListDeskShelves
from core.blog.use_cases.merge_tags import MergeTags
from core.blog.use_cases.rename_series import RenameSeries
from core.blog.use_cases.show_shelves import ShowShelves
from core.site.entities import SiteSettings
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, gone, shown
from entrypoints.api.bodies import json_body
from entrypoints.api.models import Shown, Wanted
from entrypoints.api.operations import Operation, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.repeats import Repeats
from entrypoints.http.context import RequestFacts

CHOSEN_MAX = 100

MergeWanted = TypeVar("MergeWanted", "TagsMergeWanted", "SeriesMergeWanted")


class ShelvesQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    status: Annotated[
        Literal["published", "any"],
        Field(description="`any`, with the right to edit tags: those of drafts and pages too, and their counts."),
    ] = "published"


class ShelfShown(Shown):
    """*url* is where visitors find its posts; *count* is how many there are."""

    name: str
    slug: str
    count: int
    url: str


class ShelvesShown(Shown):
    """All there are, by name."""

    items: tuple[ShelfShown, ...]
    next_cursor: None = None


class TagsMergeWanted(Wanted):
    """In the place of each of *tags* comes *into*; with one tag that is a new name for it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"tags": ["js", "ecmascript"], "into": "javascript"}]})

    tags: Annotated[tuple[str, ...], Field(min_length=1, max_length=CHOSEN_MAX)]
    into: Annotated[str, Field(json_schema_extra={"maxLength": TAG_LENGTH})]


class SeriesMergeWanted(Wanted):
    """*series* by their slugs; *into* is the new name of all of them."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"series": ["deadlines"], "into": "On time"}]})

    series: Annotated[tuple[str, ...], Field(min_length=1, max_length=CHOSEN_MAX)]
    into: Annotated[str, Field(json_schema_extra={"maxLength": SERIES_LENGTH})]


class MergedShown(Shown):
    """How many texts changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"changed": 12}]})

    changed: int


LIST_TAGS = Operation(
    summary="List tags",
    tag="tags",
    use_case=ShowShelves,
    query=ShelvesQuery,
    shows=ShelvesShown,
    is_public=True,
    note="Here: the tags.",
)
LIST_SERIES = replace(LIST_TAGS, summary="List series", note="Here: the series.")
MERGE_TAGS = Operation(
    summary="Rename or merge tags",
    tag="tags",
    use_case=MergeTags,
    body=TagsMergeWanted,
    shows=MergedShown,
    refusals=(404, 422),
    has_etag=False,
)
MERGE_SERIES = replace(MERGE_TAGS, summary="Rename or join series", use_case=RenameSeries, body=SeriesMergeWanted)
DELETE_TAG = Operation(
    summary="Take a tag away from all texts",
    tag="tags",
    use_case=DeleteTags,
    status=204,
    refusals=(404,),
    has_etag=False,
)
DELETE_SERIES = replace(DELETE_TAG, summary="Dissolve a series", use_case=DissolveSeries)


@reads("/tags", LIST_TAGS)
@inject
async def list_tags(
    request: ApiRequest,
    show: FromDishka[ShowShelves],
    show_all: FromDishka[ListDeskShelves],
    site: FromDishka[SiteSettings],
    facts: FromDishka[RequestFacts],
) -> Answer:
    found = await _shelves(request, show, show_all, site)
    return _listed(request, found.tags, f"{facts.base_url}/blog/tags/")


@reads("/series", LIST_SERIES)
@inject
async def list_series(
    request: ApiRequest,
    show: FromDishka[ShowShelves],
    show_all: FromDishka[ListDeskShelves],
    site: FromDishka[SiteSettings],
    facts: FromDishka[RequestFacts],
) -> Answer:
    found = await _shelves(request, show, show_all, site)
    return _listed(request, found.series, f"{facts.base_url}/blog/series/")


@writes(HttpMethod.POST, "/tags/merges", MERGE_TAGS)
@inject
async def merge_tags(
    request: ApiRequest, admission: FromDishka[Admission], merge: FromDishka[MergeTags], repeats: FromDishka[Repeats]
) -> Answer:
    async def merged(wanted: TagsMergeWanted) -> int:
        return await merge(wanted.tags, into=wanted.into)

    return await _merged(request, admission, repeats, TagsMergeWanted, merged)


@writes(HttpMethod.POST, "/series/merges", MERGE_SERIES)
@inject
async def merge_series(
    request: ApiRequest,
    admission: FromDishka[Admission],
    rename: FromDishka[RenameSeries],
    repeats: FromDishka[Repeats],
) -> Answer:
    async def merged(wanted: SeriesMergeWanted) -> int:
        return await rename(wanted.series, into=wanted.into)

    return await _merged(request, admission, repeats, SeriesMergeWanted, merged)


@writes(HttpMethod.DELETE, "/tags/{tag:str}", DELETE_TAG)
@inject
async def delete_tag(tag: FromPath[str], delete: FromDishka[DeleteTags]) -> Answer:
    await delete([tag])
    return gone()


@writes(HttpMethod.DELETE, "/series/{series:str}", DELETE_SERIES)
@inject
async def dissolve_series(series: FromPath[str], dissolve: FromDishka[DissolveSeries]) -> Answer:
    await dissolve([series])
    return gone()


async def _merged(
    request: ApiRequest,
    admission: Admission,
    repeats: Repeats,
    model: type[MergeWanted],
    merge: Callable[[MergeWanted], Awaitable[int]],
) -> Answer:
    await admission.admit(Action.EDIT_TAGS)
    wanted, raw = await json_body(request, model)

    async def write() -> Answer:
        return shown(MergedShown(changed=await merge(wanted)))

    return await repeats.once(request, raw, write)


async def _shelves(request: ApiRequest, show: ShowShelves, show_all: ListDeskShelves, site: SiteSettings) -> Shelves:
    wanted = query_of(request, ShelvesQuery)
    return await show_all() if wanted.status == "any" else await show(time_zone=site.time_zone)


def _listed(request: ApiRequest, shelves: Sequence[Shelf], base: str) -> Answer:
    items = tuple(
        ShelfShown(name=shelf.name, slug=shelf.slug, count=shelf.count, url=base + quote(shelf.slug, safe=""))
        for shelf in shelves
    )
    return reading.many(request, ShelvesShown(items=items), None)


HANDLERS = (list_tags, list_series, merge_tags, merge_series, delete_tag, dissolve_series)
