"""Sites as code: reads the folders of CONTRACT.md's "A tenant as code"."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import frontmatter
import yaml
from pydantic import Field, ValidationError, field_validator

from core.blog.entities import PostKind
from core.errors import Invalid, Problem, refuse_if_any
from core.tenancy.directory import Hostnames
from core.tenancy.entities import SiteCode
from entrypoints.cli.code_models import Strict, invalid_file, naming
from entrypoints.cli.site_codes import site_code
from entrypoints.cli.site_matrix import MatrixFolder, read_matrix
from entrypoints.cli.site_roles import RoleCode


class LinkCode(Strict):
    label: str
    url: str


class OwnerCode(Strict):
    email: str
    name: str = ""


class HomeCode(Strict):
    tagline: str = ""
    about: str = ""
    picture: str = ""
    picture_alt: str = ""
    ways: tuple[LinkCode, ...] = ()


class TenantCode(Strict):
    """A tenant.toml, key by key; tenants/README.md explains them."""

    slug: str
    title: str
    locale: str = "en"
    time_zone: str = "UTC"
    hosts: tuple[str, ...] = Field(min_length=1)
    accent: str = "#c2410c"
    sections: tuple[str, ...] = ("blog",)
    owner: OwnerCode
    home: HomeCode = HomeCode()
    menu: tuple[LinkCode, ...] = ()
    roles: tuple[RoleCode, ...] = ()


class PostCode(Strict):
    """The front matter of a post. *created*, *updated*, *withdrawn*, *aliases* and *origin* are for moving (`terrace
    content import`): an export is read here too, and says nothing by them."""

    title: str
    slug: str
    date: datetime | None = None
    tags: tuple[str, ...] = ()
    draft: bool = False
    description: str = ""
    lang: str = ""
    cover: str = ""
    cover_alt: str = ""
    series: str = ""
    series_part: int | None = None
    translation_of: str = ""
    pinned: bool = False
    meta_title: str = ""
    meta_description: str = ""
    canonical_url: str = ""
    author: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    withdrawn: bool = False
    aliases: tuple[str, ...] = ()
    origin: str = ""

    @field_validator("date", "created", "updated", mode="before")
    @classmethod
    def _with_zone(cls, value: Any) -> Any:
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime(value.year, value.month, value.day, tzinfo=UTC)
        if isinstance(value, datetime) and value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFile:
    path: Path
    kind: PostKind
    code: PostCode
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFolder:
    """One site as its folder describes it."""

    path: Path
    code: SiteCode
    media: Path
    roles: tuple[RoleCode, ...] = ()

    def picture_bytes(self, name: str) -> bytes:
        """The content of ``content/media/name``. Raises Invalid when it is not there."""
        path = self.media / name
        if not path.is_file() or path.resolve().parent != self.media.resolve():
            raise Invalid(Problem.of(str(self.path), "There is no content/media/%(name)s.", name=name))
        return path.read_bytes()

    def matrix(self) -> MatrixFolder:
        """The sheets and questions of content/matrix. Raises Invalid naming the file."""
        return read_matrix(self.path / "content" / "matrix")

    def posts(self) -> Sequence[PostFile]:
        """All of content/blog by file name, then of content/pages; translations after what they translate. Raises
        Invalid naming the file."""
        folders = ((PostKind.POST, "blog"), (PostKind.PAGE, "pages"))
        found = [
            _post(path, kind) for kind, name in folders for path in sorted((self.path / "content" / name).glob("*.md"))
        ]
        return sorted(found, key=lambda file: bool(file.code.translation_of))


def read_folders(root: Path, hostnames: Hostnames) -> list[SiteFolder]:
    """The sites below *root*, or *root* itself when it is one. Raises Invalid naming file and key."""
    if not root.is_dir():
        raise Invalid(Problem.of(str(root), "There is no such folder."))
    paths = [root] if (root / "tenant.toml").is_file() else sorted(path.parent for path in root.glob("*/tenant.toml"))
    if not paths:
        raise Invalid(Problem.of(str(root), "No folder in it has a tenant.toml."))
    folders = [_folder(path, hostnames) for path in paths]
    refuse_if_any([*_shared("slug", folders, _slugs), *_shared("hosts", folders, _hosts)])
    return folders


def _slugs(folder: SiteFolder) -> Sequence[str]:
    return (folder.code.slug,)


def _hosts(folder: SiteFolder) -> Sequence[str]:
    return folder.code.hosts


def _shared(
    key: str, folders: Sequence[SiteFolder], names_of: Callable[[SiteFolder], Sequence[str]]
) -> Iterator[Problem]:
    """What two folders claim: whoever came first would get it, and another one at the next run."""
    first: dict[str, SiteFolder] = {}
    for folder in folders:
        for name in names_of(folder):
            if (holder := first.setdefault(name, folder)) is not folder:
                told = {"name": name, "holder": holder.path / "tenant.toml"}
                yield Problem.of(f"{folder.path / 'tenant.toml'}: {key}", "%(name)s stands in %(holder)s too.", **told)


def _folder(path: Path, hostnames: Hostnames) -> SiteFolder:
    file = path / "tenant.toml"
    try:
        raw = TenantCode.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(Problem.of(str(file), "%(reason)s", reason=str(error))) from None
    except ValidationError as error:
        raise invalid_file(file, error) from None
    with naming(file):
        code = _site_code(raw, hostnames)
    return SiteFolder(path=path, code=code, media=path / "content" / "media", roles=raw.roles)


def _site_code(raw: TenantCode, hostnames: Hostnames) -> SiteCode:
    return site_code(
        slug=raw.slug,
        hosts=tuple(hostnames.normalise(host) for host in raw.hosts),
        title=raw.title,
        locale=raw.locale,
        owner_email=raw.owner.email,
        owner_name=raw.owner.name,
        time_zone=raw.time_zone,
        accent=raw.accent,
        tagline=raw.home.tagline,
        about=raw.home.about,
        menu=tuple((link.label, link.url) for link in raw.menu),
        ways=tuple((link.label, link.url) for link in raw.home.ways),
        sections=raw.sections,
        picture=raw.home.picture,
        picture_alt=raw.home.picture_alt,
    )


def _post(path: Path, kind: PostKind) -> PostFile:
    try:
        document = frontmatter.loads(path.read_text(encoding="utf-8"))
        code = PostCode.model_validate(document.metadata)
        return PostFile(path=path, kind=kind, code=code, body=document.content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Invalid(Problem.of(str(path), "%(reason)s", reason=str(error))) from None
    except ValidationError as error:
        raise invalid_file(path, error) from None
