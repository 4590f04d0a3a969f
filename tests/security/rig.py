"""A deployment as in production, with handles where a test has to turn something: time, passwords, faults."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from dishka import Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncSession

from config.logging import TerraceHandler, configure_logging
from core.blog.storage import PostStorage
from core.clock import Clock
from core.profile import TenantProfile, TenantProfiles
from core.tenancy.directory import Hostnames
from core.tenancy.entities import Hostname, Tenant
from core.users.credentials import Passwords
from db.blog import SqlPostStorage
from services.argon2_passwords import Argon2Passwords
from services.idna_hostnames import IdnaHostnames

PROXIES = ("10.99.0.0/16",)
"""Peers that speak for others; everybody else in these tests has another address."""


class MovingClock:
    """The time that it is, and as much later as a test says."""

    def __init__(self) -> None:
        self._later = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._later

    @contextmanager
    def later(self, **units: float) -> Iterator[None]:
        before = self._later
        self._later += timedelta(**units)
        try:
            yield
        finally:
            self._later = before


@dataclass(slots=True)
class Faults:
    """What fails when it is asked for: the *posts*, the *profile* of a site, even the *names* of hosts."""

    posts: Exception | None = None
    profile: Exception | None = None
    names: Exception | None = None

    @contextmanager
    def of(self, part: str, error: Exception) -> Iterator[None]:
        setattr(self, part, error)
        try:
            yield
        finally:
            setattr(self, part, None)


@dataclass(slots=True)
class Rig:
    """*compared* counts passwords that were compared; while *is_hasty* none really is and none is right."""

    clock: MovingClock = field(default_factory=MovingClock)
    faults: Faults = field(default_factory=Faults)
    compared: int = 0
    is_hasty: bool = False

    @contextmanager
    def hasty(self) -> Iterator[None]:
        self.is_hasty = True
        try:
            yield
        finally:
            self.is_hasty = False


class CountedPasswords(Argon2Passwords):
    def __init__(self, rig: Rig) -> None:
        super().__init__()
        self._rig = rig

    async def verify(self, password: str, password_hash: str | None) -> bool:
        self._rig.compared += 1
        return not self._rig.is_hasty and await super().verify(password, password_hash)


class RiggedHostnames(IdnaHostnames):
    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self._faults = faults

    def normalise(self, text: str) -> Hostname:
        if self._faults.names:
            raise self._faults.names
        return super().normalise(text)


class RiggedProvider(Provider):
    scope = Scope.APP

    def __init__(self, rig: Rig) -> None:
        super().__init__()
        self._rig = rig

    @provide
    def clock(self) -> Clock:
        return self._rig.clock

    @provide
    async def passwords(self) -> AsyncIterator[Passwords]:
        passwords = CountedPasswords(self._rig)
        yield passwords
        passwords.close()

    @provide
    def hostnames(self) -> Hostnames:
        return RiggedHostnames(self._rig.faults)

    @provide(scope=Scope.REQUEST)
    def posts(self, session: AsyncSession) -> PostStorage:
        if self._rig.faults.posts:
            raise self._rig.faults.posts
        return SqlPostStorage(session)

    @provide(scope=Scope.REQUEST)
    async def profile(self, tenant: Tenant, profiles: TenantProfiles) -> TenantProfile:
        if self._rig.faults.profile:
            raise self._rig.faults.profile
        return await profiles.get(tenant)


@dataclass(slots=True)
class Heard:
    """What a production log was told."""

    stream: io.StringIO

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, logger: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["log"]["logger"] == logger]


@contextmanager
def listening(level: str = "DEBUG") -> Iterator[Heard]:
    """All that is logged meanwhile, in production's form."""
    root = logging.getLogger()
    before, handlers = root.level, list(root.handlers)
    configure_logging(is_local=False, level=level)
    (handler,) = (handler for handler in root.handlers if isinstance(handler, TerraceHandler))
    heard = io.StringIO()
    handler.setStream(heard)
    try:
        yield Heard(heard)
    finally:
        root.handlers = handlers
        root.setLevel(before)
        logging.captureWarnings(capture=False)
        structlog.reset_defaults()
