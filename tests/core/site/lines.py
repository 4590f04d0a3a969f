"""Lines for a site's log."""

from datetime import timedelta

from core.access import Action
from core.audit import AuditEvent
from core.identity import Role
from tests.core.house import House, somebody


def written(house: House, *subjects: str, days_ago: float = 0) -> list[AuditEvent]:
    """By the owner, the oldest first."""
    before = len(house.audit_log.kept)
    for number, subject in enumerate(subjects):
        house.audit_log.add(
            Action.PUBLISH_POST,
            somebody(Role.OWNER),
            subject=subject,
            at=house.clock.now() - timedelta(days=days_ago) + timedelta(seconds=number),
        )
    house.transaction.settle()
    return house.audit_log.kept[before:]
