from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import Unavailable
from core.secrets import SecretBox
from core.tenancy.entities import BucketKey, Tenant, TenantId
from db.changes import BUCKET_KEY
from db.platform import BucketKeyRow
from db.tenant_session import PlatformSessions


class SqlBucketKeyring:
    """Keys stay in memory until they change."""

    def __init__(self, engine: AsyncEngine, box: SecretBox) -> None:
        self._sessions = PlatformSessions(engine)
        self._box = box
        self._kept: dict[TenantId, BucketKey] = {}
        self._changes = 0

    async def get(self, tenant: Tenant) -> BucketKey:
        kept = self._kept.get(tenant.id)
        if kept is not None:
            return kept
        changes_before = self._changes
        key = await self._load(tenant)
        if self._changes == changes_before:
            self._kept[tenant.id] = key
        return key

    async def follow(self, payload: str | None) -> None:
        kind, _, tenant_id = (payload or "").partition(":")
        if payload is None:
            self._changes += 1
            self._kept.clear()
        elif kind == BUCKET_KEY:
            self._changes += 1
            self._kept.pop(TenantId(tenant_id), None)

    async def _load(self, tenant: Tenant) -> BucketKey:
        query = select(BucketKeyRow.access_key, BucketKeyRow.sealed_secret).where(BucketKeyRow.tenant_id == tenant.id)
        async with self._sessions.open() as session:
            row = (await session.execute(query)).one_or_none()
        if row is None:
            raise Unavailable
        return BucketKey(access_key=row.access_key, secret_key=self._box.open(row.sealed_secret))
