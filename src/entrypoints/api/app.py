"""The REST API's routes, and what answers when one of them refuses."""

from litestar import Router
from litestar.types import ControllerRouterHandler

from entrypoints.api import documentation
from entrypoints.api.problems import answer_problem
from entrypoints.api.quotas import admit, telling_quotas
from entrypoints.api.v1 import site
from entrypoints.api.v1.audit import events as audit_events
from entrypoints.api.v1.blog import export, imports, lists, posts, previews, publication, revisions, tags, trash
from entrypoints.api.v1.contacts import messages
from entrypoints.api.v1.contacts import sending as contacts_sending
from entrypoints.api.v1.matrix import export as matrix_export
from entrypoints.api.v1.matrix import imports as matrix_imports
from entrypoints.api.v1.matrix import keeping, looking, ordering, places, questions, resources, sheets, suggestions
from entrypoints.api.v1.matrix import publication as question_publication
from entrypoints.api.v1.matrix import revisions as question_revisions
from entrypoints.api.v1.media import files, library
from entrypoints.api.v1.roles import permissions, roles
from entrypoints.api.v1.users import factors, invitations, people, security, sessions, tokens, whoami
from entrypoints.api.v1.webhooks import deliveries, webhooks

__all__ = ["answer_problem", "api_routes"]

api_routes: list[ControllerRouterHandler] = [
    Router(
        "/api/v1",
        route_handlers=[
            *lists.HANDLERS,
            *posts.HANDLERS,
            *publication.HANDLERS,
            *revisions.HANDLERS,
            *previews.HANDLERS,
            *tags.HANDLERS,
            *trash.HANDLERS,
            *imports.HANDLERS,
            *export.HANDLERS,
            *matrix_export.HANDLERS,
            *matrix_imports.HANDLERS,
            *sheets.HANDLERS,
            *places.HANDLERS,
            *ordering.HANDLERS,
            *questions.HANDLERS,
            *question_publication.HANDLERS,
            *question_revisions.HANDLERS,
            *keeping.HANDLERS,
            *looking.HANDLERS,
            *resources.HANDLERS,
            *suggestions.HANDLERS,
            *contacts_sending.HANDLERS,
            *messages.HANDLERS,
            *library.HANDLERS,
            *files.HANDLERS,
            *roles.HANDLERS,
            *permissions.HANDLERS,
            *site.HANDLERS,
            *audit_events.HANDLERS,
            *people.HANDLERS,
            *invitations.HANDLERS,
            *sessions.HANDLERS,
            *factors.HANDLERS,
            *security.HANDLERS,
            *tokens.HANDLERS,
            *webhooks.HANDLERS,
            *deliveries.HANDLERS,
            *whoami.HANDLERS,
            *documentation.HANDLERS,
        ],
        before_request=admit,
        middleware=[telling_quotas],
    ),
    documentation.show_documentation,
]
