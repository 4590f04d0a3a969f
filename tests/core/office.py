"""The operator's side of the house: all sites, with fakes behind every protocol."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest

from core.errors import TerraceError
from core.identity import ANONYMOUS, OPERATOR, Role
from core.tenancy.entities import BucketKey, SiteCode, Tenant
from tests.core.fakes.access import FakeAccess
from tests.core.fakes.clock import SetClock
from tests.core.fakes.markdown import FakeMarkdown
from tests.core.fakes.tenancy import MemoryBucketKeys, MemoryBuckets, MemoryRegistry, MemorySchemas, MemorySeeds
from tests.core.house import somebody


class Office:
    """The operator is at work in it, until somebody else is admitted."""

    def __init__(self) -> None:
        self.access = FakeAccess(OPERATOR)
        self.clock = SetClock()
        self.registry = MemoryRegistry()
        self.schemas = MemorySchemas(self.registry)
        self.buckets = MemoryBuckets()
        self.keys = MemoryBucketKeys()
        self.seeds = MemorySeeds()
        self.markdown = FakeMarkdown()

    def admits(self, role: Role) -> None:
        self.access = FakeAccess(ANONYMOUS if role == Role.VISITOR else somebody(role))

    def has(self, tenant: Tenant, code: SiteCode | None = None) -> Tenant:
        self.registry.kept[tenant.id] = tenant
        if code:
            self.seeds.planted[tenant.slug] = code
        return tenant

    def key_of(self, tenant: Tenant) -> BucketKey | None:
        return self.registry.keys.get(tenant.id)

    @contextmanager
    def refuses(self, error: type[TerraceError]) -> Iterator[None]:
        """What happens within ends with exactly *error*, and nothing has changed."""
        with self.changes_nothing(), pytest.raises(error) as refused:
            yield
        assert type(refused.value) is error

    @contextmanager
    def changes_nothing(self) -> Iterator[None]:
        before = deepcopy(self._everything())
        yield
        assert self._everything() == before

    def _everything(self) -> list[object]:
        registry, schemas = self.registry, self.schemas
        owned = [registry.kept, registry.keys, registry.events, schemas.created]
        return [*owned, self.buckets.kept, self.keys.current, self.seeds.planted]
