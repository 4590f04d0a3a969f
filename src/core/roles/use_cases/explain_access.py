from dataclasses import dataclass

from core.access import OWNABLE_ACTIONS, Access, Action
from core.clock import Clock
from core.errors import Invalid, Problem
from core.identity import Actor, RoleKey, UserId
from core.policy import Policies
from core.roles.errors import PersonNotFound, RoleNotFound, ThingNotFound
from core.roles.explained import SEEN_BY, Asked, Explained, Person, Thing, kind_of
from core.roles.storage import AskedThings, RoleStorage
from core.text import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainAccess:
    """A member learns why she may do something or not, also to one thing; who may, learns it of others and of roles.

    Refused with PersonNotFound, RoleNotFound, ThingNotFound (also for what she may not see) or Invalid.
    """

    access: Access
    roles: RoleStorage
    policies: Policies
    asked_things: AskedThings
    clock: Clock

    async def __call__(self, action: Action, *, resource: str = "", user: str = "", role: RoleKey = "") -> Explained:
        self.access.require(Action.EXPLAIN_ACCESS)
        me = self.access.actor
        is_me = not (user or role) or (user == me.user_id and not role)
        self.access.require(Action.EXPLAIN_ACCESS, on=Asked(owner_id=me.user_id if is_me else None))
        thing = await self._thing(action, resource) if resource else None
        policy = await self.roles.policy()
        person = await self._person(user) if user and not is_me else None
        if role and role not in policy.keys:
            raise RoleNotFound
        if is_me:
            explanation = self.access.explain(action, on=thing)
        else:
            theirs = Actor(role=role or (person.role if person else ""), user_id=person.id if person else UserId(""))
            explanation = self.policies.access(theirs, policy).explain(action, on=thing)
        return Explained(explanation=explanation, person=person, is_me=is_me, thing=thing, policy=policy)

    async def _person(self, known_as: str) -> Person:
        person = await self.asked_things.person(known_as)
        if person is None:
            raise PersonNotFound
        return person

    async def _thing(self, action: Action, thing_id: str) -> Thing:
        kind = kind_of(action)
        if action not in OWNABLE_ACTIONS or kind not in SEEN_BY:
            raise Invalid(Problem.of("resource", N_("This is never about one thing. Ask without it.")))
        thing = await self.asked_things.thing(kind, thing_id, self.clock.now())
        if thing is None or not (thing.is_public or self.access.can(SEEN_BY[kind], on=thing)):
            raise ThingNotFound
        return thing
