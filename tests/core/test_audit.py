from core.access import Action
from core.audit import changed
from tests.core.fakes.audit import MemoryAuditTrail


async def test_only_what_changed_is_kept() -> None:
    trail = MemoryAuditTrail()

    await trail.record(
        Action.EDIT_SITE, subject="1", before={"title": "A", "accent": "x"}, after={"title": "B", "accent": "x"}
    )

    assert [(one.before, one.after) for one in trail.kept] == [({"title": "A"}, {"title": "B"})]


def test_what_came_and_what_went_are_changes() -> None:
    assert changed({"gone": "1", "same": "2"}, {"came": "3", "same": "2"}) == ({"gone": "1"}, {"came": "3"})
