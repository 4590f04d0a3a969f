"""Each protocol's suite runs against the fake and the real thing."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.blog.addresses import PreviewLinkStorage, RedirectStorage
from core.blog.history import RevisionStorage, WorkingCopyStorage
from core.blog.import_runs import ImportStorage
from core.blog.storage import PostStorage
from core.clock import Clock
from core.competency_matrix.history import QuestionCopyStorage, QuestionRevisionStorage
from core.competency_matrix.resources import ResourceStorage
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.competency_matrix.suggestions import SuggestionStorage
from core.idempotency import IdempotencyRecords
from core.limits import RateLimiter
from core.markdown import SurroundingsStorage
from core.media.storage import MediaStorage
from core.security import SecurityStorage
from core.site.storage import SiteStorage
from core.tasks import TaskQueue, TaskStorage
from core.tenancy.entities import Tenant
from core.transaction import Transaction
from core.users.factors import FactorStorage
from core.users.storage import InvitationStorage, SessionStorage, UserStorage
from db.blog import (
    SqlImportStorage,
    SqlPostStorage,
    SqlPreviewLinkStorage,
    SqlRedirectStorage,
    SqlRevisionStorage,
    SqlWorkingCopyStorage,
)
from db.competency_matrix import (
    SqlQuestionCopyStorage,
    SqlQuestionRevisionStorage,
    SqlQuestionStorage,
    SqlResourceStorage,
    SqlSheetStorage,
    SqlSuggestionStorage,
)
from db.factors import SqlFactorStorage
from db.idempotency import SqlIdempotencyRecords
from db.limits import SqlRateLimiter
from db.media import SqlMediaStorage
from db.security import SqlSecurityStorage
from db.site import SqlSiteStorage
from db.surroundings import SqlSurroundings
from db.tasks import SqlTaskStorage
from db.tenant_session import TenantSessions
from db.transaction import SqlTransaction
from db.users import SqlInvitationStorage, SqlSessionStorage, SqlUserStorage
from tests.core.fakes.addresses import MemoryPreviewLinks, MemoryRedirects
from tests.core.fakes.blog import MemoryPosts
from tests.core.fakes.clock import SetClock
from tests.core.fakes.factors import MemoryFactors, MemorySecurity
from tests.core.fakes.history import MemoryCopies, MemoryRevisions
from tests.core.fakes.idempotency import MemoryRecords
from tests.core.fakes.imports import MemoryImports
from tests.core.fakes.limits import MemoryLimiter
from tests.core.fakes.matrix import MemoryQuestions
from tests.core.fakes.matrix_copies import MemoryQuestionCopies
from tests.core.fakes.matrix_library import MemoryQuestionRevisions, MemoryResources, MemorySuggestions
from tests.core.fakes.matrix_sheets import MemorySheets
from tests.core.fakes.media import MemoryMedia
from tests.core.fakes.site import MemorySite
from tests.core.fakes.surroundings import MemorySurroundings
from tests.core.fakes.tasks import MemoryTasks
from tests.core.fakes.transaction import MemoryTransaction
from tests.core.fakes.users import MemoryInvitations, MemorySessions, MemoryUsers
from tests.fixtures.database import first_settings


@dataclass(frozen=True, kw_only=True)
class Storages:
    """All storages of one site, in one transaction."""

    posts: PostStorage
    revisions: RevisionStorage
    copies: WorkingCopyStorage
    redirects: RedirectStorage
    previews: PreviewLinkStorage
    imports: ImportStorage
    sheets: SheetStorage
    questions: QuestionStorage
    question_copies: QuestionCopyStorage
    question_revisions: QuestionRevisionStorage
    resources: ResourceStorage
    suggestions: SuggestionStorage
    surroundings: SurroundingsStorage
    users: UserStorage
    sessions: SessionStorage
    invitations: InvitationStorage
    factors: FactorStorage
    security: SecurityStorage
    media: MediaStorage
    site: SiteStorage
    records: IdempotencyRecords
    tasks: TaskStorage
    queue: TaskQueue
    transaction: Transaction


class Site(Protocol):
    """Each `open` is another request; `limiter` is what all of them share."""

    @property
    def clock(self) -> SetClock: ...

    @property
    def limiter(self) -> RateLimiter: ...

    def open(self) -> AbstractAsyncContextManager[Storages]: ...


class MemoryTenant:
    def __init__(self, tenant: Tenant) -> None:
        self.clock = SetClock()
        self.limiter = MemoryLimiter(self.clock)
        tasks = MemoryTasks()
        users, posts, site = MemoryUsers(), MemoryPosts(), MemorySite(first_settings(tenant))
        copies = MemoryCopies()
        sheets, resources = MemorySheets(), MemoryResources()
        questions, question_copies = MemoryQuestions(sheets, resources, posts), MemoryQuestionCopies()
        media = MemoryMedia(posts=posts, site=site, copies=copies, questions=questions, question_copies=question_copies)
        media.users = users
        redirects = MemoryRedirects(posts)
        self._storages = Storages(
            posts=posts,
            revisions=MemoryRevisions(),
            copies=copies,
            redirects=redirects,
            previews=MemoryPreviewLinks(),
            imports=MemoryImports(),
            sheets=sheets,
            questions=questions,
            question_copies=question_copies,
            question_revisions=MemoryQuestionRevisions(),
            resources=resources,
            suggestions=MemorySuggestions(),
            surroundings=MemorySurroundings(posts, redirects, media, self.clock, sheets=sheets, questions=questions),
            users=users,
            sessions=MemorySessions(users=users),
            invitations=MemoryInvitations(),
            factors=MemoryFactors(),
            security=MemorySecurity(),
            media=media,
            site=site,
            records=MemoryRecords(),
            tasks=tasks,
            queue=tasks,
            transaction=MemoryTransaction(),
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Storages]:
        yield self._storages


class RealTenant:
    def __init__(self, tenant: Tenant, sessions: TenantSessions) -> None:
        self.clock = SetClock()
        self.limiter = SqlRateLimiter(sessions, tenant, self.clock)
        self._tenant = tenant
        self._sessions = sessions

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Storages]:
        async with self._sessions.open(self._tenant) as session:
            yield storages_of(session, self.clock)


def storages_of(session: AsyncSession, clock: Clock) -> Storages:
    return Storages(
        posts=SqlPostStorage(session),
        revisions=SqlRevisionStorage(session),
        copies=SqlWorkingCopyStorage(session),
        redirects=SqlRedirectStorage(session),
        previews=SqlPreviewLinkStorage(session),
        imports=SqlImportStorage(session),
        sheets=SqlSheetStorage(session),
        questions=SqlQuestionStorage(session),
        question_copies=SqlQuestionCopyStorage(session),
        question_revisions=SqlQuestionRevisionStorage(session),
        resources=SqlResourceStorage(session),
        suggestions=SqlSuggestionStorage(session),
        surroundings=SqlSurroundings(session, clock),
        users=SqlUserStorage(session),
        sessions=SqlSessionStorage(session),
        invitations=SqlInvitationStorage(session),
        factors=SqlFactorStorage(session),
        security=SqlSecurityStorage(session),
        media=SqlMediaStorage(session),
        site=SqlSiteStorage(session),
        records=SqlIdempotencyRecords(session),
        tasks=SqlTaskStorage(session),
        queue=SqlTaskStorage(session),
        transaction=SqlTransaction(session),
    )


@pytest.fixture(params=["memory", "postgres"])
def tenant_site(request: pytest.FixtureRequest, anna: Tenant, sessions: TenantSessions) -> Site:
    return MemoryTenant(anna) if request.param == "memory" else RealTenant(anna, sessions)


@pytest.fixture
async def storages(tenant_site: Site) -> AsyncIterator[Storages]:
    async with tenant_site.open() as storages:
        yield storages


@pytest.fixture
def clock(tenant_site: Site) -> SetClock:
    return tenant_site.clock
