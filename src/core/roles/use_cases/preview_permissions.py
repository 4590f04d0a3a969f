from collections.abc import Mapping
from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.granting import beyond
from core.identity import RoleKey
from core.policy import Policies
from core.roles.entities import RightChange
from core.roles.shown import changes_between
from core.roles.storage import RoleStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """*lacking* are what whoever asks could not give: she has them not herself."""

    version: int
    changes: tuple[RightChange, ...]
    lacking: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPermissions:
    """Who may change rights, sees what a change would newly allow or forbid; nothing is saved.

    Refused with RoleNotFound, RoleFixed (the owner's) or Invalid.
    """

    access: Access
    roles: RoleStorage
    policies: Policies

    async def __call__(self, key: RoleKey, wanted: Mapping[Action, Scope]) -> Preview:
        self.access.require(Action.EDIT_ROLES)
        before = await self.roles.get()
        after = before.permitting(key, wanted, self.policies.defaults)
        changes = changes_between(before, after, self.policies)
        return Preview(version=before.version, changes=changes, lacking=self._lacking(changes))

    def _lacking(self, changes: tuple[RightChange, ...]) -> tuple[Action, ...]:
        return beyond(self.access, [(change.action, change.after) for change in changes if change.is_wider])
