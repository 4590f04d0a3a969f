"""What belongs to one site for the length of one request, whoever asks."""

from collections.abc import AsyncIterator

from dishka import AnyOf, Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncSession

from clients.object_store import ObjectStore
from core.audit import AuditTrail, Origin, Refusals
from core.blog.addresses import PreviewTokens
from core.clock import Clock
from core.events import Events
from core.idempotency import HeldTransaction, IdempotencyRecords, Repeatable
from core.limits import RateLimiter
from core.media.storage import Files
from core.tasks import TaskStorage
from core.tenancy.entities import Tenant
from core.tenancy.storage import BucketKeyring
from core.transaction import Transaction
from core.users.credentials import InvitationTokens, LinkTokens, SessionTokens
from db.audit import SqlAuditTrail
from db.idempotency import SqlIdempotencyRecords
from db.limits import SqlRateLimiter
from db.refusals import NotedRefusals, SqlRefusals
from db.tasks import SqlTaskStorage
from db.tenant_session import TenantSessions
from db.transaction import SqlTransaction
from db.webhooks import SqlEvents
from services.invitation_tokens import HmacInvitationTokens
from services.key_ring import KeyRing
from services.link_tokens import HmacLinkTokens
from services.paseto_tokens import PasetoSessionTokens
from services.preview_tokens import HmacPreviewTokens


class TenantProvider(Provider):
    scope = Scope.REQUEST

    limiter = provide(SqlRateLimiter, provides=RateLimiter)
    records = provide(SqlIdempotencyRecords, provides=IdempotencyRecords)
    repeatable = provide(Repeatable)
    audit = provide(SqlAuditTrail, provides=AuditTrail)
    events = provide(SqlEvents, provides=Events)
    refusal_writer = provide(SqlRefusals, scope=Scope.APP)
    tasks = provide(SqlTaskStorage, provides=TaskStorage)
    transaction = provide(SqlTransaction, provides=AnyOf[Transaction, HeldTransaction])

    @provide
    async def session(self, tenant: Tenant, sessions: TenantSessions) -> AsyncIterator[AsyncSession]:
        async with sessions.open(tenant) as session:
            yield session

    @provide
    async def refusals(
        self, tenant: Tenant, clock: Clock, origin: Origin, writer: SqlRefusals
    ) -> AsyncIterator[Refusals]:
        noted = NotedRefusals(clock, origin)
        yield noted
        await writer.write(tenant, list(noted.noted.values()))  # the container closes after the answer

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
    def link_tokens(self, tenant: Tenant, ring: KeyRing) -> LinkTokens:
        return HmacLinkTokens(ring, tenant.id)

    @provide
    def preview_tokens(self, tenant: Tenant, ring: KeyRing) -> PreviewTokens:
        return HmacPreviewTokens(ring, tenant.id)
