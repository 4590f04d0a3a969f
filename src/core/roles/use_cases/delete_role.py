from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.granting import Granting
from core.identity import RoleKey
from core.roles.errors import RoleInUse
from core.roles.storage import RoleStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteRole:
    """Who may, ends a role that the site made; whoever has it gets another one, which must not be beyond who asks.

    Refused with RoleNotFound, RoleFixed, RoleInUse (say where its people go), Invalid, GrantsTooMuch or StaleVersion.
    """

    access: Access
    roles: RoleStorage
    granting: Granting
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, key: RoleKey, *, version: int | None, move_to: RoleKey = "") -> None:
        self.access.require(Action.EDIT_ROLES)
        before = await self.roles.lock()
        before.expect(version)
        gone, after = before.own(key), before.without(key)
        people = (await self.roles.people(self.clock.now())).get(key, 0)
        if people and move_to in ("", key):
            raise RoleInUse(people=people)
        if move_to:
            await self.granting.check(move_to, field="move_to")
            await self.roles.move_people(key, move_to)
        await self.roles.save(after)
        facts = {"name": gone.name, "base": gone.base, "people": str(people)}
        after_facts = {"people_to": move_to} if people else {}
        await self.audit.record(Action.EDIT_ROLES, subject=key, label=gone.name, before=facts, after=after_facts)
        await self.transaction.commit()
