"""What belongs to one site for the length of one request, whoever asks."""

from collections.abc import AsyncIterator

from dishka import AnyOf, Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncSession

from clients.object_store import ObjectStore
from core.blog.addresses import PreviewTokens
from core.idempotency import HeldTransaction, IdempotencyRecords, Repeatable
from core.limits import RateLimiter
from core.media.storage import Files
from core.tasks import TaskStorage
from core.tenancy.entities import Tenant
from core.tenancy.storage import BucketKeyring
from core.transaction import Transaction
from core.users.credentials import InvitationTokens, SessionTokens
from db.idempotency import SqlIdempotencyRecords
from db.limits import SqlRateLimiter
from db.tasks import SqlTaskStorage
from db.tenant_session import TenantSessions
from db.transaction import SqlTransaction
from services.invitation_tokens import HmacInvitationTokens
from services.key_ring import KeyRing
from services.paseto_tokens import PasetoSessionTokens
from services.preview_tokens import HmacPreviewTokens


class TenantProvider(Provider):
    scope = Scope.REQUEST

    limiter = provide(SqlRateLimiter, provides=RateLimiter)
    records = provide(SqlIdempotencyRecords, provides=IdempotencyRecords)
    repeatable = provide(Repeatable)
    tasks = provide(SqlTaskStorage, provides=TaskStorage)
    transaction = provide(SqlTransaction, provides=AnyOf[Transaction, HeldTransaction])

    @provide
    async def session(self, tenant: Tenant, sessions: TenantSessions) -> AsyncIterator[AsyncSession]:
        async with sessions.open(tenant) as session:
            yield session

    @provide
    async def files(self, tenant: Tenant, store: ObjectStore, keyring: BucketKeyring) -> Files:
        return store.files(tenant.bucket, await keyring.get(tenant))

    @provide
    def session_tokens(self, tenant: Tenant, ring: KeyRing) -> SessionTokens:
        return PasetoSessionTokens(ring, tenant.id)

    @provide
    def invitation_tokens(self, tenant: Tenant, ring: KeyRing) -> InvitationTokens:
        return HmacInvitationTokens(ring, tenant.id)

    @provide
    def preview_tokens(self, tenant: Tenant, ring: KeyRing) -> PreviewTokens:
        return HmacPreviewTokens(ring, tenant.id)
