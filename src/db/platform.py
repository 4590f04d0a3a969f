from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, RowMapping, Select, UniqueConstraint, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Mapped, mapped_column

from core.tenancy.entities import Hostname, Tenant, TenantId, TenantState
from db.base import PlatformRow, columns


class TenantOfPlatformRow(PlatformRow):
    __tablename__ = "tenants"

    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str]
    state: Mapped[str]
    schema_version: Mapped[str | None]
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("slug"),)


class HostnameRow(PlatformRow):
    """*position* 0 is the primary."""

    __tablename__ = "hostnames"

    hostname: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]


class BucketKeyRow(PlatformRow):
    __tablename__ = "bucket_keys"

    tenant_id: Mapped[str] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    access_key: Mapped[str]
    sealed_secret: Mapped[str]


class OperatorEventRow(PlatformRow):
    """The operator's audit; it outlives the tenant that it tells of."""

    __tablename__ = "operator_events"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    event: Mapped[str]
    tenant_id: Mapped[str | None]
    details: Mapped[dict[str, str]]


def tenants_with_hosts() -> Select[tuple[object, ...]]:
    """All tenants by slug, each with its hosts in their order, in one query."""
    hosts = (
        select(func.array_agg(aggregate_order_by(HostnameRow.hostname, HostnameRow.position)))
        .where(HostnameRow.tenant_id == TenantOfPlatformRow.id)
        .scalar_subquery()
    )
    return select(*columns(TenantOfPlatformRow), hosts.label("hosts")).order_by(TenantOfPlatformRow.slug)


def tenant_of(row: RowMapping, *, prefix: str) -> Tenant:
    return Tenant(
        id=TenantId(row["id"]),
        slug=row["slug"],
        prefix=prefix,
        state=TenantState(row["state"]),
        hosts=tuple(Hostname(host) for host in row["hosts"] or ()),
        created_at=row["created_at"],
        schema_version=row["schema_version"],
    )
