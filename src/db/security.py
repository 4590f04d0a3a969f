from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Integer, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import StaleVersion
from core.security import SecurityRules
from db.site import SiteRow
from db.tenant_session import announce


class SqlSecurityStorage:
    """A column of the site's one row: `{}` until somebody decides something."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self) -> SecurityRules:
        return rules_of(await self._session.scalar(select(SiteRow.security)))

    async def save(self, rules: SecurityRules) -> SecurityRules:
        saved = replace(rules, version=rules.version + 1)
        standing = func.coalesce(SiteRow.security["version"].astext.cast(Integer), 1)
        values = {"factor_roles": sorted(saved.factor_roles), "version": saved.version}
        change = update(SiteRow).where(standing == rules.version).values(security=values)
        if await self._session.scalar(change.returning(SiteRow.id)) is None:
            raise StaleVersion(current=(await self.get()).version)
        announce(self._session, "profile")
        return saved


def rules_of(kept: Mapping[str, Any] | None) -> SecurityRules:
    """What a newer release wrote besides means nothing to this one."""
    found = kept or {}
    return SecurityRules(factor_roles=frozenset(found.get("factor_roles", ())), version=found.get("version", 1))
