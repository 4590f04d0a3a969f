"""The two containers: one for the server, one for the operator's command line."""

from dishka import AsyncContainer, Provider, make_async_container

from config.settings import Settings
from ioc.blog import BlogProvider
from ioc.media import MediaProvider
from ioc.operator import OperatorAtSiteProvider, OperatorProvider
from ioc.platform import PlatformProvider
from ioc.request import RequestProvider
from ioc.serving import ServingProvider
from ioc.site import SiteProvider
from ioc.tenant import TenantProvider
from ioc.users import UsersProvider


def server_container(settings: Settings) -> AsyncContainer:
    """What a worker needs; the actor comes from the request."""
    return _container(settings, ServingProvider(), RequestProvider())


def operator_container(settings: Settings) -> AsyncContainer:
    """What the command line needs; the actor is the operator. Open it with a Tenant to work in one site."""
    return _container(settings, OperatorProvider(), OperatorAtSiteProvider())


def _container(settings: Settings, *special: Provider) -> AsyncContainer:
    common = (PlatformProvider(), TenantProvider(), BlogProvider(), MediaProvider(), SiteProvider(), UsersProvider())
    return make_async_container(*common, *special, context={Settings: settings})
