"""One container for the server (ioc.server), one for the operator's command line (ioc.operator)."""

from dishka import AsyncContainer, Provider, make_async_container

from config.settings import Settings
from ioc.blog import BlogProvider
from ioc.competency_matrix import MatrixProvider
from ioc.contacts import ContactsProvider
from ioc.factors import FactorsProvider
from ioc.ground import GroundProvider
from ioc.mail import MailProvider
from ioc.media import MediaProvider
from ioc.platform import PlatformProvider
from ioc.roles import RolesProvider
from ioc.site import SiteProvider
from ioc.tenant import TenantProvider
from ioc.tokens import TokensProvider
from ioc.users import UsersProvider
from ioc.webhooks import WebhooksProvider


def build_container(settings: Settings, *special: Provider) -> AsyncContainer:
    """What server and command line have in common, and what is *special* to one of them."""
    everywhere = (GroundProvider(), PlatformProvider(), TenantProvider(), MailProvider())
    common = (*everywhere, BlogProvider(), ContactsProvider(), FactorsProvider(), MatrixProvider())
    people = (MediaProvider(), RolesProvider(), SiteProvider(), TokensProvider(), UsersProvider(), WebhooksProvider())
    return make_async_container(*common, *people, *special, context={Settings: settings})
