"""The server's container."""

from dishka import AsyncContainer

from config.settings import Settings
from ioc.api import ApiProvider
from ioc.container import build_container
from ioc.entrances import EntrancesProvider
from ioc.request import RequestProvider
from ioc.serving import ServingProvider


def server_container(settings: Settings) -> AsyncContainer:
    """What a worker needs; the actor comes from the request."""
    return build_container(settings, ServingProvider(), EntrancesProvider(), ApiProvider(), RequestProvider())
