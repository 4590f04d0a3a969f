"""What is over, foreign, forged or too much is refused, and the site's log has one line of it: each way against the
real house. (Codes by time have theirs in the tests of second factors, targets of webhooks in theirs.)"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import func, select, update

from core.identity import Role
from core.tasks import TaskKind
from core.users.entities import InvitationId
from db.api_tokens import ApiTokenRow
from db.audit import AuditEventRow
from db.tasks import TaskRow
from entrypoints.http.metrics import Metrics
from services.invitation_tokens import HmacInvitationTokens
from tests.api.house import PASSWORD, House, Site
from tests.api.posts import POSTS, made_post
from tests.isolation.estate import Estate
from tests.isolation.people import people_of
from tests.isolation.tokens import token_for
from tests.pages.browser import Browser

WHOAMI, SESSIONS = "/api/v1/whoami", "/api/v1/sessions"
FORM = "form.stack"


@dataclass(frozen=True, kw_only=True)
class Ground:
    house: House
    anna: Site
    boris: Site

    async def estate(self) -> Estate:
        return await Estate.of(self.house, self.anna)

    async def secret(self) -> str:
        """An API token of Anna's author, who may draft with it."""
        return await token_for(self.anna, (await self.estate()).ring, self.anna.email(Role.AUTHOR))


async def asked_whoami(site: Site, secret: str) -> httpx.Response:
    async with site.client(token=secret) as client:
        return await client.get(WHOAMI)


async def replayed_invitation(ground: Ground) -> httpx.Response:
    ring = (await ground.estate()).ring
    made = await people_of(ground.anna, ring)
    token = HmacInvitationTokens(ring, ground.anna.tenant.id).make(InvitationId(made["invitation_id"]))
    return await submitted_twice(ground.anna, f"/invitations/{token}", name="New")


async def reset_link_used_twice(ground: Ground) -> httpx.Response:
    made = await people_of(ground.anna, (await ground.estate()).ring)
    return await submitted_twice(ground.anna, f"/password-reset/{made['reset']}")


async def submitted_twice(site: Site, path: str, **typed: str) -> httpx.Response:
    """What the second of two gets who have both opened the page."""
    first, second = Browser(site), Browser(site)
    pages = await first.get(path), await second.get(path)
    words = {"password": PASSWORD, "password_again": PASSWORD, **typed}
    assert (await first.submit(pages[0], FORM, **words)).status == 303
    return (await second.submit(pages[1], FORM, **words)).answer


async def session_of_another_site(ground: Ground) -> httpx.Response:
    return await asked_whoami(ground.boris, ground.anna.tokens[Role.OWNER])


async def token_of_another_site(ground: Ground) -> httpx.Response:
    return await asked_whoami(ground.boris, await ground.secret())


async def expired_token(ground: Ground) -> httpx.Response:
    return await ended(ground, expires_at=datetime.now(UTC))


async def revoked_token(ground: Ground) -> httpx.Response:
    return await ended(ground, revoked_at=datetime.now(UTC))


async def ended(ground: Ground, **how: datetime) -> httpx.Response:
    secret = await ground.secret()
    newest = select(ApiTokenRow.id).order_by(ApiTokenRow.created_at.desc()).limit(1).scalar_subquery()
    async with ground.anna.sessions.open(ground.anna.tenant) as session:
        await session.execute(update(ApiTokenRow).where(ApiTokenRow.id == newest).values(how))
        await session.commit()
    return await asked_whoami(ground.anna, secret)


async def wrong_scope(ground: Ground) -> httpx.Response:
    post = await made_post(ground.anna, by=Role.AUTHOR)
    async with ground.anna.client(None, token=await ground.secret(), **{"if-match": "*"}) as client:
        return await client.put(f"{POSTS}/{post.id}/publication")


async def refresh_token_used_again(ground: Ground) -> httpx.Response:
    first = (await ground.anna.sign_in(Role.VIEWER))["refresh_token"]
    async with ground.anna.client() as client:
        second = (await client.post(f"{SESSIONS}/refresh", json={"refresh_token": first})).json()["refresh_token"]
        await client.post(f"{SESSIONS}/refresh", json={"refresh_token": second})
        return await client.post(f"{SESSIONS}/refresh", json={"refresh_token": first})


Way = Callable[[Ground], Awaitable[httpx.Response]]


@pytest.fixture
def ground(house: House) -> Ground:
    return Ground(house=house, anna=house.anna, boris=house.boris)


@pytest.mark.parametrize(
    ("way", "status", "action", "reason"),
    [
        (replayed_invitation, 404, "invitation.accept", "invitation_not_found"),
        (reset_link_used_twice, 404, "password_reset.use", "reset_link_not_found"),
        (session_of_another_site, 401, "session.read", "session_ended"),
        (token_of_another_site, 401, "session.read", "session_ended"),
        (expired_token, 401, "session.read", "session_ended"),
        (revoked_token, 401, "session.read", "session_ended"),
        (wrong_scope, 403, "post.publish", "forbidden"),
        (refresh_token_used_again, 401, "session.refresh", "session_ended"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
async def test_it_is_refused_and_noted(ground: Ground, way: Way, status: int, action: str, reason: str) -> None:
    answer = await way(ground)

    assert answer.status_code == status
    site = ground.boris if "another_site" in getattr(way, "__name__", "") else ground.anna
    asked = select(AuditEventRow).where(AuditEventRow.request_id == answer.headers["x-request-id"])
    async with site.sessions.open(site.tenant) as session:
        [noted] = (await session.scalars(asked)).all()
    assert (noted.action, noted.outcome, noted.after) == (action, "refused", {"reason": reason})
    assert noted.client


async def test_a_forged_host_leads_to_no_site_and_no_letter(ground: Ground) -> None:
    """There is no site in whose log it could stand: it is counted, and has its line in the deployment's log."""
    site, email = ground.anna, ground.anna.email(Role.VIEWER)
    browser = Browser(site)
    action, fields = (await browser.get("/password-reset")).form(FORM)
    counted, letters = await misdirected(ground.house), await letters_to_come(site)

    refused = await browser.post(action, {**fields, "email": email}, origin="http://evil.example", host="evil.example")

    assert refused.status == 421
    assert await misdirected(ground.house) == counted + 1
    assert await letters_to_come(site) == letters


async def letters_to_come(site: Site) -> int:
    kinds = (TaskKind.SEND_RESET_LINK, TaskKind.SEND_MAIL)
    async with site.sessions.open(site.tenant) as session:
        return int(await session.scalar(select(func.count()).select_from(TaskRow).where(TaskRow.kind.in_(kinds))) or 0)


async def misdirected(house: House) -> float:
    """How many requests were answered 421 so far."""
    told = (await house.container.get(Metrics)).text().decode()
    return sum(
        float(line.split()[-1]) for line in told.splitlines() if "terrace_requests_total" in line and '"421"' in line
    )
