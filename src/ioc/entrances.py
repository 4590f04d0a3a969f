"""What pages and API are made of: catalogues, templates, our own files, health, metrics."""

from dataclasses import dataclass
from pathlib import Path

from dishka import AnyOf, Provider, Scope, alias, provide, provide_all
from litestar import Request
from sqlalchemy.ext.asyncio import AsyncEngine

from clients.object_store import ObjectStore
from config.settings import Settings
from core.access import Access, Action
from core.contacts.storage import Folder
from core.contacts.use_cases.count_messages import CountMessages
from core.profile import TenantProfiles
from core.tenancy.directory import TenantDirectory
from db.directory import SqlTenantDirectory
from db.health import SqlPlatformHealth
from entrypoints.http.addresses import ClientKeys
from entrypoints.http.assets import Assets
from entrypoints.http.health import HealthChecks, HealthReport
from entrypoints.http.metrics import Metrics
from entrypoints.http.options import HttpOptions
from entrypoints.http.outbox import OutboxWindow
from entrypoints.http.refusals import PlainPages
from entrypoints.http.translations import Translations
from entrypoints.http.turnstiles import Turnstiles
from entrypoints.web.admin.audit import AuditDesk
from entrypoints.web.admin.contacts.export import AddressDesk
from entrypoints.web.admin.contacts.inbox import InboxDesk
from entrypoints.web.admin.contacts.message import MessageDesk
from entrypoints.web.admin.contacts.settings import ContactSettingsDesk
from entrypoints.web.admin.editor import Editor
from entrypoints.web.admin.factors import FactorDesk
from entrypoints.web.admin.imports import ImportDesk
from entrypoints.web.admin.matrix.attaching import Attaching
from entrypoints.web.admin.matrix.choosing import Choosing
from entrypoints.web.admin.matrix.files import FileDesk
from entrypoints.web.admin.matrix.questions_conflicts import QuestionConflicts
from entrypoints.web.admin.matrix.questions_editor import QuestionEditor
from entrypoints.web.admin.matrix.questions_list import QuestionLists
from entrypoints.web.admin.matrix.resource import ResourceDesk
from entrypoints.web.admin.matrix.resources import LibraryDesk
from entrypoints.web.admin.matrix.settings import MatrixSettingsDesk
from entrypoints.web.admin.matrix.sheets import SheetDesk
from entrypoints.web.admin.matrix.structure import StructureDesk
from entrypoints.web.admin.matrix.suggestions import SuggestionDesk
from entrypoints.web.admin.people import PeopleDesk
from entrypoints.web.admin.post_lists import PostLists
from entrypoints.web.admin.previews import PreviewDesk
from entrypoints.web.admin.profile import ProfileDesk
from entrypoints.web.admin.roles.roles import RoleDesk
from entrypoints.web.admin.security import SecurityDesk
from entrypoints.web.admin.selection import Selection
from entrypoints.web.admin.tags import ShelfDesk
from entrypoints.web.admin.tokens import TokenDesk
from entrypoints.web.admin.webhooks.webhooks import WebhookDesk
from entrypoints.web.csrf import CsrfTokens
from entrypoints.web.rendering import Pages, WebRequest
from entrypoints.web.templates import Templates
from entrypoints.web.views.contacts import INBOX
from entrypoints.web.views.desk_menu import DESK, DeskNews
from ioc.mail import spool_of
from services.client_keys import ClientKeys as HashedClientKeys
from services.csrf_tokens import CsrfTokens as HmacCsrfTokens

SOURCE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentChecks:
    """Looks at database, platform schema, store and the sites' schemas."""

    platform: SqlPlatformHealth
    store: ObjectStore
    directory: TenantDirectory

    async def look(self) -> HealthReport:
        platform = await self.platform.look()
        behind = len(self.directory.list_behind()) if isinstance(self.directory, SqlTenantDirectory) else 0
        return HealthReport(
            database=platform.is_reachable,
            platform=platform.is_current,
            storage=await self.store.is_reachable(),
            behind=behind,
        )

    def connections_in_use(self) -> int:
        return self.platform.connections_in_use()


class EntrancesProvider(Provider):
    scope = Scope.APP

    metrics = provide(Metrics)
    turnstiles = provide(Turnstiles)
    csrf_tokens = provide(HmacCsrfTokens, provides=CsrfTokens)
    client_keys = provide(HashedClientKeys, provides=ClientKeys)
    request = alias(source=Request, provides=WebRequest)
    checks = provide(DeploymentChecks, provides=HealthChecks)
    pages = provide(Pages, scope=Scope.REQUEST)
    editor = provide(Editor, scope=Scope.REQUEST)
    people_desks = provide_all(FactorDesk, PeopleDesk, ProfileDesk, SecurityDesk, scope=Scope.REQUEST)
    keeping_desks = provide_all(
        FileDesk, LibraryDesk, MatrixSettingsDesk, ResourceDesk, StructureDesk, SuggestionDesk, scope=Scope.REQUEST
    )
    contact_desks = provide_all(AddressDesk, ContactSettingsDesk, InboxDesk, MessageDesk, scope=Scope.REQUEST)
    desks = provide_all(
        AuditDesk,
        ImportDesk,
        PostLists,
        Selection,
        PreviewDesk,
        ShelfDesk,
        TokenDesk,
        RoleDesk,
        WebhookDesk,
        scope=Scope.REQUEST,
    )

    matrix_desks = provide_all(
        Attaching, Choosing, QuestionConflicts, QuestionEditor, QuestionLists, SheetDesk, scope=Scope.REQUEST
    )

    @provide
    def platform_health(self, engine: AsyncEngine) -> SqlPlatformHealth:
        return SqlPlatformHealth(engine)

    @provide
    def templates(self, translations: Translations, options: HttpOptions) -> AnyOf[Templates, PlainPages]:
        return Templates(SOURCE / "templates", translations, is_reloading=options.is_local)

    @provide(scope=Scope.REQUEST)
    async def news(self, request: WebRequest, access: Access, count: CountMessages) -> DeskNews:
        """Counted for whole pages of the desk only: others have no menu."""
        path, headers = request.url.path, request.headers
        is_desk = path == DESK or path.startswith(f"{DESK}/")
        if request.method != "GET" or not is_desk or "hx-request" in headers or not access.can(Action.READ_MESSAGE):
            return DeskNews()
        return DeskNews(waiting={INBOX: (await count())[Folder.UNREAD]})

    @provide
    def outbox(self, settings: Settings) -> OutboxWindow:
        return OutboxWindow(spool_of(settings))

    @provide
    def assets(self, profiles: TenantProfiles) -> Assets:
        return Assets(SOURCE / "static", profiles)
