from dataclasses import dataclass, replace
from time import perf_counter

from core.access import Access, Action
from core.clock import Clock
from core.errors import refuse_if_any
from core.markdown import MarkdownRenderer
from core.tenancy.entities import SiteCode, StepTimes, Tenant, TenantState, new_tenant_id, site_slug_problem
from core.tenancy.errors import SlugInUse
from core.tenancy.storage import BucketKeys, Buckets, OwnerInvitation, Schemas, SiteSeeds, TenantRegistry


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionedTenant:
    """*is_new* is false when the site was complete before; *took* says where the time went."""

    tenant: Tenant
    invitation: OwnerInvitation
    is_new: bool
    took: StepTimes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionTenant:
    """The operator makes a site: schema, role, bucket, key, first settings, the owner's invitation.

    Every step is safe to repeat: after an interruption anywhere, the same call finishes the site.
    """

    access: Access
    registry: TenantRegistry
    schemas: Schemas
    buckets: Buckets
    keys: BucketKeys
    seeds: SiteSeeds
    markdown: MarkdownRenderer
    clock: Clock
    prefix: str

    async def __call__(self, code: SiteCode, *, if_not_exists: bool = False) -> ProvisionedTenant:
        self.access.require(Action.CREATE_TENANT)
        began = perf_counter()
        refuse_if_any([problem] if (problem := site_slug_problem(code.slug)) else [])
        found = await self.registry.find(code.slug)
        is_complete = found is not None and found.state is not TenantState.PROVISIONING
        if is_complete and not if_not_exists:
            raise SlugInUse(slug=code.slug)
        tenant = found or await self._register(code)
        if not is_complete and tenant.hosts != code.hosts:
            tenant = replace(tenant, hosts=code.hosts)
            await self.registry.set_hosts(tenant)
        schema, storage = (0.0, 0.0) if is_complete else await self._furnish(tenant)
        about = await self.markdown.render(code.about, lang=code.locale)
        invitation = await self.seeds.plant(tenant, code, about_html=about.html)
        if not is_complete:
            await self.registry.activate(tenant)
            tenant = tenant.activate()
        took = StepTimes(schema=schema, storage=storage, rest=perf_counter() - began - schema - storage)
        return ProvisionedTenant(tenant=tenant, invitation=invitation, is_new=not is_complete, took=took)

    async def _register(self, code: SiteCode) -> Tenant:
        tenant = Tenant(
            id=new_tenant_id(),
            slug=code.slug,
            prefix=self.prefix,
            state=TenantState.PROVISIONING,
            hosts=code.hosts,
            created_at=self.clock.now(),
        )
        await self.registry.add(tenant)
        return tenant

    async def _furnish(self, tenant: Tenant) -> tuple[float, float]:
        began = perf_counter()
        await self.schemas.create(tenant)
        stored = perf_counter()
        await self.buckets.create(tenant.bucket)
        if not await self.registry.has_bucket_key(tenant.id):
            await self.registry.keep_bucket_key(tenant.id, await self.keys.issue(tenant.bucket))
        return stored - began, perf_counter() - stored
