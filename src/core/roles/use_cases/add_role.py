from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail, Refusals
from core.granting import refuse_beyond, rights_of
from core.identity import RoleKey
from core.policy import Policies, SiteRole
from core.roles.storage import RoleStorage
from core.slugs import SlugMaker
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRole:
    """Who may, makes a role that begins with the rights of another; without a key the name makes one.

    Refused with Invalid, RoleKeyTaken, or GrantsTooMuch when the other may more than who asks.
    """

    access: Access
    roles: RoleStorage
    policies: Policies
    slugs: SlugMaker
    audit: AuditTrail
    refusals: Refusals
    transaction: Transaction

    async def __call__(self, *, name: str, base: RoleKey, description: str = "", key: RoleKey = "") -> SiteRole:
        self.access.require(Action.EDIT_ROLES)
        made = SiteRole(
            key=key or self.slugs.make(name)[:40].strip("-"),
            name=name.strip(),
            description=description.strip(),
            base=base,
        )
        book = (await self.roles.get()).with_role(made)
        given = rights_of(made.key, self.policies.rights(book.policy))
        refuse_beyond(self.access, given, self.refusals, action=Action.EDIT_ROLES, role=made.key)
        await self.roles.save(book)
        facts = {"name": made.name, "base": made.base, "description": made.description}
        await self.audit.record(Action.EDIT_ROLES, subject=made.key, label=made.name, after=facts)
        await self.transaction.commit()
        return made
