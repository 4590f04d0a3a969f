"""The river: from a request to who asks at which site. Read this file first."""

import structlog
from dishka import Provider, Scope, from_context, provide
from litestar import Request

from core.access import Access
from core.audit import Origin, Refusals, WatchedAccess
from core.clock import Clock
from core.identity import ANONYMOUS, Actor
from core.limits import Client
from core.policy import SitePolicy
from core.profile import TenantProfile, TenantProfiles
from core.security import AwaitingFactor
from core.site.entities import SiteSettings
from core.tenancy.entities import Tenant
from core.users.authentication import Authenticate
from core.users.credentials import TokenKind
from core.users.factors import FactorStorage
from entrypoints.http.context import RequestFacts, facts_of
from entrypoints.http.credentials import bearer_token, session_cookie
from entrypoints.http.options import HttpOptions
from entrypoints.web.rendering import WebRequest
from ioc.bearers import Bearers
from services.audit_clients import AuditClients
from services.casbin_access import CasbinPolicies


class RequestProvider(Provider):
    scope = Scope.REQUEST

    request = from_context(Request)
    bearers = provide(Bearers)

    @provide
    def facts(self, request: WebRequest) -> RequestFacts:
        return facts_of(request.scope)

    @provide
    def tenant(self, facts: RequestFacts) -> Tenant:
        return facts.tenant

    @provide
    def client(self, facts: RequestFacts) -> Client:
        return facts.client

    @provide
    async def profile(self, tenant: Tenant, profiles: TenantProfiles) -> TenantProfile:
        return await profiles.get(tenant)

    @provide
    def site(self, profile: TenantProfile) -> SiteSettings:
        return profile.site

    @provide
    def policy(self, profile: TenantProfile) -> SitePolicy:
        return profile.policy

    @provide
    async def actor(
        self,
        request: WebRequest,
        facts: RequestFacts,
        options: HttpOptions,
        authenticate: Authenticate,
        bearers: Bearers,
    ) -> Actor:
        if request.url.path.startswith("/api/"):
            return _noted(await bearers.actor(bearer_token(request)))
        cookie = session_cookie(request, options)
        found = await authenticate(cookie, TokenKind.BROWSER) if cookie else None
        facts.reissued_cookie = found.reissued if found else None
        return _noted(found.actor if found else ANONYMOUS)

    @provide
    def origin(self, facts: RequestFacts, clients: AuditClients, clock: Clock) -> Origin:
        client = clients.key(facts.client.key, site=facts.tenant.id, at=clock.now())
        return Origin(client=client, request_id=facts.request_id)

    @provide
    async def access(
        self,
        actor: Actor,
        profile: TenantProfile,
        policies: CasbinPolicies,
        factors: FactorStorage,
        refusals: Refusals,
    ) -> Access:
        access: Access = policies.access(actor, profile.policy)
        if (
            actor.user_id
            and profile.security.asks_factor_of(actor.role)
            and not await factors.is_held_by(actor.user_id)
        ):
            access = AwaitingFactor(access=access, visitor=policies.access(ANONYMOUS, profile.policy))
        return WatchedAccess(access=access, refusals=refusals)


def _noted(actor: Actor) -> Actor:
    """The actor, named on each further line of this request's log."""
    structlog.contextvars.bind_contextvars(actor=actor.user_id or actor.role)
    if actor.token_id:
        structlog.contextvars.bind_contextvars(program=actor.token_id)  # what is called a token is masked in logs
    return actor
