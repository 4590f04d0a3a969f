"""Roles of the site's own, and where it departs from the policy of the release."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from core.access import Action, PolicyDifference, Scope
from core.identity import MEMBER_ROLES, Role
from core.policy import SitePolicy, SiteRole
from db.base import TenantRow

_BASES = frozenset(role.value for role in MEMBER_ROLES)


class RoleRow(TenantRow):
    __tablename__ = "roles"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    description: Mapped[str]
    base: Mapped[str]
    position: Mapped[int]


class PolicyDifferenceRow(TenantRow):
    __tablename__ = "policy_differences"

    role: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]


_R, _D = RoleRow, PolicyDifferenceRow
ROLES = select(
    func.jsonb_agg(func.jsonb_build_array(_R.position, _R.key, _R.name, _R.description, _R.base))
).scalar_subquery()
DIFFERENCES = select(func.jsonb_agg(func.jsonb_build_array(_D.role, _D.action, _D.scope))).scalar_subquery()
"""Both as columns of another query: one round trip is enough for all that is kept of a site."""


def policy_of(
    roles: Sequence[tuple[int, str, str, str, str]] | None, differences: Iterable[tuple[str, str, str]] | None
) -> SitePolicy:
    found = (_difference(*row) for row in sorted(differences or ()))
    return SitePolicy(
        roles=tuple(_role(*row) for row in sorted(roles or ())),
        differences=tuple(difference for difference in found if difference is not None),
    )


def _role(_position: int, key: str, name: str, description: str, base: str) -> SiteRole:
    """A base that this release does not know gives what the least of all members may."""
    return SiteRole(key=key, name=name, description=description, base=base if base in _BASES else Role.VIEWER)


def _difference(role: str, action: str, scope: str) -> PolicyDifference | None:
    """None for words that a newer release wrote and this one has no meaning for."""
    try:
        return PolicyDifference(role=role, action=Action(action), scope=Scope(scope))
    except ValueError:
        return None
