from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.identity import Role, SessionId, UserId
from core.tenancy.entities import Tenant
from core.users.entities import ABSOLUTE_LIFE, IDLE_LIFE, Session, SessionKind, User
from db.tenant_session import TenantSessions
from db.users import SqlSessionStorage, SqlUserStorage

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def a_user(name: str) -> User:
    email = f"{name}@anna.example"
    return User(id=UserId(name), email=email, name=name, role=Role.VIEWER, password_hash=None, created_at=NOW)


def a_stay(name: str, user: str, *, began: datetime, seen: datetime) -> Session:
    return Session(id=SessionId(name), user_id=UserId(user), kind=SessionKind.BROWSER, created_at=began, seen_at=seen)


async def test_whoever_signs_in_clears_up_her_ended_sessions(anna: Tenant, sessions: TenantSessions) -> None:
    second = timedelta(seconds=1)
    idle = a_stay("idle", "eve", began=NOW - IDLE_LIFE, seen=NOW - IDLE_LIFE)
    old = a_stay("old", "eve", began=NOW - ABSOLUTE_LIFE, seen=NOW - second)
    live = a_stay("live", "eve", began=NOW - ABSOLUTE_LIFE + second, seen=NOW - IDLE_LIFE + second)
    others = replace(idle, id=SessionId("others"), user_id=UserId("bob"))
    async with sessions.open(anna) as session:
        for name in ("eve", "bob"):
            await SqlUserStorage(session).add(a_user(name))
        storage = SqlSessionStorage(session)
        for stay in (others, idle, old, live):
            await storage.add(stay)
        await storage.add(a_stay("new", "eve", began=NOW, seen=NOW))
        left = {stay.id for stay in (idle, old, live, others) if await storage.find(stay.id)}

    assert left == {"live", "others"}
    assert live.is_live(NOW)
    assert not idle.is_live(NOW)
