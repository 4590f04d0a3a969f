from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import CheckConstraint, SmallInteger, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import StaleVersion
from core.links import Link
from core.site.entities import SiteSettings
from db.base import TenantRow, columns, values_of
from db.tenant_session import announce


class SiteRow(TenantRow):
    """One row: the site itself."""

    __tablename__ = "site_settings"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    title: Mapped[str]
    locale: Mapped[str]
    time_zone: Mapped[str]
    accent: Mapped[str]
    tagline: Mapped[str]
    about: Mapped[str]
    about_html: Mapped[str]
    picture: Mapped[str | None]
    picture_alt: Mapped[str]
    menu: Mapped[list[list[str]]]
    ways: Mapped[list[list[str]]]
    sections: Mapped[list[str]]
    version: Mapped[int]
    policy_version: Mapped[int] = mapped_column(server_default=text("1"))
    audit_days: Mapped[int] = mapped_column(server_default="365")
    contacts: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    security: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))

    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("audit_days BETWEEN 30 AND 3650", name="audit_days"),
    )


class SqlSiteStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self) -> SiteSettings:
        found = await self._session.execute(select(*columns(SiteRow, without=("id", "contacts", "security"))))
        return settings_of(found.mappings().one())

    async def save(self, settings: SiteSettings) -> SiteSettings:
        change = update(SiteRow).where(SiteRow.version == settings.version)
        values = site_values(settings) | {"version": settings.version + 1}
        saved = await self._session.scalar(change.values(values).returning(SiteRow.id))
        if saved is None:
            raise StaleVersion(current=(await self.get()).version)
        announce(self._session, "profile")
        return replace(settings, version=settings.version + 1)


def settings_of(row: Mapping[Any, Any]) -> SiteSettings:
    values = {name: row[name] for name in SiteSettings.__dataclass_fields__}
    lists = {"menu": _links(row["menu"]), "ways": _links(row["ways"]), "sections": tuple(row["sections"])}
    return SiteSettings(**{**values, **lists})


def site_values(settings: SiteSettings) -> dict[str, Any]:
    """The settings as the row's columns."""
    links = {name: [[link.label, link.url] for link in getattr(settings, name)] for name in ("menu", "ways")}
    return values_of(settings) | links


def _links(pairs: Sequence[Sequence[str]]) -> tuple[Link, ...]:
    return tuple(Link(label=label, url=url) for label, url in pairs)
