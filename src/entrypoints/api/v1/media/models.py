"""Pictures as programs see them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from core.media.entities import ALT_LENGTH, MediaFile, MediaVariant
from core.media.places import MediaPlace, PlaceKind
from entrypoints.api.models import MomentShown, Paging, Shown, Wanted

_FILES, _STEM = "https://anna.example/media", "8e2d6c1f0a9b4c3d8e7f6a5b4c3d2e1f"
EXAMPLE: JsonDict = {
    "key": f"{_STEM}.webp",
    "filename": "latency.png",
    "content_type": "image/webp",
    "width": 1600,
    "height": 900,
    "size": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "alt": "Latency over a day",
    "colour": "#f4f1ec",
    "stored_size": 148213,
    "variants": [
        {"content_type": "image/webp", "width": 480, "size": 9120, "url": f"{_FILES}/{_STEM}-480w.webp"},
        {"content_type": "image/avif", "width": 480, "size": 6315, "url": f"{_FILES}/{_STEM}-480w.avif"},
        {"content_type": "image/jpeg", "width": 1600, "size": 84565, "url": f"{_FILES}/{_STEM}-1600w.jpg"},
    ],
    "source_sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    "was_animated": False,
    "uploaded_by": "0d9f1c2b3a4e5f60718293a4b5c6d7e8",
    "created_at": "2026-03-01T09:00:00Z",
    "version": 1,
    "url": f"{_FILES}/{_STEM}.webp",
}


class MediaVariantShown(Shown):
    """One more size or encoding; what lies at *url* never changes."""

    content_type: str
    width: int
    size: int
    url: str

    @classmethod
    def of(cls, variant: MediaVariant, *, site_url: str) -> "MediaVariantShown":
        return cls(
            content_type=variant.content_type,
            width=variant.width,
            size=variant.size,
            url=f"{site_url}/media/{variant.key}",
        )


class MediaShown(Shown):
    """A picture as it is stored: decoded, checked and encoded anew. *url* is its address for good, whatever replaces
    it; *size* and *sha256* are of what lies there, *stored_size* is that of all sizes together, *source_sha256* of what
    was uploaded. *colour* is its average, empty when it is transparent. *was_animated*: only the first picture was
    kept."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    key: str
    filename: str
    content_type: str
    width: int
    height: int
    size: int
    sha256: str
    alt: str
    colour: str
    stored_size: int
    variants: tuple[MediaVariantShown, ...]
    source_sha256: str
    was_animated: bool
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
            colour=media.colour,
            stored_size=media.stored_size,
            variants=tuple(MediaVariantShown.of(variant, site_url=site_url) for variant in media.variants),
            source_sha256=media.source_digest,
            was_animated=media.was_animated,
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


class ReplacementWanted(BaseModel):
    """A form with the new picture, as for an upload. Its alternative text stays as it is."""

    model_config = ConfigDict(extra="forbid")

    file: Annotated[str, Field(json_schema_extra={"format": "binary"})]


class MediaPlaceShown(Shown):
    """Where a file is shown: a `post`, a `page`, a `question` of the matrix, somebody's `profile` (with her
    id and name), or the `site` itself. *id* and *title* are null for the site, and for what you may not read."""

    kind: PlaceKind
    id: str | None
    title: str | None
    is_trashed: bool

    @classmethod
    def of(cls, place: MediaPlace) -> "MediaPlaceShown":
        return cls(kind=place.kind, id=place.id or None, title=place.title or None, is_trashed=place.is_trashed)


class MediaPlacesShown(Shown):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [
                        {"kind": "post", "id": "4b1d…", "title": "Percentiles lie", "is_trashed": False},
                        {"kind": "site", "id": None, "title": None, "is_trashed": False},
                    ]
                }
            ]
        }
    )

    items: tuple[MediaPlaceShown, ...]


class MediaUsageShown(Shown):
    """*size* and *limit* in bytes, all sizes of all pictures together."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"files": 40, "size": 52428800, "limit": 2147483648}]})

    files: int
    size: int
    limit: int


class MediaQuery(Paging):
    """*q* is looked for in names and alternative texts; *unused* leaves what no text, profile or setting shows."""

    q: Annotated[str, Field(max_length=200, description="Part of the name or the alternative text.")] = ""
    unused: Annotated[bool, Field(description="Only what nothing shows.")] = False


class DeletionQuery(BaseModel):
    """*force* deletes a file that posts, pages, profiles or the site's settings still show."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    force: Annotated[bool, Field(description="Also when texts, profiles or the site's settings show it.")] = False
