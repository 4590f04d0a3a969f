from db.webhooks.deliveries import SqlDeliveryStorage
from db.webhooks.events import SqlEvents
from db.webhooks.owners import SqlOwnerDirectory
from db.webhooks.rows import DeliveryRow, WebhookRow
from db.webhooks.webhooks import SqlWebhookStorage

__all__ = [
    "DeliveryRow",
    "SqlDeliveryStorage",
    "SqlEvents",
    "SqlOwnerDirectory",
    "SqlWebhookStorage",
    "WebhookRow",
]
