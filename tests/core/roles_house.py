"""A house whose roles can be edited."""

from core.access import Action, PolicyDifference, Scope
from core.granting import Granting
from core.identity import RoleKey
from core.policy import SitePolicy, SiteRole
from core.roles.entities import RoleBook
from tests.core.fakes.access import FakeAccess, FakePolicies
from tests.core.fakes.asked_things import MemoryAskedThings
from tests.core.fakes.roles import MemoryRoles
from tests.core.house import House


class RolesHouse(House):
    def __init__(self) -> None:
        super().__init__()
        self.policies = FakePolicies()
        self.roles = MemoryRoles(self.users, self.invitations)
        self.asked_things = MemoryAskedThings(
            users=self.users, sessions=self.sessions, posts=self.posts, questions=self.questions, media=self.media
        )
        self.transaction.join(self.roles)

    @property
    def policy_source(self) -> MemoryRoles:
        return self.roles

    @property
    def granting(self) -> Granting:
        return self.make(Granting)

    def has_policy(self, *differences: PolicyDifference, roles: tuple[SiteRole, ...] = ()) -> SitePolicy:
        """The site says this itself; who acts, acts under it."""
        self.roles.kept = RoleBook(
            version=self.roles.kept.version, policy=SitePolicy(roles=roles, differences=differences)
        )
        self.access = FakeAccess(self.access.actor, *differences, roles=roles)
        self.transaction.settle()
        return self.roles.kept.policy

    def gives(self, role: RoleKey, **actions: Scope) -> tuple[PolicyDifference, ...]:
        """Differences by the names of actions: ``EDIT_POST=Scope.ALL``."""
        return tuple(
            PolicyDifference(role=role, action=Action[name], scope=scope) for name, scope in sorted(actions.items())
        )

    def admits_under(self, role: RoleKey) -> None:
        """Somebody of *role* acts under the site's policy."""
        self.admits(role)
        policy = self.roles.kept.policy
        self.access = FakeAccess(self.access.actor, *policy.differences, roles=policy.roles)
