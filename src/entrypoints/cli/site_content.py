"""Puts the content of a site's folder into the site."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dishka import AsyncContainer

from core.blog.texts import PostText
from core.blog.use_cases.list_unplanted import ListUnplanted
from core.blog.use_cases.plant_post import PlantPost
from core.media.entities import ALT_LENGTH, MediaFile
from core.media.use_cases.plant_media import PlantMedia
from core.site.entities import SiteSettings, SiteWishes
from core.site.use_cases.edit_site import EditSite
from core.site.use_cases.show_site import ShowSite
from core.tenancy.entities import SiteCode, Tenant
from entrypoints.cli.code_models import naming
from entrypoints.cli.site_folders import PostFile, SiteFolder
from entrypoints.cli.site_matrix import MatrixReport, plant_matrix

_MEDIA_LINK = re.compile(r"(?<=\]\()media/([A-Za-z0-9_.-]+)")
_SHOWN_WITH = re.compile(r"!\[([^\]]*)\]\(media/([A-Za-z0-9_.-]+)")


@dataclass(slots=True, kw_only=True)
class ContentReport:
    """How much of a site's folder is new in the site."""

    posts_added: int = 0
    posts_kept: int = 0
    pictures: dict[str, MediaFile] = field(default_factory=dict)
    matrix: MatrixReport = field(default_factory=MatrixReport)


async def plant_content(
    container: AsyncContainer, tenant: Tenant, folder: SiteFolder, *, overwrite: bool
) -> ContentReport:
    """Add the folder's posts whose slug never existed (with *overwrite*: all), the pictures that they show, and its
    matrix, whose questions may name posts."""
    report = ContentReport()
    posts = folder.posts()
    wanted = posts if overwrite else await _missing(container, tenant, posts)
    report.posts_kept = len(posts) - len(wanted)
    for file in wanted:
        for name, alt in _pictures_of(file).items():
            await _plant_picture(container, tenant, folder, name, alt, report)
        async with container({Tenant: tenant}) as at_site:
            plant = await at_site.get(PlantPost)
            with naming(file.path):
                planted = await plant(
                    _text(file, folder.code.locale, report.pictures),
                    published_at=None if file.code.draft else file.code.date,
                    kind=file.kind,
                    author_name=file.code.author or folder.code.owner_name,
                    overwrite=overwrite,
                )
        report.posts_added += planted.is_changed
        report.posts_kept += not planted.is_changed
    await _plant_portrait(container, tenant, folder, report)
    lang = folder.code.locale
    report.matrix = await plant_matrix(container, tenant, folder.matrix(), lang=lang, overwrite=overwrite)
    return report


async def _missing(container: AsyncContainer, tenant: Tenant, posts: Sequence[PostFile]) -> Sequence[PostFile]:
    """What stands already costs one query for posts and one for pages: its text is the owner's now, and so are its
    pictures, deleted ones too."""
    async with container({Tenant: tenant}) as at_site:
        list_unplanted = await at_site.get(ListUnplanted)
        missing = set()
        for kind in {post.kind for post in posts}:
            slugs = [post.code.slug for post in posts if post.kind is kind]
            missing |= {(kind, slug) for slug in await list_unplanted(slugs, kind=kind)}
    return [file for file in posts if (file.kind, file.code.slug) in missing]


def _pictures_of(file: PostFile) -> dict[str, str]:
    """The pictures that the post shows or links to, each with what the post says that it shows."""
    cover = {file.code.cover: file.code.cover_alt} if file.code.cover else {}
    shown = {name: " ".join(alt.split()) for alt, name in _SHOWN_WITH.findall(file.body)}
    return dict.fromkeys(_MEDIA_LINK.findall(file.body), "") | cover | shown


async def _plant_picture(
    container: AsyncContainer, tenant: Tenant, folder: SiteFolder, name: str, alt: str, report: ContentReport
) -> None:
    if name not in report.pictures:
        async with container({Tenant: tenant}) as at_site:
            plant = await at_site.get(PlantMedia)
            with naming(folder.media / name):
                report.pictures[name] = await plant(folder.picture_bytes(name), filename=name, alt=alt[:ALT_LENGTH])


def _text(file: PostFile, locale: str, pictures: Mapping[str, MediaFile]) -> PostText:
    code = file.code
    return PostText(
        title=code.title,
        slug=code.slug,
        description=code.description,
        body=_MEDIA_LINK.sub(lambda match: f"/media/{pictures[match[1]].key}", file.body),
        lang=code.lang or locale,
        tags=code.tags,
        cover=pictures[code.cover].key if code.cover else None,
        cover_alt=code.cover_alt,
        series=code.series,
        series_part=code.series_part,
        translation_of=code.translation_of,
        is_pinned=code.pinned,
        meta_title=code.meta_title,
        meta_description=code.meta_description,
        canonical_url=code.canonical_url,
    )


async def _plant_portrait(container: AsyncContainer, tenant: Tenant, folder: SiteFolder, report: ContentReport) -> None:
    async with container({Tenant: tenant}) as at_site:
        site = await (await at_site.get(ShowSite))()
    is_owners = bool(site.picture) or site.version > 1  # whoever saved it without a picture wants none
    if is_owners or not folder.code.picture:
        return
    await _plant_picture(container, tenant, folder, folder.code.picture, folder.code.picture_alt, report)
    portrait = report.pictures[folder.code.picture]
    async with container({Tenant: tenant}) as at_site:
        edit = await at_site.get(EditSite)
        await edit(_with_portrait(site, portrait, folder.code), expected=site.version)


def _with_portrait(site: SiteSettings, portrait: MediaFile, code: SiteCode) -> SiteWishes:
    kept = {name: getattr(site, name) for name in SiteWishes.__dataclass_fields__}
    return SiteWishes(**{**kept, "picture": portrait.key, "picture_alt": code.picture_alt})
