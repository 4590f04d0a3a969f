"""Every role × every action by page and by API, as decided: in a few hundred requests that change nothing.

For each action the first route is asked whose use case requires it and it alone; about nobody's things and with an
empty body, so that whoever is let in gets no further than that. Then one's own and another's things.
"""

from dataclasses import dataclass
from functools import cache
from secrets import token_hex

import httpx
from sqlalchemy import update

from core.access import Action, Scope
from core.identity import Role
from db.blog.rows import PostRow
from db.users import UserRow
from entrypoints.api.operations import OPERATION, operation_of
from tests.api.posts import made_post
from tests.architecture.test_routes import WAYS, use_cases
from tests.architecture.test_routes import Way as Routed
from tests.architecture.test_use_cases import FILES, call_of, required_actions, use_case_of
from tests.core.decisions import DECISIONS, ROLES, decided
from tests.isolation.estate import Estate, Stay
from tests.isolation.routes import NOTHING, Way

COOKIE = "terrace"
MEMBERS = ROLES[1:]
ELSEWHERE = {
    "desk.open",
    "invitation.accept",
    "password_reset.request",
    "session.create",
    "session.refresh",
    "user.change_credentials",
    "user.edit",
    "user.read",
}
"""Decided at the door of the desk, in one's own account or before one is somebody: pages that no other route stands
for, tried with what they need in tests/pages."""
HELD_IN = {
    "post.edit": ("PATCH", "/api/v1/posts/{}"),
    "post.publish": ("PUT", "/api/v1/posts/{}/publication"),
    "post.withdraw": ("DELETE", "/api/v1/posts/{}/publication"),
    "post.trash": ("DELETE", "/api/v1/posts/{}"),
}
"""Actions on one thing that a version which never was holds back after the decision."""


@dataclass(frozen=True, kw_only=True)
class Face:
    action: Action
    way: Way


def is_tame(way: Routed) -> bool:
    """An empty request about nothing changes nothing there."""
    method, path = way.name.split()
    return method == "GET" or "{" in path or "/api/" in path


@cache
def first_asked() -> dict[type, set[Action]]:
    """What each use case requires before all else."""
    found = {}
    for path in FILES:
        statements = (required_actions(statement, on=False) for statement in call_of(path).body)
        found[use_case_of(path)] = next(actions for actions in statements if actions)
    return found


@cache
def faces() -> tuple[Face, ...]:
    """For each action a page and an operation of the API, where there are such."""
    found: dict[tuple[Action, bool], Face] = {}
    for way in sorted(WAYS, key=lambda way: ("{" not in way.name, way.name)):
        method, path = way.name.split()
        asked = {operation_of(way.handler).use_case} if OPERATION in way.handler.opt else way.use_cases()
        actions = {action for use_case in asked & set(use_cases()) for action in first_asked()[use_case]}
        is_api, is_reading = path.startswith("/api/"), method == "GET"
        if len(actions) == 1 and is_tame(way) and (is_api or is_reading or path.startswith("/admin")):
            (action,) = actions
            found.setdefault((action, is_api), Face(action=action, way=Way(path, method)))
    return tuple(found.values())


async def asked(estate: Estate, face: Face, stay: Stay | None) -> httpx.Response:
    way = face.way
    headers: dict[str, str] = {}
    if stay is not None and way.is_api:
        headers["authorization"] = f"Bearer {stay.access}"
    elif stay is not None:
        headers["cookie"] = f"{COOKIE}={stay.cookie}"
    sent = {"json": {}} if way.is_api and way.method != "GET" else way.sent()
    if way.is_form:
        sent["data"] = {**sent.get("data", {}), "csrf_token": _proof(estate, stay)}
    async with estate.site.client() as client:
        return await client.request(way.method, way.path_for(NOTHING), headers=headers, **sent)


def _proof(estate: Estate, stay: Stay | None) -> str:
    return estate.proof(stay.id) if stay else ""


def was_let_in(answer: httpx.Response) -> bool:
    to_the_door = answer.status_code == 303 and answer.headers["location"].startswith("/login")
    return answer.status_code not in (401, 403) and not to_the_door


async def test_pages_and_api_let_in_whom_it_was_decided_and_nobody_else(hers: Estate) -> None:
    stays = {role: await hers.stay(role) for role in MEMBERS}
    wrong = []
    for face in faces():
        for role in ROLES:
            may = decided(role, face.action) is not Scope.NONE
            is_desk = face.way.path.startswith("/admin")
            answer = await asked(hers, face, stays.get(role))
            if was_let_in(answer) is not (may and not (is_desk and role == Role.VISITOR)):
                wrong.append((role, face.action, face.way.name, answer.status_code))

    assert wrong == []
    assert len(faces()) > len(DECISIONS)


def test_every_action_has_a_page_or_an_operation() -> None:
    assert {name for name in DECISIONS if name not in {face.action.value for face in faces()}} <= ELSEWHERE


async def test_at_another_site_even_the_owner_is_a_visitor(hers: Estate, his: Estate) -> None:
    """Keys of all kinds, at all routes: tests/isolation/test_routes.py."""
    stays = {role: await hers.stay(role) for role in (Role.OWNER,)}
    wrong = []
    for face in faces():
        nobody = await asked(his, face, None)
        for role, stay in stays.items():
            answer = await asked(his, face, stay)
            is_refused = answer.status_code == 401 if face.way.is_api else was_let_in(answer) is was_let_in(nobody)
            if not is_refused:
                wrong.append((role, face.action, face.way.name, answer.status_code))

    assert wrong == []


async def test_ones_own_and_anothers(hers: Estate) -> None:
    stays = {role: await hers.stay(role) for role in MEMBERS}
    mine, others = await made_post(hers.site, slug=f"own-{token_hex(4)}"), await made_post(hers.site)
    wrong = []
    for role, stay in stays.items():
        await _give(hers, mine.id, role)
        for name, (method, path) in HELD_IN.items():
            scope = decided(role, Action(name))
            sees_all = decided(role, Action.READ_UNPUBLISHED_POST) is Scope.ALL
            for post_id, may in ((mine.id, scope is not Scope.NONE), (others.id, scope is Scope.ALL)):
                headers = {"authorization": f"Bearer {stay.access}", "if-match": '"999999-json"'}
                async with hers.site.client() as client:
                    answer = await client.request(
                        method, path.format(post_id), headers=headers, json={} if method == "PATCH" else None
                    )
                refused = {403} if sees_all else {403, 404}
                if answer.status_code not in ({412} if may else refused):
                    wrong.append((role, name, post_id == mine.id, answer.status_code))

    assert wrong == []


async def _give(estate: Estate, post_id: str, role: Role) -> None:
    async with estate.site.sessions.open(estate.site.tenant) as session:
        whose = UserRow.__table__.select().with_only_columns(UserRow.id).where(UserRow.email == estate.site.email(role))
        await session.execute(update(PostRow).where(PostRow.id == post_id).values(author_id=whose.scalar_subquery()))
        await session.commit()
