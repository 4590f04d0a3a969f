"""What lives as long as the process: engines, caches, services without a site."""

from collections.abc import AsyncIterator, Iterator

from dishka import AnyOf, Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncEngine

from clients.link_checker import HttpLinkChecker
from clients.object_store import ObjectStore
from config.settings import Settings
from core.blog.archives import ArchiveReader
from core.blog.exports import ArchiveWriter
from core.competency_matrix.files import MatrixFiles
from core.competency_matrix.links import LinkChecker
from core.markdown import MarkdownRenderer, MarkdownWriter
from core.media.storage import MediaLimits, Pictures
from core.profile import TenantProfiles
from core.share import ShareImages
from core.slugs import SlugMaker
from core.tenancy.directory import Hostnames
from core.tenancy.storage import BucketKeyring
from core.users.credentials import Passwords
from db.bucket_keyring import SqlBucketKeyring
from db.engine import build_engine
from db.profiles import SqlTenantProfiles
from db.tenant_session import TenantSessions
from services.archives.opening import Archives
from services.archives.writing import TerraceWriter
from services.argon2_passwords import Argon2Passwords
from services.idna_hostnames import IdnaHostnames
from services.images import PillowPictures
from services.markdown_html import MarkdownHtml
from services.markdown_writer import HtmlToMarkdown
from services.matrix_files.forms import Forms
from services.share_images import PillowShareImages
from services.slugs import TransliteratedSlugs


class PlatformProvider(Provider):
    scope = Scope.APP

    hostnames = provide(IdnaHostnames, provides=Hostnames)
    slugs = provide(TransliteratedSlugs, provides=SlugMaker)
    archive_writer = provide(TerraceWriter, provides=ArchiveWriter)
    sessions = provide(TenantSessions)
    profiles = provide(SqlTenantProfiles, provides=AnyOf[SqlTenantProfiles, TenantProfiles])
    keyring = provide(SqlBucketKeyring, provides=AnyOf[SqlBucketKeyring, BucketKeyring])

    @provide
    def links(self) -> LinkChecker:
        return HttpLinkChecker()

    @provide
    async def engine(self, settings: Settings) -> AsyncIterator[AsyncEngine]:
        engine = build_engine(settings.database.url.get_secret_value(), pool_size=settings.database.pool_size)
        yield engine
        await engine.dispose()

    @provide
    async def object_store(self, settings: Settings) -> AsyncIterator[ObjectStore]:
        store = ObjectStore(settings.storage.endpoint, settings.storage.region)
        yield store
        await store.close()

    @provide
    async def passwords(self) -> AsyncIterator[Passwords]:
        passwords = Argon2Passwords()
        yield passwords
        passwords.close()

    @provide
    def markdown(self) -> Iterator[MarkdownRenderer]:
        markdown = MarkdownHtml()
        yield markdown
        markdown.close()

    @provide
    def markdown_writer(self) -> Iterator[MarkdownWriter]:
        writer = HtmlToMarkdown()
        yield writer
        writer.close()

    @provide
    def archives(self, slugs: SlugMaker) -> Iterator[ArchiveReader]:
        archives = Archives(slugs)
        yield archives
        archives.close()

    @provide
    def matrix_files(self) -> Iterator[MatrixFiles]:
        forms = Forms()
        yield forms
        forms.close()

    @provide
    def media_limits(self, settings: Settings) -> MediaLimits:
        return MediaLimits(site_bytes=settings.media.site_bytes)

    @provide
    def share_images(self) -> Iterator[ShareImages]:
        images = PillowShareImages()
        yield images
        images.close()

    @provide
    def pictures(self) -> Iterator[Pictures]:
        pictures = PillowPictures()
        yield pictures
        pictures.close()
