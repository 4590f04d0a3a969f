"""The server's container."""

from dishka import AsyncContainer, Provider

from config.settings import Settings
from ioc.api import ApiProvider
from ioc.container import build_container
from ioc.entrances import EntrancesProvider
from ioc.request import RequestProvider
from ioc.runner import RunnerProvider
from ioc.serving import ServingProvider


def server_container(settings: Settings, *special: Provider) -> AsyncContainer:
    """What a worker needs; the actor comes from the request. *special* takes the place of what is here otherwise."""
    serving = (ServingProvider(), EntrancesProvider(), ApiProvider(), RequestProvider(), RunnerProvider())
    return build_container(settings, *serving, *special)
