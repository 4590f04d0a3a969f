from core.errors import Conflict, Invalid, NotFound, Problem
from core.text import N_


class TenantNotFound(NotFound):
    message = N_("There is no site “%(slug)s”.")


class SlugInUse(Conflict):
    code = "slug_in_use"
    message = N_("There already is a site “%(slug)s”.")


class HostTaken(Conflict):
    code = "host_taken"
    message = N_("The hostname %(host)s belongs to another site.")


class InvalidHostname(Invalid):
    def __init__(self, text: str) -> None:
        super().__init__(Problem.of("host", N_("“%(text)s” is not a hostname."), text=text))
