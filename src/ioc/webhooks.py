from dishka import Provider, Scope, provide, provide_all

from clients.webhook_courier import HttpCourier
from config.settings import Settings
from core.reach import Reach
from core.webhooks.farewell import Farewell
from core.webhooks.signing import Signatures
from core.webhooks.storage import Courier, DeliveryStorage, OwnerDirectory, WebhookStorage
from core.webhooks.targets import TargetGuard
from core.webhooks.use_cases.delete_webhook import DeleteWebhook
from core.webhooks.use_cases.deliver_webhook import DeliverWebhook
from core.webhooks.use_cases.edit_webhook import EditWebhook
from core.webhooks.use_cases.expire_deliveries import ExpireDeliveries
from core.webhooks.use_cases.list_deliveries import ListDeliveries
from core.webhooks.use_cases.list_webhooks import ListWebhooks
from core.webhooks.use_cases.make_webhook import MakeWebhook
from core.webhooks.use_cases.pause_webhook import PauseWebhook
from core.webhooks.use_cases.redeliver import Redeliver
from core.webhooks.use_cases.rotate_secret import RotateSecret
from core.webhooks.use_cases.send_test_event import SendTestEvent
from core.webhooks.use_cases.show_delivery import ShowDelivery
from core.webhooks.use_cases.show_webhook import ShowWebhook
from db.webhooks import SqlDeliveryStorage, SqlOwnerDirectory, SqlWebhookStorage
from services.webhook_signatures import StandardSignatures


class WebhooksProvider(Provider):
    scope = Scope.REQUEST

    webhooks = provide(SqlWebhookStorage, provides=WebhookStorage)
    deliveries = provide(SqlDeliveryStorage, provides=DeliveryStorage)
    owners = provide(SqlOwnerDirectory, provides=OwnerDirectory)
    courier = provide(HttpCourier, provides=Courier, scope=Scope.APP)
    signatures = provide(StandardSignatures, provides=Signatures, scope=Scope.APP)
    parts = provide_all(Farewell, TargetGuard)
    use_cases = provide_all(
        DeleteWebhook,
        DeliverWebhook,
        EditWebhook,
        ExpireDeliveries,
        ListDeliveries,
        ListWebhooks,
        MakeWebhook,
        PauseWebhook,
        Redeliver,
        RotateSecret,
        SendTestEvent,
        ShowDelivery,
        ShowWebhook,
    )

    @provide(scope=Scope.APP)
    def reach(self, settings: Settings) -> Reach:
        allows_loopback = settings.is_local and settings.webhooks.allow_loopback
        return Reach(needs_https=not settings.is_local, allows_loopback=allows_loopback)
