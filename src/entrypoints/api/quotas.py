"""Quotas of the API, told in the fields of draft-ietf-httpapi-ratelimit-headers-11 (May 2026)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dishka import AsyncContainer
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import TooMany
from core.identity import Actor
from core.limits import Client
from core.quotas import Quota, Quotas, Spent
from core.users.errors import SessionEnded
from entrypoints.api.answers import ApiRequest
from entrypoints.api.operations import OPERATION
from entrypoints.api.queries import refuse_unknown_parameters
from entrypoints.http.context import RequestFacts, facts_of

EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiQuotas:
    """Members have a quota of their own for each site: however many strangers come, those who work there can."""

    client: Quota
    visitors: Quota
    token: Quota
    members: Quota


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """Counts a request against whoever sends it, and against the site."""

    quotas: Quotas
    of_api: ApiQuotas
    client: Client
    facts: RequestFacts

    async def count(self, actor: Actor) -> None:
        """Raises TooMany when one of the quotas was used up before."""
        subject = actor.token_id or actor.session_id
        if subject:
            await self._spend((self.of_api.token, subject), (self.of_api.members, EVERYBODY))
        else:
            await self.count_stranger()

    async def count_stranger(self) -> None:
        await self._spend((self.of_api.client, self.client.key), (self.of_api.visitors, EVERYBODY))

    async def _spend(self, *asked: tuple[Quota, str]) -> None:
        for quota, subject in asked:
            spent = await self.quotas.spend(quota, subject)
            self.facts.spent = (*self.facts.spent, spent)
            if spent.is_over:
                raise TooMany(retry_after=spent.seconds)


async def admit(request: ApiRequest) -> None:
    """Runs before each handler. What is shown in vain counts against the client: guessing has an end."""
    if OPERATION not in request.route_handler.opt:
        return  # Litestar's own answer to OPTIONS
    container: AsyncContainer = request.state.dishka_container
    meter = await container.get(Meter)
    try:
        actor = await container.get(Actor)
    except SessionEnded:
        await meter.count_stranger()
        raise
    await meter.count(actor)
    await refuse_unknown_parameters(request)


def telling_quotas(app: ASGIApp) -> ASGIApp:
    """Around each route: whatever it answers says what is left."""

    async def middleware(scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                spent = facts_of(scope).spent
                message["headers"] = [*message.get("headers", ()), *(quota_fields(spent) if spent else ())]
            await send(message)

        await app(scope, receive, told)

    return middleware


def quota_fields(spent: Sequence[Spent]) -> tuple[tuple[bytes, bytes], ...]:
    policies = ", ".join(f'"{each.quota.name}";q={each.quota.times};w={each.quota.seconds}' for each in spent)
    limits = ", ".join(f'"{each.quota.name}";r={each.left};t={each.seconds}' for each in spent)
    return (b"ratelimit-policy", policies.encode()), (b"ratelimit", limits.encode())
