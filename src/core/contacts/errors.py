from core.errors import Conflict, NotFound
from core.text import N_


class MessageNotFound(NotFound):
    message = N_("There is no such message.")


class ContactsClosed(Conflict):
    """The site has the form, but takes no messages at the moment."""

    code = "contacts_closed"
    message = N_("Messages are not taken here at the moment.")


class NoAddress(Conflict):
    """There is no e-mail address to answer to."""

    code = "no_address"
    message = N_("Whoever wrote this left no e-mail address.")
