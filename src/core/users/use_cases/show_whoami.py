from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.identity import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Whoami:
    """*permissions* names what the actor may do at this site, and how far."""

    actor: Actor
    permissions: dict[Action, Scope]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowWhoami:
    """Anybody learns who the site takes her for and what she may do."""

    access: Access

    async def __call__(self) -> Whoami:
        self.access.require(Action.READ_WHOAMI)
        scopes = {action: self.access.scope(action) for action in Action}
        return Whoami(
            actor=self.access.actor,
            permissions={action: scope for action, scope in scopes.items() if scope is not Scope.NONE},
        )
