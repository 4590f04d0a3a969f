"""Moving whole sites between houses of fakes, through real archives."""

from pathlib import Path

from core.blog.archives import SkippedItem
from core.blog.imports import ReportLine, skipped_line
from core.blog.use_cases.export_content import ExportContent
from core.blog.use_cases.import_item import ImportItem
from core.blog.use_cases.plan_import import PlanImport
from core.identity import Role
from core.media.library import MediaLibrary
from services.archives.opening import Archives
from services.archives.writing import TerraceWriter
from services.slugs import TransliteratedSlugs
from tests.core.house import House

SLUGS = TransliteratedSlugs()
archives = Archives(SLUGS)


def owners_house() -> House:
    house = House()
    house.slugs = SLUGS  # type: ignore[assignment]  # names of files want the real ones
    house.admits(Role.OWNER)
    return house


def exporting(house: House) -> ExportContent:
    return ExportContent(
        access=house.access,
        posts=house.posts,
        redirects=house.redirects,
        library=MediaLibrary(access=house.access, media=house.media, files=house.files),
        slugs=house.slugs,
        writer=TerraceWriter(),
        transaction=house.transaction,
    )


async def exported(house: House) -> bytes:
    files = await exporting(house)()
    return b"".join([chunk async for chunk in TerraceWriter().zipped(files)])


async def files_of(house: House) -> dict[str, bytes]:
    return {file.path: file.content async for file in await exporting(house)()}


async def imported(house: House, path: Path) -> list[ReportLine]:
    bring = ImportItem(
        access=house.access,
        posts=house.posts,
        pictures=house.shelf,
        compositor=house.compositor,
        consequences=house.consequences,
        redirects=house.redirects,
        clock=house.clock,
        transaction=house.transaction,
    )
    lines = []
    async with archives.open(path) as archive:
        plan = await PlanImport(access=house.access, posts=house.posts)(archive)
        async for found in archive.contents():
            if isinstance(found, SkippedItem):
                lines.append(skipped_line(found))
            else:
                lines.append(await bring(found, archive, lang="en", dry_run=False, plan=plan))
    return lines
