from collections.abc import Mapping
from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.blog.imports import Outcome
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordImport:
    """The operator has brought an archive in, item by item: the log gets one line for all of them."""

    access: Access
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, filename: str, totals: Mapping[Outcome, int]) -> None:
        self.access.require(Action.IMPORT_CONTENT)
        after = {outcome.value: str(totals.get(outcome, 0)) for outcome in Outcome}
        await self.audit.record(Action.RUN_IMPORT, label=filename, after={"state": "done", **after})
        await self.transaction.commit()
