from collections.abc import Collection
from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail
from core.errors import Invalid, Problem, StaleVersion
from core.identity import RoleKey
from core.policy import PolicySource
from core.security import SecurityRules, SecurityStorage
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSecurity:
    """An owner decides which roles need a second factor. Who has such a role and none sets one up before anything else,
    at once. *expected* is the version that was shown.

    Refused with Invalid or StaleVersion.
    """

    access: Access
    security: SecurityStorage
    policy_source: PolicySource
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, factor_roles: Collection[RoleKey], *, expected: int | None = None) -> SecurityRules:
        self.access.require(Action.REQUIRE_FACTORS)
        known = frozenset((await self.policy_source.policy()).member_keys)
        rules = await self.security.get()
        # A role may have ended since the rules were saved: who sends back what she read is not to blame.
        if not set(factor_roles) <= known | rules.factor_roles:
            raise Invalid(Problem.of("factor_roles", N_("Choose among the roles offered.")))
        if expected is not None and expected != rules.version:
            raise StaleVersion(current=rules.version)
        wanted = replace(rules, factor_roles=known & set(factor_roles))
        if wanted == rules:
            return rules
        saved = await self.security.save(wanted)
        before, after = ({"factor_roles": ", ".join(sorted(one.factor_roles))} for one in (rules, saved))
        await self.audit.record(Action.REQUIRE_FACTORS, label="", before=before, after=after)
        await self.transaction.commit()
        return saved
