from core.errors import Conflict, NotFound
from core.text import N_


class WebhookNotFound(NotFound):
    message = N_("There is no such webhook.")


class DeliveryNotFound(NotFound):
    message = N_("There is no such delivery.")


class TooManyWebhooks(Conflict):
    code = "too_many_webhooks"
    message = N_("A site has at most %(limit)d webhooks. Delete one that is not needed any more.")


class WebhookPaused(Conflict):
    """Nothing is delivered to a webhook that is switched off."""

    code = "webhook_paused"
    message = N_("This webhook is paused. Resume it first.")


class DeliveryWaiting(Conflict):
    """It will be tried without being asked."""

    code = "delivery_waiting"
    message = N_("This delivery is waiting to be tried anyway.")
