"""Where the operator's work in a site comes from, by the command line and by the runner."""

import structlog
from dishka import Provider, Scope, provide

from core.audit import Origin
from entrypoints.http.request_ids import new_request_id


class OperatorsOriginProvider(Provider):
    """No request; yet an id, which stands in the lines of the log as well."""

    scope = Scope.REQUEST

    @provide
    def origin(self) -> Origin:
        request_id = new_request_id()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        return Origin(request_id=request_id)
