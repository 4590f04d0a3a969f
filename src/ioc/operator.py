"""What the operator needs to make sites and to work in them: the store's root key, and all that a site has."""

from dataclasses import dataclass
from typing import NewType

from dishka import AsyncContainer, Provider, Scope, from_context, provide
from sqlalchemy.ext.asyncio import AsyncEngine

from clients.bucket_keys import MinioBucketKeys, SharedBucketKeys
from clients.buckets import MinioBuckets
from config.settings import BadSettings, Settings
from core.access import Access
from core.clock import Clock
from core.markdown import MarkdownRenderer
from core.tenancy.entities import BucketKey, Tenant
from core.tenancy.storage import BucketKeys, Buckets, Schemas, SiteSeeds, TenantRegistry
from core.tenancy.use_cases.plan_site import PlanSite
from core.tenancy.use_cases.provision_tenant import ProvisionTenant
from db.engine import assert_safe_role
from db.seeds import SqlSiteSeeds
from db.tenant_session import TenantSessions
from ioc.container import build_container
from ioc.origin import OperatorsOriginProvider
from ioc.registry import RegistryProvider
from services.invitation_tokens import HmacInvitationTokens
from services.key_ring import KeyRing

RootKey = NewType("RootKey", BucketKey)


@dataclass(frozen=True, slots=True)
class RoleCheck:
    """Raises UnsafeRole when the application's database role could do more than it should."""

    engine: AsyncEngine

    async def __call__(self) -> None:
        await assert_safe_role(self.engine)


class OperatorProvider(Provider):
    scope = Scope.APP

    role_check = provide(RoleCheck)
    plan = provide(PlanSite)

    @provide
    def root_key(self, settings: Settings) -> RootKey:
        storage = settings.storage
        if storage.root_access_key is None or storage.root_secret_key is None:
            names = ("TERRACE_STORAGE__ROOT_ACCESS_KEY", "TERRACE_STORAGE__ROOT_SECRET_KEY")
            raise BadSettings([f"{name}: needed to make buckets" for name in names])
        access, secret = storage.root_access_key.get_secret_value(), storage.root_secret_key.get_secret_value()
        return RootKey(BucketKey(access_key=access, secret_key=secret))

    @provide
    def seeds(self, sessions: TenantSessions, ring: KeyRing, clock: Clock) -> SiteSeeds:
        return SqlSiteSeeds(sessions, lambda tenant: HmacInvitationTokens(ring, tenant.id), clock)

    @provide
    def buckets(self, settings: Settings, root: RootKey) -> Buckets:
        return MinioBuckets(settings.storage.endpoint, settings.storage.region, root)

    @provide
    def bucket_keys(self, settings: Settings, root: RootKey) -> BucketKeys:
        storage = settings.storage
        if storage.keys == "minio":
            return MinioBucketKeys(storage.endpoint, storage.region, root)
        if storage.access_key is None or storage.secret_key is None:
            raise BadSettings(["TERRACE_STORAGE__ACCESS_KEY: needed when the store has one key for all buckets"])
        shared = BucketKey(
            access_key=storage.access_key.get_secret_value(), secret_key=storage.secret_key.get_secret_value()
        )
        return SharedBucketKeys(shared)

    @provide
    def provision(
        self,
        access: Access,
        registry: TenantRegistry,
        schemas: Schemas,
        buckets: Buckets,
        keys: BucketKeys,
        seeds: SiteSeeds,
        markdown: MarkdownRenderer,
        clock: Clock,
        settings: Settings,
    ) -> ProvisionTenant:
        return ProvisionTenant(
            access=access,
            registry=registry,
            schemas=schemas,
            buckets=buckets,
            keys=keys,
            seeds=seeds,
            markdown=markdown,
            clock=clock,
            prefix=settings.name_prefix,
        )


class OperatorAtSiteProvider(Provider):
    """The operator at work in one site: the tenant is named on the command line."""

    scope = Scope.REQUEST

    tenant = from_context(Tenant)


def operator_container(settings: Settings, *special: Provider) -> AsyncContainer:
    """What the command line needs; the actor is the operator. Open it with a Tenant to work in one site."""
    here = (RegistryProvider(), OperatorProvider(), OperatorAtSiteProvider(), OperatorsOriginProvider())
    return build_container(settings, *here, *special)
