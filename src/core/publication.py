"""Whether visitors can read something."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class PublicationStatus(StrEnum):
    """What a reader of the desk or the API sees; SCHEDULED is published with a date that is yet to come."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


def publication_status(*, is_public: bool, published_at: datetime | None, now: datetime) -> PublicationStatus:
    """Of something that its owner wants read (*is_public*) from *published_at* on."""
    if published_at is None:
        return PublicationStatus.DRAFT
    if not is_public:
        return PublicationStatus.WITHDRAWN
    return PublicationStatus.PUBLISHED if published_at <= now else PublicationStatus.SCHEDULED


def first_publication(published_at: datetime | None, *, at: datetime, now: datetime) -> datetime:
    """Since when something counts as public that is published as of *at*: what was public before keeps its first date,
    unless *at* is to come."""
    return published_at if published_at and published_at <= now and at <= now else at
