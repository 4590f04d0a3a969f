"""What the settings alone give: no server, no store, no site."""

from dishka import Provider, Scope, from_context, provide

from config.settings import Settings
from core.clock import Clock
from core.secrets import SecretBox
from entrypoints.http.options import HttpOptions
from services.audit_clients import AuditClients
from services.key_ring import KeyRing
from services.secret_box import FernetSecretBox
from services.system_clock import SystemClock


def http_options(settings: Settings) -> HttpOptions:
    """What the entrypoints may know of the settings."""
    return HttpOptions(
        is_local=settings.is_local,
        public_url=settings.public_url,
        trusted_proxies=settings.trusted_proxies,
        ops_host=settings.ops_host,
        ops_port=settings.ops_port,
    )


class GroundProvider(Provider):
    scope = Scope.APP

    settings = from_context(Settings)
    clock = provide(SystemClock, provides=Clock)
    audit_clients = provide(AuditClients)
    secret_box = provide(FernetSecretBox, provides=SecretBox)

    @provide
    def ring(self, settings: Settings) -> KeyRing:
        return KeyRing(settings.secrets.raw)

    @provide
    def options(self, settings: Settings) -> HttpOptions:
        return http_options(settings)
