from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.site.audit_log import AuditActor, AuditLog


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditShown:
    """What the log of a site is about: the users in it, and for how many days a line is kept."""

    actors: Sequence[AuditActor]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAudit:
    """Who may read the log sees whose deeds it can be searched for, and how long it is kept."""

    access: Access
    audit_log: AuditLog

    async def __call__(self) -> AuditShown:
        self.access.require(Action.READ_AUDIT)
        return AuditShown(actors=await self.audit_log.list_actors(), days=await self.audit_log.get_days())
